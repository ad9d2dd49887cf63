/// Why hints cannot be carried between nodes: one clear line each.
package enum BusError: Error, Hashable {
    /// A library is not on this machine.
    case missing(String)
    /// What the address, the credentials or the certificates say makes no sense.
    case unusable(String)
    /// Nobody answers there, or not any more; it may pass.
    case unreachable(String)
    /// The server does not know us.
    case unknownUser(String)
    /// The server knows us and does not let us.
    case notPermitted(String)

    /// For the person at the terminal, in English.
    package var reason: String {
        switch self {
        case .missing(let reason), .unusable(let reason), .unreachable(let reason), .unknownUser(let reason),
            .notPermitted(let reason):
            reason
        }
    }

    /// Whether waiting may help.
    package var mayPass: Bool { if case .unreachable = self { true } else { false } }
}
