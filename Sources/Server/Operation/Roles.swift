import Basics

/// What a node does: nodes are alike until somebody splits them.
struct Roles: OptionSet, Sendable {
    /// Visitors and desks connect here.
    static let gateway = Roles(rawValue: 1)
    /// The bot answers here, and what only one node may do is done here.
    static let worker = Roles(rawValue: 2)
    static let all: Roles = [.gateway, .worker]

    static let setting = Setting(
        key: "roles", fallback: "gateway,worker",
        explanation:
            "What this node does: gateway (visitors and desks connect here), worker (the bot, deliveries, timers), or both.",
        accepts: { !Roles($0).isEmpty })

    let rawValue: Int

    init(rawValue: Int) { self.rawValue = rawValue }

    /// From names with commas between; empty where one is unknown.
    init(_ names: String) {
        let known: [Substring: Roles] = ["gateway": .gateway, "worker": .worker]
        let roles = names.split(separator: ",").map { known[$0] }
        self = roles.contains(nil) ? [] : Roles(roles.compactMap(\.self))
    }
}
