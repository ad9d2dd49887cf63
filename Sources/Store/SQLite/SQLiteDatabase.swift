import Foundation
import GRDB

/// The embedded default: SQLite through GRDB in WAL mode with `synchronous=FULL`, so that an acknowledged write survives
/// a power loss. One thread writes, in groups (see ``GroupCommit``); a few others read.
package final class SQLiteDatabase: Database {
    package let dialect = Dialect.sqlite
    private let path: String
    private let connections: [DatabaseQueue]
    private let checkpoints: Checkpoints
    private let disk: DiskTrust
    private let writer: GroupCommit
    private let readers: ReaderThreads

    /// Opens or creates the file. Throws ``StoreError/unwritable(path:reason:)`` when it cannot.
    ///
    /// - Parameters:
    ///   - checksReferences: off for a copy that is being made, whose rows come in any order.
    ///   - onLostDisk: told once when a commit did not reach the disk. Every write fails from then on: the process must end,
    ///     and the next one finds in the log what was really kept.
    package init(
        path: String, readers: Int = 2, checksReferences: Bool = true,
        onLostDisk: @escaping @Sendable (StoreError) -> Void = { _ in }
    ) throws {
        do {
            disk = DiskTrust(onLoss: onLostDisk)
            let writing = try DatabaseQueue(path: path, configuration: Self.configuration(isReadonly: false, checksReferences))
            try writing.inDatabase { try $0.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL") }
            checkpoints = try Checkpoints(of: path, writtenBy: writing, on: disk)
            let reading = try (1...readers).map { _ in
                try DatabaseQueue(path: path, configuration: Self.configuration(isReadonly: true))
            }
            self.path = path
            connections = reading + [writing]
            writer = GroupCommit(writing, checkpoints, disk)
            self.readers = ReaderThreads(reading)
        } catch { throw mapped(error, opening: path) }
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

    /// Every write is committed with its neighbours here.
    package func append<Answer: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Answer
    ) async throws -> Answer {
        try await write(body)
    }

    package func close() async throws {
        writer.stop()
        readers.stop()
        checkpoints.stop()
        // Closing would copy the log back and begin it anew: it holds what the disk may have lost.
        if let loss = disk.loss { throw loss }
        for connection in connections { try connection.close() }
    }

    package func backUp(to path: String) async throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw StoreError.unwritable(path: path, reason: "the file exists already")
        }
        // Takes as long as the disk needs: on a thread of its own.
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            Thread.detachNewThread { [source = self.path] in continuation.resume(with: Result { try Self.copy(source, to: path) })
            }
        }
    }

    private static func copy(_ source: String, to path: String) throws {
        do {
            let original = try DatabaseQueue(path: source, configuration: configuration(isReadonly: true))
            let copy = try DatabaseQueue(path: path)
            defer { [original, copy].forEach { try? $0.close() } }
            try original.backup(to: copy)
        } catch {
            for ending in ["", "-journal", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) }
            throw mapped(error, opening: path)
        }
    }

    private static func configuration(isReadonly: Bool, _ checksReferences: Bool = true) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = isReadonly
        // Another process may be writing (a promotion, a command). Left to SQLite, the pauses grow to a tenth of a second.
        configuration.busyMode = .callback { attempts in
            usleep(1_000)
            return attempts < 10_000
        }
        configuration.foreignKeysEnabled = checksReferences
        return configuration
    }
}
