import Basics
package import HTTPTypes

/// Asks routes from inside the process, with the rights of the caller given: what we fill in ourselves goes through the same
/// door as everybody else's requests.
package struct RouteClient: Sendable {
    private let table: RoutingTable
    private let caller: (any Caller)?

    package init(_ routes: [Route], as caller: (any Caller)?) { self.init(RoutingTable(routes), caller) }

    private init(_ table: RoutingTable, _ caller: (any Caller)?) { (self.table, self.caller) = (table, caller) }

    /// The same door for somebody else.
    package func asking(as caller: (any Caller)?) -> RouteClient { RouteClient(table, caller) }

    /// The answer's bytes; an expected "no" is thrown as the refusal it is.
    package func ask(_ method: HTTPRequest.Method, _ path: String, _ body: [UInt8] = []) async throws -> [UInt8] {
        let target = try Target(path)
        guard let found = table.find(target.segments), let route = found.routes[method] else {
            throw Refusal(.notFound, "path.unknown", detail: path)
        }
        if case .needs(let permission) = route.access {
            guard let caller, caller.may(permission) else {
                throw Refusal(.forbidden, "permission.missing", detail: permission.rawValue)
            }
        }
        let call = Call(caller: caller, body: body, parameters: found.parameters(of: route), query: target.query)
        let content = Route.Content { type in
            if type == Nothing.self, body.isEmpty { return Nothing() }
            return try JSON.read(type, from: body)
        }
        switch try await route.handle(call, content) {
        case .json(let value, _): return try JSON.write(value)
        case .reply(let reply): return reply.bytes
        }
    }
}

extension Reply {
    fileprivate var bytes: [UInt8] {
        if case .bytes(let bytes) = content { return bytes }
        return []
    }
}
