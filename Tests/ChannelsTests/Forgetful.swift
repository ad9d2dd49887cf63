import Store
import Synchronization

/// A database that is lost once while it answers: one write is kept, and its writer told that nobody knows.
final class Forgetful: Database {
    private let database: any Database
    private let left: Mutex<Int>

    var dialect: Dialect { database.dialect }

    /// - Parameter number: which write it is, from 1 on.
    init(_ database: any Database, write number: Int) {
        self.database = database
        left = Mutex(number)
    }

    func read<Answer: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Answer) async throws -> Answer {
        try await database.read(body)
    }

    func write<Answer: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Answer) async throws -> Answer {
        let answer = try await database.write(body)
        let isLost = left.withLock { left in
            left -= 1
            return left == 0
        }
        if isLost { throw StoreError.unknown("the server was lost") }
        return answer
    }

    func append<Answer: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Answer) async throws -> Answer {
        try await write(body)
    }

    func close() async throws { try await database.close() }
    func backUp(to path: String) async throws { try await database.backUp(to: path) }
}
