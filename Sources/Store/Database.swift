package import Basics

/// Where everything is kept. Asynchronous outside, synchronous inside: a closure runs on the thread that owns the
/// connection, so no transaction straddles an await and no suspended task holds a lock.
///
/// A closure may be run again (PostgreSQL repeats after a serialization failure, a group commit after a neighbour failed):
/// it must change nothing but the database.
package protocol Database: Sendable {
    var dialect: Dialect { get }

    /// A consistent view; statements that change something are refused.
    func read<Answer: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Answer) async throws -> Answer

    /// Returns after the commit reached the disk. When the closure throws, only its own changes are undone.
    @discardableResult
    func write<Answer: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Answer) async throws -> Answer

    /// A write whose first statement takes the lock of the one row that makes it right, such as the next number of a
    /// conversation, and which needs no more than that lock: many are committed together.
    @discardableResult
    func append<Answer: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Answer) async throws -> Answer

    /// Finishes what is under way; later calls throw.
    func close() async throws

    /// Writes a complete copy to a new file while work goes on. SQLite only; PostgreSQL has its own tools.
    func backUp(to path: String) async throws
}

/// One transaction on one connection; valid inside its closure only. A statement that fails ends it: whoever catches the error
/// must throw another, for with PostgreSQL nothing can be done after it.
package protocol Transaction: AnyObject {
    /// Runs a statement and returns how many rows it changed.
    @discardableResult
    func run(_ statement: SQL) throws -> Int

    func rows(_ statement: SQL) throws -> [Row]

    /// The first row, if any.
    func row(_ statement: SQL) throws -> Row?

    /// Runs after the commit and before `write` returns, on the thread of the connection, in the order of commits; must be quick
    /// and cannot fail. Only behind a connection that hangs in its commit nobody waits for long.
    func afterCommit(_ action: @escaping @Sendable () -> Void)
}

extension Transaction {
    /// The first column of the first row.
    package func value<Value: SQLConvertible>(_ statement: SQL, as type: Value.Type = Value.self) throws -> Value? {
        guard let row = try row(statement), let first = row.values.first else { return nil }
        return Value(sqlValue: first)
    }
}

/// What can go wrong below the rules. Refusals are not among them.
package enum StoreError: Error, Hashable {
    case unique(String)
    case foreignKey(String)
    /// The disk is full: nothing was written, reading goes on, writing works again once there is room.
    case full
    /// More waits to be written than can be soon: nothing was written, trying again later helps.
    case busy
    /// The disk refused to read or write; what was under way is undone. At a commit it is the end of this process (``SQLiteDatabase``).
    case disk(String)
    /// The database server cannot be reached, or has gone in the middle; nothing was written.
    case unreachable(String)
    /// The server was lost while it committed: it is written or it is not, and only reading tells.
    case unknown(String)
    /// Others changed the same at the same time: nothing was written, and it may be tried again.
    case conflict
    /// The schema has changed since a statement was prepared: nothing was written, and a new connection prepares it anew.
    case outdated
    /// Another node does now what this one did under the lease of that name: nothing was written.
    case leaseLost(String)
    /// This node was silent for so long that another took its place: it must end.
    case replaced
    /// As many nodes as can be are here already.
    case tooManyNodes
    /// Everything has moved to another database (``Promotion``); nothing was written here.
    case moved
    case column(String)
    case newerVersion(unknown: [String])
    case changedMigration(String)
    case unwritable(path: String, reason: String)
    case damaged(String)
    case closed
    case other(String)
}

extension StoreError {
    /// Whether trying again cannot help whoever was told this.
    package var isFinal: Bool {
        switch self {
        case .closed, .leaseLost, .replaced: true
        default: false
        }
    }
}

extension StoreError: Outage {
    package var refusal: Refusal? {
        switch self {
        case .full: Refusal(.unavailable, "storage.full")
        case .disk: Refusal(.unavailable, "storage.disk")
        case .busy, .conflict, .moved, .outdated: Refusal(.unavailable, "storage.busy")
        case .unreachable, .unknown: Refusal(.unavailable, "storage.unreachable")
        default: nil
        }
    }
}
