package import Basics
package import Store
import Web

/// What a signed-in agent is told about themselves.
package struct Me: Codable, Sendable {
    package let id: ID<Agent>
    package let name: String
    package let email: String
    package let role: Role
    package let locale: String
    package let capacity: Int
    package let presence: Presence
    package let permissions: [String]
    /// Only where a bearer token was asked for, and only once.
    var token: String?

    init(_ agent: Agent, permissions: Set<Permission>) {
        (id, name, email, role) = (agent.id, agent.name, agent.email, agent.role)
        (locale, capacity, presence) = (agent.locale, agent.capacity, agent.presence)
        self.permissions = permissions.map(\.rawValue).sorted()
    }
}

extension Organization {
    package func me(_ staff: Staff, in transaction: any Transaction) throws -> Me {
        Me(try agent(staff, in: transaction), permissions: staff.permissions)
    }

    func rename(_ staff: Staff, to name: String, locale: String) async throws -> Me {
        let (name, locale) = (try Words.name(name), try Words.locale(locale))
        return try await database.write { transaction in
            var agent = try agent(staff, in: transaction)
            (agent.name, agent.locale) = (name, locale)
            try AgentStore.table.update(agent, in: transaction)
            let event = AuditEvent("agent.renamed", "agent.\(agent.id)", ["name": name, "locale": locale])
            try audit.record(event, by: staff.actor, in: transaction)
            staffChanges(in: transaction)
            return Me(agent, permissions: staff.permissions)
        }
    }

    /// Ends the agent's other sign-ins: whoever knew the old password is out.
    func changePassword(of staff: Staff, from current: String, to new: String) async throws {
        let new = try Password(new)
        let now = surroundings.now()
        let keys = ["password \(staff.agent)"]
        try attempts.admit(keys, at: now)
        let before = try await database.read { try agent(staff, in: $0) }
        guard try await passwords.isRight(current, for: PasswordHash(text: before.passwordHash)) else {
            throw Refusal(.invalid, "password.wrong")
        }
        attempts.forgive(keys, at: now)
        let hash = try await passwords.hash(new, surroundings)
        try await database.write { transaction in
            var agent = try agent(staff, in: transaction)
            guard agent.passwordHash == before.passwordHash else { throw Refusal(.conflict, "password.changed-meanwhile") }
            agent.passwordHash = hash.text
            try AgentStore.table.update(agent, in: transaction)
            try audit.record(AuditEvent("agent.password-changed", "agent.\(agent.id)"), by: staff.actor, in: transaction)
            try endSignIns(of: agent, except: staff.signIn, in: transaction)
        }
    }

    private func agent(_ staff: Staff, in transaction: any Transaction) throws -> Agent {
        guard let agent = try AgentStore.agent(staff.agent, of: staff.workspace, in: transaction), agent.isActive else {
            throw Refusal(.unauthorized, "sign-in.ended")
        }
        return agent
    }
}
