import Basics
import Store

extension Organization {
    /// A fresh link for an owner, to be told once. An earlier one that was not used stops working.
    ///
    /// - Parameter email: whose; may be nil where there is one owner only.
    package func ownerLink(for email: String?) async throws -> (token: String, owner: Agent) {
        let token = Token("owner", from: surroundings)
        return try await database.write { transaction in
            let owner = try AgentStore.activeOwners(in: transaction).owner(email)
            try OwnerLinkStore.replace(with: OwnerLink(for: owner, token: token, at: surroundings.now()), in: transaction)
            try audit.record(
                AuditEvent("owner-link.made", "agent.\(owner.id)", ["email": owner.email]), by: .system(of: owner.workspaceId),
                in: transaction)
            return (token.text, owner)
        }
    }

    /// Gives the owner the new password and signs them in. Whoever knew the old password is out, and the link is used up.
    func recover(_ token: Token, password: String, from address: String) async throws -> (token: Token, me: Me) {
        _ = try await database.read { try owner(holding: token, in: $0) }
        let hash = try await passwords.hash(Password(password), surroundings)
        return try await database.write { transaction in
            var owner = try owner(holding: token, in: transaction)
            owner.passwordHash = hash.text
            try AgentStore.table.update(owner, in: transaction)
            try OwnerLinkStore.forget(owner.id, in: transaction)
            try audit.record(
                AuditEvent("owner-link.used", "agent.\(owner.id)", ["address": address]), by: owner.actor, in: transaction)
            try endSignIns(of: owner, in: transaction)
            return try startSignIn(of: owner, from: address, in: transaction)
        }
    }

    /// Whoever is no owner any more gets nothing by an old link.
    private func owner(holding token: Token, in transaction: any Transaction) throws -> Agent {
        guard
            let link = try OwnerLinkStore.link(token, in: transaction), link.isValid(at: surroundings.now()),
            let owner = try AgentStore.agent(link.agentId, of: link.workspaceId, in: transaction),
            owner.isActive, owner.role == .owner
        else { throw Refusal(.notFound, "owner-link.unknown") }
        return owner
    }
}
