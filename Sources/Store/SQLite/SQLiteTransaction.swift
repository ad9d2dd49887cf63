import GRDB
import GRDBSQLite

/// A transaction on the connection that runs it.
final class SQLiteTransaction: Transaction {
    private let database: GRDB.Database
    private(set) var actions: [@Sendable () -> Void] = []

    init(_ database: GRDB.Database) { self.database = database }

    @discardableResult
    func run(_ statement: SQL) throws -> Int {
        do { return try prepared(statement).run(statement.values) } catch { throw mapped(error) }
    }

    func rows(_ statement: SQL) throws -> [Row] {
        do { return try prepared(statement).rows(statement.values) } catch { throw mapped(error) }
    }

    func row(_ statement: SQL) throws -> Row? { try rows(statement).first }

    func afterCommit(_ action: @escaping @Sendable () -> Void) { actions.append(action) }

    private func prepared(_ statement: SQL) throws -> PreparedStatement {
        // A full disk ends the whole transaction: whatever ran after it would commit by itself.
        guard sqlite3_get_autocommit(database.sqliteConnection) == 0 else { throw StoreError.other("the transaction is over") }
        return try PreparedStatement(statement.text, on: database)
    }
}
