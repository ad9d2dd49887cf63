import GRDB

/// A transaction on the connection that runs it.
final class SQLiteTransaction: Transaction {
    private let database: GRDB.Database
    private(set) var actions: [@Sendable () -> Void] = []

    init(_ database: GRDB.Database) { self.database = database }

    @discardableResult
    func run(_ statement: SQL) throws -> Int {
        do {
            try prepared(statement).execute()
            return database.changesCount
        } catch { throw mapped(error) }
    }

    func rows(_ statement: SQL) throws -> [Row] {
        do { return try fetch(statement) } catch { throw mapped(error) }
    }

    private func fetch(_ statement: SQL) throws -> [Row] {
        let prepared = try prepared(statement)
        let columns = Columns(prepared.columnNames)
        var rows: [Row] = []
        let cursor = try GRDB.Row.fetchCursor(prepared)
        let count = Int32(prepared.columnCount)
        while try cursor.next() != nil {
            rows.append(Row(columns: columns, values: (0..<count).map { SQLValue(of: prepared.sqliteStatement, column: $0) }))
        }
        return rows
    }

    func row(_ statement: SQL) throws -> Row? { try rows(statement).first }

    func afterCommit(_ action: @escaping @Sendable () -> Void) { actions.append(action) }

    private func prepared(_ statement: SQL) throws -> Statement {
        // A full disk ends the whole transaction: whatever ran after it would commit by itself.
        guard database.isInsideTransaction else { throw StoreError.other("the transaction is over") }
        let prepared = try database.cachedStatement(sql: statement.text)
        // Takes off what was bound before and lets GRDB know that nothing is missing.
        prepared.setUncheckedArguments([])
        for (index, value) in zip(Int32(1)..., statement.values) { try value.bind(to: prepared.sqliteStatement, at: index) }
        return prepared
    }
}
