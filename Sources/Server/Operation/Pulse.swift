import Basics
import Store
import Synchronization

/// Whether the database takes writes, found out by writing: an empty transaction would not reach the disk.
final class Pulse: Sendable {
    static let migration = Migration("operation.1", "CREATE TABLE pulse (id BIGINT PRIMARY KEY, at BIGINT NOT NULL)")

    private let last = Mutex<(at: Timestamp, isGood: Bool)?>(nil)

    /// Looks at most once a second, however many ask: anybody may.
    func beats(in database: any Database, at now: Timestamp) async -> Bool {
        if let last = last.withLock({ $0 }), last.at <= now, now - last.at < .seconds(1) { return last.isGood }
        let isGood = await beat(in: database, at: now)
        last.withLock { $0 = (now, isGood) }
        return isGood
    }

    private func beat(in database: any Database, at now: Timestamp) async -> Bool {
        do {
            try await database.write { transaction in
                try transaction.run(
                    "INSERT INTO pulse (id, at) VALUES (1, \(now)) ON CONFLICT (id) DO UPDATE SET at = excluded.at")
            }
            return true
        } catch { return false }
    }
}
