import Basics
import Store

extension Organization {
    func addTeam(_ name: String, members: [ID<Agent>], by staff: Staff) async throws -> Team {
        let team = Team(id: surroundings.makeID(), workspaceId: staff.workspace, name: try Words.name(name))
        try await database.write { transaction in
            try requireFree(team.name, for: team, in: transaction)
            try TeamStore.table.insert(team, in: transaction)
            try write(members, of: team, "team.added", by: staff, in: transaction)
        }
        return team
    }

    func changeTeam(_ id: ID<Team>, to name: String, members: [ID<Agent>], by staff: Staff) async throws -> Team {
        let name = try Words.name(name)
        return try await database.write { transaction in
            var team = try team(id, for: staff, in: transaction)
            team.name = name
            try requireFree(name, for: team, in: transaction)
            try TeamStore.table.update(team, in: transaction)
            try write(members, of: team, "team.changed", by: staff, in: transaction)
            return team
        }
    }

    /// Refused while something still sends conversations to the team.
    func removeTeam(_ id: ID<Team>, by staff: Staff) async throws {
        try await database.write { transaction in
            let team = try team(id, for: staff, in: transaction)
            do { try TeamStore.table.delete("id = \(id)", in: transaction) } catch StoreError.foreignKey {
                throw Refusal(.conflict, "team.in-use")
            }
            try audit.record(AuditEvent("team.removed", "team.\(id)", ["name": team.name]), by: staff.actor, in: transaction)
            staffChanges(in: transaction)
        }
    }

    private func write(
        _ members: [ID<Agent>], of team: Team, _ action: String, by staff: Staff, in transaction: any Transaction
    ) throws {
        let known = Set(try AgentStore.agents(of: staff.workspace, in: transaction).map(\.id))
        guard known.isSuperset(of: members) else { throw Refusal(.invalid, "agent.unknown") }
        try TeamStore.setMembers(members, of: team.id, in: transaction)
        let names = Set(members).sorted().map(\.description).joined(separator: " ")
        let event = AuditEvent(action, "team.\(team.id)", ["name": team.name, "members": names])
        try audit.record(event, by: staff.actor, in: transaction)
        staffChanges(in: transaction)
    }

    private func requireFree(_ name: String, for team: Team, in transaction: any Transaction) throws {
        let teams = try TeamStore.teams(of: team.workspaceId, in: transaction)
        guard !teams.contains(where: { $0.name == name && $0.id != team.id }) else { throw Refusal(.conflict, "team.exists") }
    }

    private func team(_ id: ID<Team>, for staff: Staff, in transaction: any Transaction) throws -> Team {
        guard let team = try TeamStore.team(id, of: staff.workspace, in: transaction) else {
            throw Refusal(.notFound, "team.unknown")
        }
        return team
    }
}
