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

    static let byTeam = Migration(
        "routing.4", "CREATE INDEX queue_entry_team ON queue_entry (workspace_id, team_id, since, session_id)")

    /// Whoever was hurried, so that the next one who is comes behind them.
    static let urgent = Migration("routing.urgent", "ALTER TABLE queue_entry ADD COLUMN urgent BIGINT NOT NULL DEFAULT 0")

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

    /// How many conversations each agent takes who is at a desk and online. Unlike for ``candidates(in:_:)`` nothing is counted.
    func seats(in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> [ID<Agent>: Int] {
        let rows = try transaction.rows(
            """
            SELECT a.id, a.capacity FROM agent a
            WHERE a.workspace_id = \(workspace) AND a.is_active = 1 AND a.presence = 'online' AND \(desks.areThere(of: "a.id"))
            """)
        return try Dictionary(uniqueKeysWithValues: rows.map { try ($0("id"), $0("capacity")) })
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
        let rows = try transaction.rows("SELECT DISTINCT team_id FROM team_member WHERE agent_id IN \(list: agents)")
        let teams = try rows.map { try $0("team_id", as: ID<Team>.self) }
        return Array(try foremost(limit, ofEach: [nil] + teams, in: workspace, transaction).prefix(limit))
    }

    /// A place as it is counted: among those who wait for the same team.
    struct Placed {
        let entry: QueueEntry
        let position: Int
        /// Nobody counted further.
        let isOrMore: Bool
    }

    /// Up to here places are counted, so that looking one up costs the same however many wait.
    static let countedPlaces = 200

    func placed(_ stretch: QueueStretch, in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> [Placed] {
        let entries = try entries(stretch, in: workspace, transaction)
        let teams = Set(entries.map(\.teamId))
        let counted = try foremost(Self.countedPlaces, ofEach: Array(teams), in: workspace, transaction)
        let places = Dictionary(grouping: counted, by: \.teamId).values.flatMap { $0.enumerated() }
        let positions = Dictionary(uniqueKeysWithValues: places.map { ($0.element.sessionId, $0.offset + 1) })
        return entries.map { entry in
            let position = positions[entry.sessionId]
            return Placed(entry: entry, position: position ?? Self.countedPlaces + 1, isOrMore: position == nil)
        }
    }

    private func entries(
        _ stretch: QueueStretch, in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws -> [QueueEntry] {
        switch stretch {
        case .sessions(let sessions):
            // The plus keeps SQLite from reading the whole workspace's queue for a few sessions.
            return try Self.queue.find(
                "+workspace_id = \(workspace) AND session_id IN \(list: sessions) ORDER BY since, session_id", in: transaction)
        case .first(let count, let cursor, nil):
            return try Self.queue.find(
                "workspace_id = \(workspace) AND \(later(cursor)) ORDER BY since, session_id LIMIT \(rows: count)",
                in: transaction)
        case .first(let count, let cursor, let teams?):
            return Array(
                try foremost(count, ofEach: [nil] + teams.sorted(), after: cursor, in: workspace, transaction).prefix(count))
        }
    }

    /// The first of those who wait for each of these teams (nil: for anybody), all in the order of arrival. Each team's are read from
    /// where they begin in its stretch of the index; one condition for all of them would read whoever waits for the others, too.
    private func foremost(
        _ count: Int, ofEach teams: [ID<Team>?], after cursor: QueueCursor? = nil, in workspace: ID<Workspace>,
        _ transaction: any Transaction
    ) throws -> [QueueEntry] {
        let stretches = teams.map { team -> SQL in
            let waitsForIt: SQL = team.map { "team_id = \($0)" } ?? "team_id IS NULL"
            return """
                SELECT * FROM (SELECT * FROM queue_entry WHERE workspace_id = \(workspace) AND \(waitsForIt) AND \(later(cursor))
                ORDER BY team_id, since, session_id LIMIT \(rows: count)) AS stretch
                """
        }
        guard let first = stretches.first else { return [] }
        let all = stretches.dropFirst().reduce(first) { "\($0) UNION ALL \($1)" }
        return try transaction.rows("SELECT * FROM (\(all)) AS waiting ORDER BY since, session_id").map(Table<QueueEntry>.decode)
    }

    private func later(_ cursor: QueueCursor?) -> SQL {
        cursor.map { "(since, session_id) > (\($0.since), \($0.session))" } ?? "1 = 1"
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
