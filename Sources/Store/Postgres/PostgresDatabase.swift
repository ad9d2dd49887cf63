import Foundation
private import LibPQ

/// PostgreSQL 13 or newer through libpq. Threads of their own hold one connection each and run the closures they are given.
///
/// Writes are serializable transactions (https://www.postgresql.org/docs/15/transaction-iso.html#XACT-SERIALIZABLE), so that a
/// rule that holds with SQLite's one writer holds among many; one that cannot be fitted in is run again. Appends run under
/// the lock of the row they begin with, many in one transaction.
package final class PostgresDatabase: Database {
    package let dialect = Dialect.postgres
    private let readers: ConnectionThreads
    private let writers: ConnectionThreads
    private let appender: ConnectionThreads

    /// Throws ``StoreError/unreachable(_:)`` when the server cannot be reached or refuses us.
    ///
    /// - Parameters:
    ///   - address: a URI or keywords as libpq reads them, e.g. `postgres://desk@db.example/nightdesk?sslmode=verify-full`.
    ///   - connections: how many in all, three at least.
    package init(_ address: String, connections: Int = 8) throws {
        // The first one tells whether the address is right.
        let first = try PostgresConnection(address)
        let writing = (connections - 1) / 2
        let order = CommitOrder()
        appender = ConnectionThreads(
            "store.appender", of: address, begin: "BEGIN ISOLATION LEVEL READ COMMITTED", largestGroup: 64, order, first: first)
        writers = ConnectionThreads(
            "store.writer", of: address, count: writing, begin: "BEGIN ISOLATION LEVEL SERIALIZABLE", order)
        readers = ConnectionThreads(
            "store.reader", of: address, count: connections - 1 - writing,
            begin: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", CommitOrder())
    }

    /// Whether nobody answers at the address, or a server that is only just starting or ending: what waiting may mend. Whoever
    /// answers without TLS where we want it is there.
    package static func isAway(_ address: String) -> Bool {
        // What is no address at all libpq would take for the name of a database on this machine.
        guard address.contains("=") || address.contains("://"), let library = try? LibPQ.shared.get() else { return false }
        return [1, 2].contains(library.ping([("connect_timeout", "5"), ("dbname", address), ("sslmode", "disable")]))
    }

    package func read<Answer: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Answer
    ) async throws -> Answer {
        try await readers.run(body)
    }

    @discardableResult
    package func write<Answer: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Answer
    ) async throws -> Answer {
        try await writers.run(body)
    }

    @discardableResult
    package func append<Answer: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Answer
    ) async throws -> Answer {
        try await appender.run(body)
    }

    package func close() async throws {
        for threads in [appender, writers, readers] { threads.stop() }
    }

    package func backUp(to path: String) async throws {
        throw StoreError.other("a PostgreSQL database is backed up with pg_dump or a base backup")
    }
}
