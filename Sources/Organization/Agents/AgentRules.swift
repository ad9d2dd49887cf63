import Basics
import Web

extension Agent {
    /// What one colleague may change about another.
    struct Change: Hashable, Sendable {
        let name: String
        let role: Role
        let capacity: Int
        let isActive: Bool
    }

    static let capacities = 1...50

    /// The agent as changed by `changer`; only owners touch owners and admins, and nobody promotes to those but owners.
    /// - Parameter isLastOwner: no other active owner is left.
    func changed(by changer: Staff, to change: Change, isLastOwner: Bool) throws(Refusal) -> Agent {
        guard Self.capacities.contains(change.capacity) else { throw Refusal(.invalid, "agent.capacity", detail: "1 to 50") }
        let isPromotion = change.role != role
        let isOwnBusiness = changer.agent == id && !isPromotion && change.isActive == isActive
        guard isOwnBusiness || (changer.mayAppoint(role) && changer.mayAppoint(change.role)) else {
            throw Refusal(.forbidden, "agent.owners-only")
        }
        let staysOwner = change.role == .owner && change.isActive
        guard !isLastOwner || staysOwner else { throw Refusal(.conflict, "agent.last-owner") }
        var agent = self
        (agent.name, agent.role) = (try Words.name(change.name), change.role)
        (agent.capacity, agent.isActive) = (change.capacity, change.isActive)
        if !agent.isActive { agent.presence = .offline }
        return agent
    }
}

extension Staff {
    /// Whether this person decides who has the role.
    func mayAppoint(_ role: Role) -> Bool {
        switch role {
        case .owner, .admin: may("ownership")
        case .supervisor, .agent: may("team.edit")
        }
    }
}
