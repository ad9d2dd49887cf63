package import Basics
package import Store

/// The table `agent`.
package enum AgentStore {
    package static let table = Table<Agent>("agent")

    static let migration = Migration(
        "organization.agent",
        """
        CREATE TABLE agent (
            id BIGINT PRIMARY KEY,
            workspace_id BIGINT NOT NULL REFERENCES workspace (id),
            email TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            role TEXT NOT NULL,
            capacity BIGINT NOT NULL,
            presence TEXT NOT NULL,
            is_active BIGINT NOT NULL,
            password_hash TEXT NOT NULL,
            locale TEXT NOT NULL,
            created_at BIGINT NOT NULL
        )
        """,
        "CREATE INDEX agent_by_workspace ON agent (workspace_id, id)"
    )

    package static func agent(
        _ id: ID<Agent>, of workspace: ID<Workspace>, in transaction: any Transaction
    ) throws -> Agent? {
        try table.first("workspace_id = \(workspace) AND id = \(id)", in: transaction)
    }

    package static func agents(of workspace: ID<Workspace>, in transaction: any Transaction) throws -> [Agent] {
        try table.find("workspace_id = \(workspace) ORDER BY id", in: transaction)
    }

    /// E-mail addresses are unique across workspaces: they are what people sign in with.
    static func agent(email: String, in transaction: any Transaction) throws -> Agent? {
        try table.first("email = \(email)", in: transaction)
    }

    static func hasAgents(in transaction: any Transaction) throws -> Bool {
        try transaction.row("SELECT id FROM agent LIMIT 1") != nil
    }

    static func activeOwners(in transaction: any Transaction) throws -> [Agent] {
        try table.find("role = \(Role.owner) AND is_active = 1 ORDER BY id", in: transaction)
    }

    static func activeOwners(of workspace: ID<Workspace>, in transaction: any Transaction) throws -> Int {
        try transaction.value(
            "SELECT count(*) FROM agent WHERE workspace_id = \(workspace) AND role = \(Role.owner) AND is_active = 1"
        ) ?? 0
    }

    /// False when there is no such active agent.
    @discardableResult
    package static func setPresence(
        _ presence: Presence, of agent: ID<Agent>, in workspace: ID<Workspace>, in transaction: any Transaction
    ) throws -> Bool {
        try transaction.run(
            """
            UPDATE agent SET presence = \(presence)
            WHERE workspace_id = \(workspace) AND id = \(agent) AND is_active = 1
            """
        ) > 0
    }
}
