import Web

/// Why a model has not answered. What a customer sees is the same for all of them: the bot without a model.
package enum ModelFailure: Error, Hashable, Sendable {
    /// None is configured, or it is switched off.
    case off
    /// The day's budget is used up.
    case spent
    /// It failed too often just now, and is left alone for a while.
    case resting(Duration)
    case timedOut
    /// The endpoint is at an address that must not be dialled.
    case address(String)
    case unreachable(String)
    /// It answered with this HTTP status.
    case status(Int)
    case tooLarge
    /// What came is no answer as the protocol has it.
    case rubbish(String)

    /// Stable, for the desk's words.
    package var code: String {
        switch self {
        case .off: "model.off"
        case .spent: "model.spent"
        case .resting: "model.resting"
        case .timedOut: "model.timed-out"
        case .address: "model.address"
        case .unreachable: "model.unreachable"
        case .status(401), .status(403): "model.unauthorized"
        case .status(404): "model.not-found"
        case .status(429): "model.busy"
        case .status: "model.failed"
        case .tooLarge: "model.too-large"
        case .rubbish: "model.rubbish"
        }
    }

    /// For people who run it; never a word of what was asked or answered.
    package var detail: String? {
        switch self {
        case .address(let address): address
        case .unreachable(let reason), .rubbish(let reason): reason
        case .status(let status): "HTTP \(status)"
        case .resting(let span): "\(span.components.seconds) s"
        case .off, .spent, .timedOut, .tooLarge: nil
        }
    }

    init(_ failure: Egress.Failure) {
        switch failure {
        case .url: self = .unreachable("not an http or https address")
        case .address(let address): self = .address(address)
        case .unknownHost: self = .unreachable("unknown host")
        case .tooLarge: self = .tooLarge
        case .timedOut: self = .timedOut
        case .unreachable(let reason): self = .unreachable(reason)
        }
    }

    /// Whether the endpoint is to blame, so that the breaker counts it.
    var isOfEndpoint: Bool {
        switch self {
        case .off, .spent, .resting: false
        default: true
        }
    }
}
