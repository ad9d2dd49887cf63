import Basics
import Conversations
import Organization
import Store

/// The queue and what the choice of an agent needs to know.
struct RoutingStore: Sendable {
    static let migration = Migration(
        "routing.1",
        """
        CREATE TABLE queue_entry (
            session_id BIGINT PRIMARY KEY,
            workspace_id BIGINT NOT NULL,
            conversation_id BIGINT NOT NULL,
            team_id BIGINT,
            since BIGINT NOT NULL
        )
        """,
        "CREATE INDEX queue_entry_order ON queue_entry (workspace_id, since, session_id)",
        "CREATE TABLE agent_turn (agent_id BIGINT PRIMARY KEY, last_assigned_at BIGINT NOT NULL)"
    )

    static let passedOn = Migration("routing.2", "ALTER TABLE queue_entry ADD COLUMN not_for BIGINT")

    static let queue = Table<QueueEntry>("queue_entry", key: "session_id")

    let desks: Desks

    func candidates(in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> [Candidate] {
        let rows = try transaction.rows(
            """
            SELECT a.id, a.name, a.role, a.presence, a.capacity, COALESCE(t.last_assigned_at, 0) AS last_assigned_at,
                (SELECT COUNT(*) FROM conversation c WHERE c.workspace_id = a.workspace_id AND c.owner_kind = 'agent'
                    AND c.owner_id = a.id) AS serving,
                CASE WHEN \(desks.areThere(of: "a.id")) THEN 1 ELSE 0 END AS is_there
            FROM agent a LEFT JOIN agent_turn t ON t.agent_id = a.id
            WHERE a.workspace_id = \(workspace) AND a.is_active = 1 ORDER BY a.id
            """
        )
        return try rows.map { row in
            let id: ID<Agent> = try row("id")
            let colleague = Colleague(
                id: id, name: try row("name"), role: try row("role"),
                presence: try row("is_there") ? row("presence") : .offline, serving: try row("serving"),
                capacity: try row("capacity")
            )
            return Candidate(colleague: colleague, lastAssigned: try row("last_assigned_at"))
        }
    }

    /// The members of a team; everybody where no team is asked for.
    func members(of team: ID<Team>?, in transaction: any Transaction) throws -> Set<ID<Agent>>? {
        try team.map { Set(try TeamStore.members(of: $0, in: transaction)) }
    }

    func noteTurn(of agent: ID<Agent>, at now: Timestamp, in transaction: any Transaction) throws {
        try transaction.run(
            """
            INSERT INTO agent_turn (agent_id, last_assigned_at) VALUES (\(agent), \(now))
            ON CONFLICT (agent_id) DO UPDATE SET last_assigned_at = excluded.last_assigned_at
            """
        )
    }

    /// Who waits for one of these agents, in the order of arrival. However many wait for others does not matter.
    func waiting(
        for agents: [ID<Agent>], in workspace: ID<Workspace>, limit: Int, _ transaction: any Transaction
    ) throws -> [QueueEntry] {
        try Self.queue.find(
            """
            workspace_id = \(workspace) AND (team_id IS NULL
                OR team_id IN (SELECT team_id FROM team_member WHERE agent_id IN \(list: agents)))
            ORDER BY since, session_id LIMIT \(limit)
            """, in: transaction
        )
    }

    /// A place as it is counted: among those who wait for the same team.
    struct Placed {
        let session: ID<Session>
        let conversation: ID<Conversation>
        let team: ID<Team>?
        let since: Timestamp
        let position: Int
    }

    func placed(_ stretch: QueueStretch, in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> [Placed] {
        let rows = try transaction.rows(
            """
            SELECT * FROM (SELECT session_id, conversation_id, team_id, since,
                ROW_NUMBER() OVER (PARTITION BY team_id ORDER BY since, session_id) AS place
                FROM (SELECT * FROM queue_entry WHERE workspace_id = \(workspace) \(foremost(stretch))) AS waiting) AS placed
            WHERE \(condition(stretch))
            """
        )
        return try rows.map {
            try Placed(
                session: $0("session_id"), conversation: $0("conversation_id"), team: $0.optional("team_id"), since: $0("since"),
                position: $0("place"))
        }
    }

    /// Who is before the first of all is nobody: the first page is counted without looking at the rest.
    private func foremost(_ stretch: QueueStretch) -> SQL {
        guard case .first(let count, nil, let teams) = stretch else { return "" }
        return "AND \(open(to: teams)) ORDER BY since, session_id LIMIT \(count)"
    }

    private func open(to teams: Set<ID<Team>>?) -> SQL {
        teams.map { "(team_id IS NULL OR team_id IN \(list: $0))" } ?? "1 = 1"
    }

    private func condition(_ stretch: QueueStretch) -> SQL {
        switch stretch {
        case .sessions(let sessions): return "session_id IN \(list: sessions) ORDER BY since, session_id"
        case .first(let count, let cursor, let teams):
            let later: SQL = cursor.map { "(since, session_id) > (\($0.since), \($0.session))" } ?? "1 = 1"
            return "\(later) AND \(open(to: teams)) ORDER BY since, session_id LIMIT \(count)"
        }
    }

    /// How long people have served lately, in seconds: the mean of the last twenty stretches.
    func handlingTime(in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> Double? {
        try transaction.value(
            """
            SELECT AVG(ended_at - started_at) / 1000.0 FROM (SELECT started_at, ended_at FROM assignment
                WHERE workspace_id = \(workspace) AND kind = 'agent' AND ended_at IS NOT NULL ORDER BY ended_at DESC LIMIT 20) AS lately
            """
        )
    }
}
