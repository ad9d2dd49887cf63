/// A transaction on the connection of the thread that runs it.
final class PostgresTransaction: Transaction {
    private let connection: PostgresConnection
    private(set) var actions: [@Sendable () -> Void] = []

    init(_ connection: PostgresConnection) { self.connection = connection }

    @discardableResult
    func run(_ statement: SQL) throws -> Int { try connection.run(statement).changed }

    func rows(_ statement: SQL) throws -> [Row] { try connection.run(statement).rows }

    func row(_ statement: SQL) throws -> Row? { try rows(statement).first }

    func afterCommit(_ action: @escaping @Sendable () -> Void) { actions.append(action) }
}
