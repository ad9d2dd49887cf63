package import Store

/// Counts the statements on their way to the database, and the rows that come back.
package final class CountingTransaction: Transaction {
    private let transaction: any Transaction
    package private(set) var statements = 0
    package private(set) var read = 0

    package init(_ transaction: any Transaction) { self.transaction = transaction }

    @discardableResult
    package func run(_ statement: SQL) throws -> Int {
        statements += 1
        return try transaction.run(statement)
    }

    package func rows(_ statement: SQL) throws -> [Row] {
        statements += 1
        let rows = try transaction.rows(statement)
        read += rows.count
        return rows
    }

    package func row(_ statement: SQL) throws -> Row? {
        statements += 1
        return try transaction.row(statement)
    }

    package func afterCommit(_ action: @escaping @Sendable () -> Void) { transaction.afterCommit(action) }
}
