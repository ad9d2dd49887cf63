package import Basics
package import HTTPTypes
import Logging

extension Refusal.Kind {
    /// The one place where a refusal becomes a status.
    package var status: HTTPResponse.Status {
        switch self {
        case .malformed: .badRequest
        case .unauthorized: .unauthorized
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .conflict: .conflict
        case .tooLarge: .contentTooLarge
        case .unsupported: .unsupportedMediaType
        case .invalid: .unprocessableContent
        case .tooMany: .tooManyRequests
        case .unavailable: .serviceUnavailable
        }
    }
}

/// A refusal that is over after a while.
package struct Postponed: Error, Hashable, Sendable {
    package let refusal: Refusal
    package let retryAfter: Duration

    package init(_ refusal: Refusal, retryAfter: Duration) { (self.refusal, self.retryAfter) = (refusal, retryAfter) }
}

extension Refusal {
    /// Seconds after which the same may succeed by itself; nil where it will not. The one rule for `Retry-After` and for `retryAfter` in frames.
    static func retryAfter(_ error: any Error) -> Int64? {
        switch error {
        case let postponed as Postponed: postponed.refusal.passes ? max(1, postponed.retryAfter.components.seconds) : nil
        case let refusal as Refusal: refusal.passes ? 5 : nil
        case let outage as any Outage: outage.refusal.flatMap(retryAfter)
        default: nil
        }
    }

    private var passes: Bool { kind == .tooMany || kind == .unavailable }
}

/// `{"error":{"code":…,"detail":…}}`, the shape of every error answer.
package struct ErrorAnswer: Codable, Hashable, Sendable {
    package struct Reason: Codable, Hashable, Sendable {
        package let code: String
        package let detail: String?

        /// What may be told of an error; what may not is logged.
        init(_ error: any Error, logger: Logger) {
            switch error {
            case let refusal as Refusal: self.init(code: refusal.code, detail: refusal.detail)
            case let postponed as Postponed: self.init(code: postponed.refusal.code, detail: postponed.refusal.detail)
            default:
                logger.error("a request failed", metadata: ["error": "\(error)"])
                self.init(code: (error as? any Outage)?.refusal?.code ?? "internal", detail: nil)
            }
        }

        init(code: String, detail: String?) { (self.code, self.detail) = (code, detail) }
    }

    package let error: Reason

    init(error: Reason) { self.error = error }

    package init(code: String, detail: String? = nil) { error = Reason(code: code, detail: detail) }
}

extension Reply {
    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) throws -> Reply {
        var headers = headers
        headers[.contentType] = "application/json"
        return Reply(status, headers: headers, .bytes(try JSON.write(value)))
    }

    /// `error` is what brought the refusal.
    static func refusal(_ kind: Refusal.Kind, _ error: any Error, logger: Logger) throws -> Reply {
        var reply = try json(ErrorAnswer(error: ErrorAnswer.Reason(error, logger: logger)), status: kind.status)
        reply.headers[.retryAfter] = Refusal.retryAfter(error).map(String.init)
        if kind == .unauthorized { reply.headers[.wwwAuthenticate] = "Bearer" }
        return reply
    }
}
