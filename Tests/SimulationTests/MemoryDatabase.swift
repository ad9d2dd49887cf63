import Basics
import GRDB

@testable import Store

/// SQLite in memory on the calling thread: one transaction after the other, each at once.
final class MemoryDatabase: Store.Database, @unchecked Sendable {
    let dialect = Dialect.sqlite
    private let connection: DatabaseQueue

    init() throws { connection = try DatabaseQueue() }

    init(copyOf original: MemoryDatabase) throws {
        connection = try DatabaseQueue()
        try original.connection.backup(to: connection)
    }

    /// What one transaction leaves to do after its commit.
    struct Committed<Answer> {
        let answer: Answer
        let actions: [@Sendable () -> Void]
        /// False where nothing was changed.
        let changed: Bool
    }

    /// - Parameter isUndone: nothing is kept, as when the commit fails.
    func transact<Answer>(
        isUndone: Bool = false, _ body: (any Transaction) throws -> Answer
    ) throws -> Committed<Answer> {
        try connection.inDatabase { database in
            let before = database.totalChangesCount
            try PreparedStatement("BEGIN", on: database).run()
            do {
                let transaction = SQLiteTransaction(database)
                let answer = try body(transaction)
                try PreparedStatement(isUndone ? "ROLLBACK" : "COMMIT", on: database).run()
                let changed = database.totalChangesCount != before
                return Committed(answer: answer, actions: transaction.actions, changed: changed)
            } catch {
                if database.isInsideTransaction { try PreparedStatement("ROLLBACK", on: database).run() }
                throw mapped(error)
            }
        }
    }

    func read<Answer: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Answer) async throws -> Answer {
        try transact(body).answer
    }

    func write<Answer: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Answer) async throws -> Answer {
        let committed = try transact(body)
        committed.actions.forEach { $0() }
        return committed.answer
    }

    func append<Answer: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Answer) async throws -> Answer {
        try await write(body)
    }

    func close() async throws { try connection.close() }
    func backUp(to path: String) async throws { throw StoreError.other("there is no file") }
}
