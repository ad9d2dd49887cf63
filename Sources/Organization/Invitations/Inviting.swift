import Basics
import Store

extension Organization {
    func invite(_ email: String, as role: Role, by staff: Staff) async throws -> (invitation: Invitation, token: Token) {
        let token = Token("invitation", from: surroundings)
        let invitation = try Invitation(
            id: surroundings.makeID(), to: email, as: role, by: staff, token: token, at: surroundings.now()
        )
        try await database.write { transaction in
            guard try AgentStore.agent(email: invitation.email, in: transaction) == nil else {
                throw Refusal(.conflict, "agent.exists")
            }
            try InvitationStore.replace(with: invitation, in: transaction)
            try audit.record(invitation.event("invitation.made"), by: staff.actor, in: transaction)
        }
        return (invitation, token)
    }

    func withdraw(_ id: ID<Invitation>, by staff: Staff) async throws {
        try await database.write { transaction in
            let found = try InvitationStore.table.first("workspace_id = \(staff.workspace) AND id = \(id)", in: transaction)
            guard let invitation = found else { throw Refusal(.notFound, "invitation.unknown") }
            guard staff.mayAppoint(invitation.role) else { throw Refusal(.forbidden, "agent.owners-only") }
            try InvitationStore.table.delete("id = \(id)", in: transaction)
            try audit.record(invitation.event("invitation.withdrawn"), by: staff.actor, in: transaction)
        }
    }

    /// Makes the account and signs it in. Whoever is first uses the invitation up.
    func accept(
        _ token: Token, name: String, password: String, locale: String, from address: String
    ) async throws -> (token: Token, me: Me) {
        _ = try await database.read { try invitation(token, in: $0) }
        let (name, locale) = (try Words.name(name), try Words.locale(locale))
        let hash = try await passwords.hash(Password(password), surroundings)
        return try await database.write { transaction in
            let invitation = try invitation(token, in: transaction)
            try InvitationStore.table.delete("id = \(invitation.id)", in: transaction)
            let agent = Agent(
                id: surroundings.makeID(), workspaceId: invitation.workspaceId, email: invitation.email, name: name,
                role: invitation.role, passwordHash: hash.text, locale: locale, createdAt: surroundings.now()
            )
            try add(agent, by: agent.actor, in: transaction)
            return try startSignIn(of: agent, from: address, in: transaction)
        }
    }

    private func invitation(_ token: Token, in transaction: any Transaction) throws -> Invitation {
        let invitation = try InvitationStore.invitation(token, in: transaction)
        guard let invitation, invitation.isValid(at: surroundings.now()) else {
            throw Refusal(.notFound, "invitation.unknown")
        }
        return invitation
    }
}

extension Invitation {
    fileprivate func event(_ action: String) -> AuditEvent {
        AuditEvent(action, "invitation.\(id)", ["email": email, "role": role.rawValue])
    }
}
