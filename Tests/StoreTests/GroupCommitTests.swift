import Basics
import Dispatch
import Support
import Synchronization
import Testing

@testable import Store

private let schema = Migration("test.number", "CREATE TABLE number (value BIGINT PRIMARY KEY)")

private func insert(_ value: Int, in transaction: any Transaction) throws {
    try transaction.run("INSERT INTO number (value) VALUES (\(value))")
}

private func numbers(in database: any Database) async throws -> [Int] {
    try await database.read { try $0.rows("SELECT value FROM number ORDER BY value").map { try $0("value") } }
}

private final class Notes: Sendable {
    private let numbers = Mutex<[Int]>([])

    var all: [Int] { numbers.withLock { $0 } }
    func add(_ number: Int) { numbers.withLock { $0.append(number) } }
}

@Suite struct GroupCommitTests {
    @Test func `a failing write undoes only itself, and gets its own error`() async throws {
        try await withDatabase([schema]) { database in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for value in 0..<500 {
                    group.addTask {
                        do {
                            try await database.write { transaction in
                                try insert(value, in: transaction)
                                if value % 5 == 0 { throw Refusal(.conflict, "five.\(value)") }
                            }
                            #expect(value % 5 != 0)
                        } catch let refusal as Refusal {
                            #expect(refusal.code == "five.\(value)")
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await numbers(in: database) == (0..<500).filter { $0 % 5 != 0 })
        }
    }

    @Test(.timeLimit(.minutes(1))) func `more than can be written soon is refused, and the rest is kept`() async throws {
        try await withDatabase([schema]) { database in
            let (disk, started, refused) = (DispatchSemaphore(value: 0), Notes(), Notes())
            async let stuck: Void = database.write { _ in
                started.add(0)
                // Where nothing is refused, nobody frees it.
                _ = disk.wait(timeout: .now() + 20)
            }
            try await eventually { !started.all.isEmpty }
            let count = GroupCommit.longestQueue + 100
            await withTaskGroup(of: Void.self) { group in
                for value in 0..<count {
                    group.addTask {
                        do { try await database.write { try insert(value, in: $0) } } catch {
                            #expect(error as? StoreError == .busy)
                            refused.add(value)
                            disk.signal()
                        }
                    }
                }
            }
            try await stuck
            #expect(!refused.all.isEmpty)
            #expect(try await numbers(in: database).count + refused.all.count == count)
        }
    }

    @Test func `what to do after the commit is done in the order of commits, and never for what was undone`() async throws {
        try await withDatabase([schema]) { database in
            let done = Notes()
            let order = Notes()
            await withTaskGroup(of: Void.self) { group in
                for value in 0..<300 {
                    group.addTask {
                        _ = try? await database.write { transaction in
                            try insert(value, in: transaction)
                            transaction.afterCommit { done.add(value) }
                            if value % 3 == 0 { throw Refusal(.conflict, "three") }
                            order.add(value)
                        }
                        // By the time a write returns, what follows it has been done.
                        #expect(done.all.contains(value) == (value % 3 != 0))
                    }
                }
            }
            #expect(done.all == order.all)
        }
    }

    @Test func `a write that returned is seen by every read after it`() async throws {
        try await withDatabase([schema]) { database in
            await withTaskGroup(of: Void.self) { group in
                for value in 0..<200 {
                    group.addTask {
                        do {
                            try await database.write { try insert(value, in: $0) }
                            let stored = try await database.read { try $0.row("SELECT 1 FROM number WHERE value = \(value)") }
                            #expect(stored?.values == [.integer(1)])
                        } catch { Issue.record(error) }
                    }
                }
            }
        }
    }

    @Test func `reading does not write`() async throws {
        try await withDatabase([schema]) { database in
            await #expect(throws: StoreError.self) { try await database.read { try insert(1, in: $0) } }
            let stored = try await numbers(in: database)
            #expect(stored == [])
        }
    }

    @Test func `every commit reaches the disk`() async throws {
        try await withSQLite { database in
            // 2 is FULL; GRDB sets 1 when it turns the log on.
            let level = try await database.write { try $0.value("PRAGMA synchronous", as: Int.self) }
            let journal = try await database.write { try $0.value("PRAGMA journal_mode", as: String.self) }
            #expect(level == 2 && journal == "wal")
        }
    }

    @Test func `closing finishes what is under way, refuses what comes later, and may be repeated`() async throws {
        try await withDatabase([schema]) { database in
            await withTaskGroup(of: Void.self) { group in
                for value in 0..<100 { group.addTask { try? await database.write { try insert(value, in: $0) } } }
                group.addTask { try? await database.close() }
            }
            try await database.close()
            await #expect(throws: StoreError.closed) { try await database.write { try insert(1000, in: $0) } }
            await #expect(throws: StoreError.closed) { try await database.read { try $0.row("SELECT 1")?("1", as: Int.self) } }
        }
    }

    @Test func `a transaction does not outlive its end`() async throws {
        try await withDatabase([schema]) { database in
            do {
                try await database.write { transaction in
                    try insert(1, in: transaction)
                    _ = try? transaction.run("ROLLBACK")
                    try insert(2, in: transaction)
                }
                Issue.record("it went on")
            } catch {}
            #expect(try await numbers(in: database) == [])
            try await database.write { try insert(3, in: $0) }
            #expect(try await numbers(in: database) == [3])
        }
    }
}
