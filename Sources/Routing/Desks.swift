import Basics
import Organization
import Store
import Synchronization

/// Which agents have a desk connected, to this node or to another, and since when the others have none.
///
/// Desks are counted, because on a reload the old one may be noticed gone after the new one came. Every node writes down how many
/// it has; what a dead node wrote counts no more.
final class Desks: Sendable {
    static let migration = Migration(
        "routing.3",
        """
        CREATE TABLE desk (
            node BIGINT NOT NULL, agent_id BIGINT NOT NULL, connected BIGINT NOT NULL, at BIGINT NOT NULL,
            PRIMARY KEY (node, agent_id)
        )
        """,
        "CREATE INDEX desk_agent ON desk (agent_id)"
    )

    private let nodes: Nodes
    /// Before anybody connects, everybody has been gone since then.
    let start: Timestamp
    /// Those of this node.
    private let counts = Mutex<[ID<Agent>: Int]>([:])

    init(nodes: Nodes, start: Timestamp) { (self.nodes, self.start) = (nodes, start) }

    func came(_ agent: ID<Agent>) { counts.withLock { $0[agent, default: 0] += 1 } }

    func went(_ agent: ID<Agent>) {
        counts.withLock { counts in counts[agent] = max(counts[agent, default: 1] - 1, 0) }
    }

    /// Writes down how many desks this node has of an agent by now.
    func note(_ agent: ID<Agent>, at now: Timestamp, in transaction: any Transaction) throws {
        let count = counts.withLock { $0[agent, default: 0] }
        try transaction.run(
            """
            INSERT INTO desk (node, agent_id, connected, at) VALUES (\(nodes.own), \(agent), \(count), \(now))
            ON CONFLICT (node, agent_id) DO UPDATE SET connected = excluded.connected, at = excluded.at
                WHERE desk.connected <> excluded.connected
            """)
    }

    /// Of whom something else is written down than this node has: a failed write must not leave a desk behind that is none.
    func misnoted(in transaction: any Transaction) throws -> [ID<Agent>] {
        let rows = try transaction.rows("SELECT agent_id, connected FROM desk WHERE node = \(nodes.own)")
        let noted = try Dictionary(
            uniqueKeysWithValues: rows.map { try ($0("agent_id", as: ID<Agent>.self), $0("connected", as: Int.self)) })
        return counts.withLock { counts in counts.filter { noted[$0.key, default: 0] != $0.value }.map(\.key) }
    }

    /// A condition: the agent whose id is in this column has a desk somewhere.
    func areThere(of agent: SQL) -> SQL {
        """
        EXISTS (SELECT 1 FROM desk d LEFT JOIN node n ON n.id = d.node
            WHERE d.agent_id = \(agent) AND d.connected > 0 AND \(nodes.isHere("d.node")))
        """
    }

    /// Since when each agent without a desk has been without: since its last one went, or its node was last seen. Whoever never
    /// had one is not among them.
    func gone(in transaction: any Transaction) throws -> [ID<Agent>: Timestamp] {
        let rows = try transaction.rows(
            """
            SELECT d.agent_id, MAX(CASE WHEN d.connected > 0 THEN COALESCE(n.seen, d.at) ELSE d.at END) AS since,
                MAX(CASE WHEN d.connected > 0 AND \(nodes.isHere("d.node")) THEN 1 ELSE 0 END) AS is_there
            FROM desk d LEFT JOIN node n ON n.id = d.node GROUP BY d.agent_id
            """)
        return try Dictionary(
            uniqueKeysWithValues: rows.filter { try !$0("is_there", as: Bool.self) }.map { try ($0("agent_id"), $0("since")) })
    }

    /// Who has a desk somewhere.
    func there(in transaction: any Transaction) throws -> Set<ID<Agent>> {
        try Set(
            transaction.rows(
                """
                SELECT DISTINCT d.agent_id FROM desk d LEFT JOIN node n ON n.id = d.node
                WHERE d.connected > 0 AND \(nodes.isHere("d.node"))
                """
            ).map { try $0("agent_id") })
    }

    /// Removes what nodes wrote that nobody remembers.
    func forgetOld(before limit: Timestamp, in transaction: any Transaction) throws {
        try transaction.run(
            "DELETE FROM desk WHERE at < \(limit) AND node <> \(nodes.own) AND node NOT IN (SELECT id FROM node)")
    }
}
