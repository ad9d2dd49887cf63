import Basics
import Store
import Synchronization

/// Whether the database takes writes, found out by writing: an empty transaction would not reach the disk.
final class Pulse: Sendable {
    static let migration = Migration("operation.1", "CREATE TABLE pulse (id BIGINT PRIMARY KEY, at BIGINT NOT NULL)")

    /// Whoever asks is told within this time; a database that says nothing for so long takes no writes.
    private static let patience = Duration.seconds(2)

    private struct Beat {
        let at: Timestamp
        let task: Task<Bool, Never>
        var isOver = false
    }

    private let last = Mutex<Beat?>(nil)

    /// Looks at most once a second, and never twice at a time, however many ask: anybody may.
    func beats(in database: any Database, at now: Timestamp) async -> Bool {
        let task = last.withLock { last in
            if let last, !last.isOver || last.at <= now && now - last.at < .seconds(1) { return last.task }
            let task = Task {
                let isGood = await Self.beat(in: database, at: now)
                self.last.withLock { $0?.isOver = true }
                return isGood
            }
            last = Beat(at: now, task: task)
            return task
        }
        return await Self.answer(of: task)
    }

    private static func answer(of beat: Task<Bool, Never>) async -> Bool {
        let (answers, answer) = AsyncStream.makeStream(of: Bool.self)
        let asking = Task { answer.yield(await beat.value) }
        let waiting = Task {
            try await Task.sleep(for: patience)
            answer.yield(false)
        }
        defer {
            asking.cancel()
            waiting.cancel()
        }
        return await answers.first { _ in true } ?? false
    }

    private static func beat(in database: any Database, at now: Timestamp) async -> Bool {
        do {
            try await database.write { transaction in
                try transaction.run(
                    "INSERT INTO pulse (id, at) VALUES (1, \(now)) ON CONFLICT (id) DO UPDATE SET at = excluded.at")
            }
            return true
        } catch { return false }
    }
}
