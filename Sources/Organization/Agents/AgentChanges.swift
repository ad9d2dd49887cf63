package import Basics
import Store

extension Organization {
    func change(_ id: ID<Agent>, to change: Agent.Change, by staff: Staff) async throws -> Agent {
        try await database.write { transaction in
            guard let agent = try AgentStore.agent(id, of: staff.workspace, in: transaction) else {
                throw Refusal(.notFound, "agent.unknown")
            }
            let changed = try agent.changed(by: staff, to: change, isLastOwner: isLastOwner(agent, in: transaction))
            try AgentStore.table.update(changed, in: transaction)
            try audit.record(agent.event(changedTo: changed), by: staff.actor, in: transaction)
            if !changed.isActive { try endSignIns(of: changed, in: transaction) }
            staffChanges(in: transaction)
            return changed
        }
    }

    /// Hires somebody with a password, without an invitation.
    @discardableResult
    package func hire(
        _ name: String, email: String, password: String, as role: Role, capacity: Int = 5, locale: String,
        in workspace: ID<Workspace>
    ) async throws -> Agent {
        let hash = try await passwords.hash(Password(password), surroundings)
        let agent = Agent(
            id: surroundings.makeID(), workspaceId: workspace, email: try Words.email(email), name: try Words.name(name),
            role: role, capacity: capacity, passwordHash: hash.text, locale: try Words.locale(locale),
            createdAt: surroundings.now()
        )
        try await database.write { try add(agent, by: .system(of: workspace), in: $0) }
        return agent
    }

    func add(_ agent: Agent, by actor: Actor, in transaction: any Transaction) throws {
        guard try AgentStore.agent(email: agent.email, in: transaction) == nil else {
            throw Refusal(.conflict, "agent.exists")
        }
        try AgentStore.table.insert(agent, in: transaction)
        let event = AuditEvent(
            "agent.added", "agent.\(agent.id)", ["name": agent.name, "email": agent.email, "role": agent.role.rawValue]
        )
        try audit.record(event, by: actor, in: transaction)
        staffChanges(in: transaction)
    }

    private func isLastOwner(_ agent: Agent, in transaction: any Transaction) throws -> Bool {
        guard agent.role == .owner, agent.isActive else { return false }
        return try AgentStore.activeOwners(of: agent.workspaceId, in: transaction) == 1
    }
}

extension Agent {
    /// What is different, before and after.
    fileprivate func event(changedTo new: Agent) -> AuditEvent {
        let pairs = [
            ("name", name, new.name), ("role", role.rawValue, new.role.rawValue),
            ("capacity", "\(capacity)", "\(new.capacity)"), ("isActive", "\(isActive)", "\(new.isActive)"),
        ]
        let changes = pairs.filter { $0.1 != $0.2 }.map { ($0.0, "\($0.1) → \($0.2)") }
        return AuditEvent("agent.changed", "agent.\(id)", Dictionary(uniqueKeysWithValues: changes))
    }
}
