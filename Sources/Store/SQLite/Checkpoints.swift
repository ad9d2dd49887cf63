import Foundation
import GRDB
import GRDBSQLite
import Logging
import Synchronization

/// Copies the write-ahead log back into the database beside the writer, on a connection of its own: left to SQLite, the
/// writer would do it inside a commit, and everybody who waits for that commit would wait for the copying too
/// (https://www.sqlite.org/wal.html#avoiding_excessively_large_wal_files).
final class Checkpoints: Sendable {
    /// Pages in the log after which copying begins.
    private static let due = 4_000
    /// A log that never stands still can never begin anew; at this length the writer copies the rest itself, which is little.
    private static let overdue = 16_000

    /// In the log since the last commit.
    private let pages = Atomic(0)
    private let isAsked = Atomic(false)
    private let isStopped = Atomic(false)
    private let arrival = DispatchSemaphore(value: 0)
    private let stopped = DispatchSemaphore(value: 0)
    private let disk: DiskTrust

    init(of path: String, writtenBy writer: DatabaseQueue, on disk: DiskTrust) throws {
        self.disk = disk
        let copier = try DatabaseQueue(path: path)
        try writer.inDatabase { database in
            try database.execute(sql: "PRAGMA wal_autocheckpoint = 0")
            sqlite3_wal_hook(
                database.sqliteConnection,
                { checkpoints, _, _, pages in
                    Unmanaged<Checkpoints>.fromOpaque(checkpoints!).takeUnretainedValue().logGrew(to: Int(pages))
                    return SQLITE_OK
                }, Unmanaged.passUnretained(self).toOpaque()
            )
        }
        let thread = Thread { [self] in
            while waitUntilAsked() { copier.inDatabase(copy) }
            try? copier.close()
            stopped.signal()
        }
        thread.name = "store.checkpoints"
        thread.start()
    }

    /// By the writer, between two groups.
    func keepShort(_ database: GRDB.Database) {
        if pages.load(ordering: .relaxed) >= Self.overdue { copy(database) }
    }

    func stop() {
        isStopped.store(true, ordering: .relaxed)
        arrival.signal()
        stopped.wait()
        // Stopping again returns at once.
        stopped.signal()
    }

    private func logGrew(to pages: Int) {
        self.pages.store(pages, ordering: .relaxed)
        if pages >= Self.due, !isAsked.exchange(true, ordering: .relaxed) { arrival.signal() }
    }

    private func waitUntilAsked() -> Bool {
        arrival.wait()
        isAsked.store(false, ordering: .relaxed)
        return !isStopped.load(ordering: .relaxed)
    }

    /// What cannot be copied now, because somebody still reads it or the disk is full, stays in the log for the next time.
    private func copy(_ database: GRDB.Database) {
        // A log that was not kept must never begin anew: it holds what the disk may have lost.
        guard disk.loss == nil else { return }
        let code = sqlite3_wal_checkpoint_v2(database.sqliteConnection, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
        if code != SQLITE_OK, code != SQLITE_BUSY {
            log.error("the write-ahead log could not be copied back", metadata: ["code": "\(code)"])
            disk.heed(DatabaseError(resultCode: ResultCode(rawValue: code)))
        }
    }
}
