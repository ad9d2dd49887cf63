import Basics
import HTTPTypes
import Logging

/// Takes a request from its head to its reply: finds the route, asks who is calling, checks the right, decodes, calls, encodes.
struct Answering: Sendable {
    let table: RoutingTable
    let authenticate: @Sendable (Proof) async throws -> (any Caller)?
    /// The name of the sign-in cookie.
    let cookie: String
    /// Whether a proxy in front tells us address and host.
    let trustsProxy: Bool
    let metrics: WebMetrics
    let logger: Logger

    /// A request whose route is found, before its body is read.
    struct Admission: Sendable {
        let route: Route
        let parameters: [String: String]
        let query: [String: String]
        let head: HTTPRequest
        let peer: String
    }

    /// Finds the route by the head alone, so that nobody sends a body in vain.
    func admit(_ head: HTTPRequest, peer: String) throws -> Admission {
        let target = try Target(head.path ?? "/")
        guard let found = table.find(target.segments) else { throw Refusal(.notFound, "path.unknown") }
        let method = head.method == .head ? .get : head.method
        guard let route = found.routes[method] else { throw MethodNotAllowed(allowed: Array(found.routes.keys)) }
        let length = head.headerFields[.contentLength].flatMap { Int($0) } ?? 0
        guard length <= route.limit else { throw Refusal.bodyTooLarge(limit: route.limit) }
        let parameters = found.parameters(of: route)
        return Admission(
            route: route, parameters: parameters, query: target.query, head: head, peer: address(of: head, peer: peer))
    }

    func reply(to admission: Admission, body: [UInt8]) async throws -> Reply {
        let caller = try await caller(of: admission)
        let call = Call(
            caller: caller, host: host(of: admission.head), remoteAddress: admission.peer, headers: admission.head.headerFields,
            body: body,
            parameters: admission.parameters, query: admission.query
        )
        let content = Route.Content { type in
            guard body.isEmpty else { return try JSON.read(type, from: body) }
            // Where nothing must be said, nothing need be sent.
            guard let value = admission.route.request.emptyValue else {
                throw Refusal(.malformed, "json.malformed", detail: "no body")
            }
            return value
        }
        switch try await admission.route.handle(call, content) {
        case .json(let value, let headers): return try .json(value, headers: headers)
        case .reply(let reply): return reply
        }
    }

    /// Who asks, where the route lets them in; by the head alone, so that nobody's large body is taken in before.
    func caller(of admission: Admission) async throws -> (any Caller)? {
        let (head, host) = (admission.head, host(of: admission.head))
        let bearer = head.headerFields[.authorization].flatMap { $0.hasPrefix("Bearer ") ? String($0.dropFirst(7)) : nil }
        var cookie = bearer == nil ? head.cookie(named: cookie) : nil
        if !head.isSafe, bearer == nil {
            guard !head.comesFromForeignPage(host: host) else { throw Refusal(.forbidden, "origin.foreign") }
            if cookie != nil, !head.comesFromOwnPage(host: host) {
                if case .needs = admission.route.access { throw Refusal(.forbidden, "origin.missing") }
                cookie = nil
            }
        }
        return try await admission.route.access.caller {
            bearer == nil && cookie == nil ? nil : try await authenticate(Proof(bearer: bearer, cookie: cookie))
        }
    }

    func address(of head: HTTPRequest, peer: String) -> String {
        guard trustsProxy, let told = head.headerFields[.forwardedFor]?.split(separator: ",").last else { return peer }
        return told.trimmingPrefix(" ").description
    }

    func host(of head: HTTPRequest) -> String? {
        trustsProxy ? head.headerFields[.forwardedHost] ?? head.authority : head.authority
    }
}

extension Access {
    /// The caller, where the route lets them in.
    fileprivate func caller(proven: () async throws -> (any Caller)?) async throws -> (any Caller)? {
        switch self {
        case .open:
            // A stale cookie must not keep anybody from signing in again.
            do { return try await proven() } catch is Refusal { return nil }
        case .needs(let permission):
            guard let caller = try await proven() else { throw Refusal(.unauthorized, "sign-in.required") }
            guard caller.may(permission) else { throw Refusal(.forbidden, "permission.missing", detail: permission.rawValue) }
            return caller
        }
    }
}

extension Answering {
    /// Errors turn into answers here and nowhere else.
    func reply(to error: any Error) -> Reply {
        do {
            switch error {
            case let refusal as Refusal: return try .refusal(refusal.kind, error, logger: logger)
            case let postponed as Postponed: return try .refusal(postponed.refusal.kind, error, logger: logger)
            case let other as MethodNotAllowed:
                let allowed = HTTPFields([
                    HTTPField(name: .allow, value: other.allowed.map(\.rawValue).sorted().joined(separator: ", "))
                ])
                return try .json(ErrorAnswer(code: "method.unknown"), status: .methodNotAllowed, headers: allowed)
            case is HeadTooLarge:
                return try .json(ErrorAnswer(code: "http.head-too-large"), status: .requestHeaderFieldsTooLarge)
            default:
                if let kind = (error as? any Outage)?.refusal?.kind { return try .refusal(kind, error, logger: logger) }
                let reason = ErrorAnswer.Reason(error, logger: logger)
                return try .json(ErrorAnswer(error: reason), status: .internalServerError)
            }
        } catch {
            return Reply(.internalServerError)
        }
    }
}

struct MethodNotAllowed: Error {
    let allowed: [HTTPRequest.Method]
}

/// More header fields, or longer ones, than are read.
struct HeadTooLarge: Error {
    /// Of one field, name and value.
    static let fieldLimit = 16 * 1024
    static let limit = 64 * 1024
    static let countLimit = 100
}

extension Refusal {
    static func bodyTooLarge(limit: Int) -> Refusal { Refusal(.tooLarge, "body.too-large", detail: "at most \(limit) bytes") }
}

extension HTTPRequest {
    func cookie(named name: String) -> String? {
        for header in headerFields[values: .cookie] {
            for pair in header.split(separator: ";") {
                let pair = pair.trimmingPrefix(" ")
                if pair.hasPrefix("\(name)=") { return String(pair.dropFirst(name.count + 1)) }
            }
        }
        return nil
    }
}
