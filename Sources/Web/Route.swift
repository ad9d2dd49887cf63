import Basics
package import HTTPTypes

/// One thing a client can ask for, declared once: the HTTP server, live connections, OpenAPI, the permission matrix
/// and the tests loop over the list of routes.
package struct Route: Sendable {
    package let method: HTTPRequest.Method
    /// With named parts in braces: `/api/conversations/{conversation}/closure`.
    package let path: String
    /// The `type` of the frame that asks for the same over a live connection, e.g. `close`; nil where HTTP is the only way.
    package let command: String?
    package let access: Access
    /// One sentence for the API's readers.
    package let summary: String
    /// The names in the query string and what they mean.
    package let query: [String: String]
    /// The largest body in bytes.
    package let limit: Int
    package internal(set) var rate: Rate?
    package let request: Shape
    package let response: Shape
    package internal(set) var handle: @Sendable (Call, Content) async throws -> Outcome

    /// The request's content, not decoded yet.
    package struct Content: Sendable {
        let decode: @Sendable (any (Decodable & Sendable).Type) throws -> any Sendable
    }

    package enum Outcome: Sendable {
        case json(any Codable & Sendable, headers: HTTPFields)
        case reply(Reply)
    }

    /// What goes in or comes out.
    package enum Shape: Sendable {
        case json(any (Codable & Sendable).Type)
        /// Anything, with its media types.
        case raw([String])
    }
}

extension Route.Shape {
    /// What no body at all means: nothing, or a request all of whose fields may be left out; nil where a body is required.
    var emptyValue: (any Sendable)? {
        switch self {
        case .json(let type) where type == Nothing.self: Nothing()
        case .json(let type): try? JSON.read(type, from: Array("{}".utf8))
        case .raw: nil
        }
    }
}

extension Route {
    package static let defaultLimit = 256 * 1024

    /// A route that takes and gives JSON. Handlers decode nothing and encode nothing.
    package init<Request: Codable & Sendable, Response: Codable & Sendable>(
        _ method: HTTPRequest.Method,
        _ path: String,
        command: String? = nil,
        access: Access,
        summary: String,
        query: [String: String] = [:],
        limit: Int = defaultLimit,
        takes: Request.Type,
        gives: Response.Type,
        handle: @escaping @Sendable (Call, Request) async throws -> Response
    ) {
        (self.method, self.path, self.command) = (method, path, command)
        (self.access, self.summary, self.query, self.limit) = (access, summary, query, limit)
        (request, response) = (.json(Request.self), .json(Response.self))
        self.handle = { call, content in
            .json(try await handle(call, try content.decode(Request.self) as! Request), headers: [:])
        }
    }

    /// A JSON route whose answer carries headers.
    package init<Request: Codable & Sendable, Response: Codable & Sendable>(
        _ method: HTTPRequest.Method,
        _ path: String,
        access: Access,
        summary: String,
        limit: Int = defaultLimit,
        takes: Request.Type,
        givesWithHeaders: Response.Type,
        handle: @escaping @Sendable (Call, Request) async throws -> WithHeaders<Response>
    ) {
        (self.method, self.path, command) = (method, path, nil)
        (self.access, self.summary, query, self.limit) = (access, summary, [:], limit)
        (request, response) = (.json(Request.self), .json(Response.self))
        self.handle = { call, content in
            let answer = try await handle(call, try content.decode(Request.self) as! Request)
            return .json(answer.answer, headers: answer.headers)
        }
    }

    /// A route with a raw body or a raw answer, e.g. an upload, an export, a page.
    package init(
        _ method: HTTPRequest.Method,
        _ path: String,
        access: Access,
        summary: String,
        query: [String: String] = [:],
        limit: Int = defaultLimit,
        takes: [String] = [],
        gives: [String],
        handle: @escaping @Sendable (Call) async throws -> Reply
    ) {
        (self.method, self.path, command) = (method, path, nil)
        (self.access, self.summary, self.query, self.limit) = (access, summary, query, limit)
        (request, response) = (.raw(takes), .raw(gives))
        self.handle = { call, _ in .reply(try await handle(call)) }
    }
}
