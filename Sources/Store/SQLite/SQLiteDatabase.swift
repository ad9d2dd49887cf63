import Foundation
import GRDB

/// The embedded default: SQLite through GRDB in WAL mode with `synchronous=FULL`, so that an acknowledged write survives
/// a power loss. One thread writes, in groups (see ``GroupCommit``); a few others read.
package final class SQLiteDatabase: Database {
    package let dialect = Dialect.sqlite
    private let pool: DatabasePool
    private let checkpoints: Checkpoints
    private let writer: GroupCommit
    private let readers: ReaderThreads

    /// Opens or creates the file. Throws ``StoreError/unwritable(path:reason:)`` when it cannot.
    package init(path: String, readers: Int = 2) throws {
        do {
            pool = try DatabasePool(path: path, configuration: Self.configuration(readers: readers))
            // GRDB sets NORMAL when it turns WAL on, so FULL comes after.
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = FULL")
            }
            checkpoints = try Checkpoints(of: path, written: pool)
        } catch { throw mapped(error, opening: path) }
        writer = GroupCommit(pool, checkpoints)
        self.readers = ReaderThreads(pool, count: readers)
    }

    package func read<Answer: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Answer
    ) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            readers.submit { database in
                let answer = Result { try body(SQLiteTransaction(database)) }.mapError(mapped)
                return { continuation.resume(with: answer) }
            } orElse: { error in
                continuation.resume(throwing: mapped(error))
            }
        }
    }

    package func write<Answer: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Answer
    ) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            writer.submit(Job(body) { continuation.resume(with: $0) })
        }
    }

    package func close() async throws {
        writer.stop()
        readers.stop()
        checkpoints.stop()
        try pool.close()
    }

    package func backUp(to path: String) async throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw StoreError.unwritable(path: path, reason: "the file exists already")
        }
        // Takes as long as the disk needs: on a thread of its own.
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            Thread.detachNewThread { [pool] in continuation.resume(with: Result { try Self.copy(pool, to: path) }) }
        }
    }

    private static func copy(_ pool: DatabasePool, to path: String) throws {
        do {
            let copy = try DatabaseQueue(path: path)
            defer { try? copy.close() }
            try pool.backup(to: copy)
        } catch {
            for ending in ["", "-journal", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) }
            throw mapped(error, opening: path)
        }
    }

    private static func configuration(readers: Int) -> Configuration {
        var configuration = Configuration()
        configuration.maximumReaderCount = readers
        configuration.busyMode = .timeout(10)
        configuration.foreignKeysEnabled = true
        return configuration
    }
}
