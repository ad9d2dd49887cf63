import Basics
import Conversations
import Organization
import Store

@testable import Routing

/// What the database says of who serves whom, as plain values.
struct Snapshot {
    struct Thread: Hashable {
        let last: Int64
        let session: Int64?
        let owner: String?
        let agent: ID<Agent>?
        let team: Int64?
        let epoch: Int64
        /// The newest question that the bot has dealt with in this session.
        let seen: Int64?
    }

    struct Member {
        let presence: Presence
        let capacity: Int
        let serving: Int

        var hasRoom: Bool { serving < capacity }
    }

    /// An assignment that goes on.
    struct Service: Hashable {
        let kind: String
        let agent: ID<Agent>?
        let reason: String?
    }

    /// Who has a lease; node 0 when it was given back.
    struct Held: Hashable {
        let node: Int64
        let epoch: Int64
    }

    /// An agent's desk at a node.
    private struct Desk {
        let node: Int64
        let agent: ID<Agent>
    }

    /// Somebody waits although this agent is free.
    struct Pair: Hashable {
        let session: ID<Session>
        let agent: ID<Agent>
    }

    let threads: [Int64: Thread]
    let queue: [QueueEntry]
    let staff: [ID<Agent>: Member]
    /// By session.
    let assignments: [Int64: [Service]]
    let leases: [String: Held]
    private let desks: [Desk]
    /// The nodes that were seen within the grace.
    private let nodes: Set<Int64>

    /// - Parameter now: the time that all nodes share.
    init(_ transaction: any Transaction, at now: Timestamp) throws {
        let rows = try transaction.rows(
            """
            SELECT c.id, last_number, session_id, owner_kind, owner_id, team_id, epoch, bot_seen FROM conversation c
            LEFT JOIN session s ON s.id = c.session_id ORDER BY c.id
            """)
        let threads = try Dictionary(
            uniqueKeysWithValues: rows.map { row in
                let thread = Thread(
                    last: try row("last_number"), session: try row.optional("session_id"), owner: try row.optional("owner_kind"),
                    agent: try row.optional("owner_id"), team: try row.optional("team_id"), epoch: try row("epoch"),
                    seen: try row.optional("bot_seen"))
                return (try row("id", as: Int64.self), thread)
            })
        self.threads = threads
        queue = try RoutingStore.queue.find("1 = 1 ORDER BY since, session_id", in: transaction)
        let running = try transaction.rows("SELECT session_id, kind, agent_id, reason FROM assignment WHERE ended_at IS NULL")
        assignments = try Dictionary(grouping: running) { try $0("session_id", as: Int64.self) }.mapValues { rows in
            try rows.map { try Service(kind: $0("kind"), agent: $0.optional("agent_id"), reason: $0.optional("reason")) }
        }
        let agents = try transaction.rows("SELECT id, presence, capacity FROM agent")
        staff = try Dictionary(
            uniqueKeysWithValues: agents.map { row in
                let id: ID<Agent> = try row("id")
                let serving = threads.values.count { $0.owner == "agent" && $0.agent == id }
                return (id, Member(presence: try row("presence"), capacity: try row("capacity"), serving: serving))
            })
        leases = try Dictionary(
            uniqueKeysWithValues: transaction.rows("SELECT name, node, epoch FROM lease").map {
                (try $0("name"), Held(node: try $0("node"), epoch: try $0("epoch")))
            })
        desks = try transaction.rows("SELECT node, agent_id FROM desk WHERE connected > 0").map {
            Desk(node: try $0("node"), agent: try $0("agent_id"))
        }
        nodes = try Set(
            transaction.rows("SELECT id FROM node WHERE is_here = 1 AND seen > \(now - .seconds(15))").map { try $0("id") })
    }

    func isHere(_ node: Int64) -> Bool { nodes.contains(node) }

    /// Who has a desk at a node that is here, or at this one, which always believes that it is.
    func there(for node: SimulatedNode) -> Set<ID<Agent>> {
        Set(desks.filter { nodes.contains($0.node) || $0.node == node.nodes.own }.map(\.agent))
    }

    /// Who waits for nothing, as far as a node knows.
    func pairs(seenBy node: SimulatedNode, _ clerks: [Staff]) -> Set<Pair> {
        let there = there(for: node)
        let free = clerks.filter { clerk in
            guard let member = staff[clerk.agent], member.presence == .online, member.hasRoom else { return false }
            return there.contains(clerk.agent)
        }
        guard !free.isEmpty else { return [] }
        var pairs: Set<Pair> = []
        for entry in queue {
            for clerk in free where entry.admits(clerk, at: node.now) {
                pairs.insert(Pair(session: entry.sessionId, agent: clerk.agent))
            }
        }
        return pairs
    }
}

extension Snapshot.Thread: CustomStringConvertible {
    var description: String {
        "\(owner ?? "nobody")'s \(agent.map(\.description) ?? ""), session \(session ?? 0), entry \(last), epoch \(epoch)"
    }
}

extension QueueEntry {
    func admits(_ clerk: Staff, at now: Timestamp) -> Bool {
        !spares(clerk.agent, at: now) && teamId.map(clerk.teams.contains) ?? true
    }
}
