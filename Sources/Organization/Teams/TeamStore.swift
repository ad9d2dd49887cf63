package import Basics
package import Store

/// The tables `team` and `team_member`.
package enum TeamStore {
    package static let table = Table<Team>("team")

    static let migration = Migration(
        "organization.team",
        """
        CREATE TABLE team (
            id BIGINT PRIMARY KEY,
            workspace_id BIGINT NOT NULL REFERENCES workspace (id),
            name TEXT NOT NULL,
            UNIQUE (workspace_id, name)
        )
        """,
        """
        CREATE TABLE team_member (
            team_id BIGINT NOT NULL REFERENCES team (id) ON DELETE CASCADE,
            agent_id BIGINT NOT NULL REFERENCES agent (id),
            PRIMARY KEY (team_id, agent_id)
        )
        """,
        "CREATE INDEX team_member_by_agent ON team_member (agent_id)"
    )

    package static func team(_ id: ID<Team>, of workspace: ID<Workspace>, in transaction: any Transaction) throws -> Team? {
        try table.first("workspace_id = \(workspace) AND id = \(id)", in: transaction)
    }

    package static func teams(of workspace: ID<Workspace>, in transaction: any Transaction) throws -> [Team] {
        try table.find("workspace_id = \(workspace) ORDER BY name, id", in: transaction)
    }

    package static func teams(with agent: ID<Agent>, in transaction: any Transaction) throws -> Set<ID<Team>> {
        let rows = try transaction.rows("SELECT team_id FROM team_member WHERE agent_id = \(agent)")
        return Set(try rows.map { try $0("team_id") })
    }

    package static func members(of team: ID<Team>, in transaction: any Transaction) throws -> [ID<Agent>] {
        try transaction.rows("SELECT agent_id FROM team_member WHERE team_id = \(team) ORDER BY agent_id")
            .map { try $0("agent_id") }
    }

    /// Who belongs to which team, of all teams at once; a team without members is left out.
    package static func members(
        in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws -> [ID<Team>: Set<ID<Agent>>] {
        let rows = try transaction.rows(
            "SELECT m.team_id, m.agent_id FROM team_member m JOIN team t ON t.id = m.team_id WHERE t.workspace_id = \(workspace)"
        )
        return try rows.reduce(into: [:]) { members, row in
            try members[row("team_id"), default: []].insert(row("agent_id"))
        }
    }

    static func setMembers(_ agents: [ID<Agent>], of team: ID<Team>, in transaction: any Transaction) throws {
        try transaction.run("DELETE FROM team_member WHERE team_id = \(team)")
        for agent in Set(agents).sorted() {
            try transaction.run("INSERT INTO team_member (team_id, agent_id) VALUES (\(team), \(agent))")
        }
    }
}
