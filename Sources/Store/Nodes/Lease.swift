import Basics

/// The right to do what only one node may do, such as emptying the outbox. It ends when the node dies or gives it back; who held
/// it before cannot write any more, because every write made under it looks whether it still holds.
package struct Lease: Sendable {
    let name: String
    let node: Int64
    /// Rises with every holder.
    let epoch: Int64

    /// Under which the task at hand works.
    @TaskLocal static var current: Lease?

    func isHeld(_ transaction: any Transaction) throws -> Bool {
        try transaction.row("SELECT 1 FROM lease WHERE name = \(name) AND node = \(node) AND epoch = \(epoch)") != nil
    }

    /// Throws ``StoreError/leaseLost(_:)`` when somebody else holds it now.
    func check(in transaction: any Transaction) throws {
        guard try isHeld(transaction) else { throw StoreError.leaseLost(name) }
    }
}

/// A database in which whatever is written under a lease is written only while that lease holds.
package struct LeasedDatabase: Database {
    private let base: any Database

    package init(_ base: any Database) { self.base = base }

    package var dialect: Dialect { base.dialect }

    package func read<Answer: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Answer
    ) async throws -> Answer {
        try await base.read(body)
    }

    @discardableResult
    package func write<Answer: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Answer
    ) async throws -> Answer {
        try await base.write(checked(body))
    }

    @discardableResult
    package func append<Answer: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Answer
    ) async throws -> Answer {
        try await base.append(checked(body))
    }

    package func close() async throws { try await base.close() }

    package func backUp(to path: String) async throws { try await base.backUp(to: path) }

    /// The lease is the calling task's, not that of the connection's thread.
    private func checked<Answer: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Answer
    ) -> @Sendable (any Transaction) throws -> Answer {
        guard let lease = Lease.current else { return body }
        return { transaction in
            try lease.check(in: transaction)
            return try body(transaction)
        }
    }
}
