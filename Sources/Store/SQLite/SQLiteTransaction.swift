import Foundation
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
        while let row = try cursor.next() {
            rows.append(Row(columns: columns, values: row.databaseValues.map(SQLValue.init)))
        }
        return rows
    }

    func row(_ statement: SQL) throws -> Row? { try rows(statement).first }

    func afterCommit(_ action: @escaping @Sendable () -> Void) { actions.append(action) }

    private func prepared(_ statement: SQL) throws -> Statement {
        // A full disk ends the whole transaction: whatever ran after it would commit by itself.
        guard database.isInsideTransaction else { throw StoreError.other("the transaction is over") }
        let prepared = try database.cachedStatement(sql: statement.text)
        prepared.setUncheckedArguments(StatementArguments(statement.values.map(\.databaseValue)))
        return prepared
    }
}

extension SQLValue {
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .real(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .blob(let bytes): Foundation.Data(bytes).databaseValue
        }
    }

    fileprivate init(_ value: DatabaseValue) {
        self =
            switch value.storage {
            case .null: .null
            case .int64(let number): .integer(number)
            case .double(let number): .real(number)
            case .string(let text): .text(text)
            case .blob(let data): .blob([UInt8](data))
            }
    }
}
