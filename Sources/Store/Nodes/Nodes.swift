package import Basics
import Logging
import Synchronization

/// The nodes that serve one database together: who is here, and who holds which lease. All times are the database's own, so
/// that a node whose clock jumps neither dies nor outlives itself.
package final class Nodes: Sendable {
    /// How fast things go; tests hurry.
    package struct Pace: Sendable {
        /// How often a node says that it is here.
        package var beat = Duration.seconds(4)
        /// After how much silence it counts as gone.
        package var grace = Duration.seconds(15)
        /// How often a node looks whether a lease is free, or still its own.
        package var look = Duration.seconds(2)

        package init() {}
    }

    package static let migration = Migration(
        "store.1",
        """
        CREATE TABLE node (
            id BIGINT PRIMARY KEY, number BIGINT NOT NULL UNIQUE, name TEXT NOT NULL, version TEXT NOT NULL,
            seen BIGINT NOT NULL, is_here BIGINT NOT NULL
        )
        """,
        "CREATE TABLE lease (name TEXT PRIMARY KEY, node BIGINT NOT NULL, epoch BIGINT NOT NULL)"
    )

    /// Ids have room for 64; the last is for commands that run beside the nodes.
    package static let most: Int64 = 63

    private let database: any Database
    private let surroundings: Surroundings
    private let pace: Pace
    /// This node; 0 before it joined.
    package let own: Int64
    /// By this node's uptime.
    private let lastBeat = Mutex(Duration.zero)

    package init(_ database: any Database, surroundings: Surroundings, pace: Pace = Pace()) {
        (self.database, self.surroundings, self.pace) = (database, surroundings, pace)
        own = Int64(bitPattern: surroundings.randomBytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } >> 2 | 1)
    }

    // MARK: Being here

    /// Takes a free number, 0 to 62: the one that ids made by this node bear. Throws ``StoreError/tooManyNodes`` when there is none.
    package func join(name: String, version: String) async throws -> Int64 {
        let number = try await database.write { [self] transaction in
            try transaction.run("DELETE FROM node WHERE seen < \(now) - \(60 * pace.grace.milliseconds)")
            let taken = try transaction.rows("SELECT number FROM node").map { try $0("number", as: Int64.self) }
            let free = try (0..<Self.most).first { !taken.contains($0) } ?? longestDead(transaction)
            guard let free else { throw StoreError.tooManyNodes }
            try transaction.run("DELETE FROM node WHERE number = \(free)")
            try transaction.run(
                """
                INSERT INTO node (id, number, name, version, seen, is_here)
                VALUES (\(own), \(free), \(name), \(version), \(now), \(true))
                """)
            return free
        }
        lastBeat.withLock { $0 = surroundings.uptime() }
        return number
    }

    private func longestDead(_ transaction: any Transaction) throws -> Int64? {
        try transaction.value(
            "SELECT number FROM node WHERE seen < \(now) - \(pace.grace.milliseconds) ORDER BY seen LIMIT 1")
    }

    /// Says again and again that this node is here. Throws ``StoreError/replaced`` when it was silent for so long that another
    /// one took its place: it must end.
    package func stay() async throws {
        while true {
            try await surroundings.sleep(pace.beat)
            do {
                // The others count from no earlier than this, however late the answer comes.
                let asked = surroundings.uptime()
                let isKnown = try await database.write { [self] transaction in
                    try transaction.run("UPDATE node SET seen = \(now) WHERE id = \(own)") == 1
                }
                guard isKnown else { throw StoreError.replaced }
                lastBeat.withLock { $0 = asked }
            } catch let error as StoreError where error != .replaced && error != .closed {
                log.warning("the other nodes cannot be told that this one is here", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Gives every lease back, so that others go on at once.
    package func leave() async throws {
        try await database.write { [self] transaction in
            try transaction.run("UPDATE lease SET node = 0 WHERE node = \(own)")
            try transaction.run("UPDATE node SET is_here = \(false), seen = \(now) WHERE id = \(own)")
        }
    }

    /// A condition on a joined row `n` of `node`, and on the column that names the node: it is here, or it is this one.
    package func isHere(_ column: SQL) -> SQL {
        "(\(column) = \(own) OR n.is_here = 1 AND n.seen > \(now) - \(pace.grace.milliseconds))"
    }

    /// An expression: the time by which nodes live.
    private var now: SQL { database.dialect.now(surroundings) }

    // MARK: Doing what only one may do

    /// Does the work whenever this node holds the lease of that name; for ever. Work that loses its lease is cancelled.
    package func once(_ name: String, _ work: @escaping @Sendable () async throws -> Void) async throws {
        while true {
            if let lease = try await take(name) {
                try await Lease.$current.withValue(lease) {
                    try await untilLost(lease, work)
                }
            }
            try await surroundings.sleep(pace.look)
        }
    }

    func take(_ name: String) async throws -> Lease? {
        try await database.write { [self] transaction in
            let held = try transaction.row(
                """
                SELECT l.epoch, CASE WHEN l.node <> \(own) AND \(isHere("l.node")) THEN 1 ELSE 0 END AS is_taken
                FROM lease l LEFT JOIN node n ON n.id = l.node WHERE l.name = \(name)
                """)
            if try held?("is_taken") == true { return nil }
            let epoch = try (held?("epoch", as: Int64.self) ?? 0) + 1
            try transaction.run(
                """
                INSERT INTO lease (name, node, epoch) VALUES (\(name), \(own), \(epoch))
                ON CONFLICT (name) DO UPDATE SET node = excluded.node, epoch = excluded.epoch
                """)
            return Lease(name: name, node: own, epoch: epoch)
        }
    }

    private func untilLost(_ lease: Lease, _ work: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await work() }
            group.addTask { try await self.watch(lease) }
            defer { group.cancelAll() }
            do { try await group.next() } catch StoreError.leaseLost {
                log.notice("another node goes on with it", metadata: ["lease": "\(lease.name)"])
            }
        }
    }

    /// Returns when the lease is not held any more, or when nobody can know: who cannot say that it is here does not act.
    private func watch(_ lease: Lease) async throws {
        while lastBeat.withLock({ surroundings.uptime() - $0 }) < pace.grace {
            try await surroundings.sleep(pace.look)
            guard try await database.read({ try lease.isHeld($0) }) else { throw StoreError.leaseLost(lease.name) }
        }
        throw StoreError.leaseLost(lease.name)
    }
}
