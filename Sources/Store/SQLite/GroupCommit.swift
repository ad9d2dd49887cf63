import Foundation
import GRDB
import Synchronization

/// One transaction for everything that arrived while the last one was syncing: a savepoint each, one commit,
/// then everyone is answered. A failing job undoes only itself.
final class GroupCommit: Sendable {
    /// A group larger than this would make its first member wait for too many others.
    private static let largestGroup = 256

    /// More than this waiting is refused, so that a stuck disk does not fill the memory.
    static let longestQueue = 20_000

    private struct Waiting {
        var jobs: [Job] = []
        var isStopped = false
    }

    private let waiting = Mutex(Waiting())
    private let arrival = DispatchSemaphore(value: 0)
    private let stopped = DispatchSemaphore(value: 0)

    /// The connection belongs to the thread from now on.
    init(_ connection: DatabaseQueue, _ checkpoints: Checkpoints, _ disk: DiskTrust) {
        let thread = Thread { [self] in
            connection.inDatabase { database in
                while let group = nextGroup() {
                    Self.commit(group, to: database, on: disk)
                    checkpoints.keepShort(database)
                }
            }
            stopped.signal()
        }
        thread.name = "store.writer"
        thread.stackSize = 1 << 20
        thread.start()
    }

    func submit(_ job: Job) {
        let refusal = waiting.withLock { waiting -> StoreError? in
            guard !waiting.isStopped else { return .closed }
            guard waiting.jobs.count < Self.longestQueue else { return .busy }
            waiting.jobs.append(job)
            return nil
        }
        if let refusal { job.fail(refusal) } else { arrival.signal() }
    }

    /// Finishes the jobs already taken on, then ends the thread.
    func stop() {
        waiting.withLock { $0.isStopped = true }
        arrival.signal()
        stopped.wait()
        // Stopping again returns at once.
        stopped.signal()
    }

    /// Blocks until there is work; nil once stopped and empty.
    private func nextGroup() -> [Job]? {
        while true {
            arrival.wait()
            let (group, isStopped) = waiting.withLock { waiting in
                let group = Array(waiting.jobs.prefix(Self.largestGroup))
                waiting.jobs.removeFirst(group.count)
                return (group, waiting.isStopped)
            }
            // Every job has its own signal: those of the jobs taken along are swallowed here.
            for _ in group.dropFirst() { arrival.wait() }
            if !group.isEmpty { return group }
            if isStopped { return nil }
        }
    }

    private static func commit(_ group: [Job], to database: GRDB.Database, on disk: DiskTrust) {
        if let loss = disk.loss { return group.forEach { $0.fail(loss) } }
        do {
            let actions = try run(group, in: database, on: disk)
            actions.forEach { $0() }
            group.forEach { $0.succeed() }
        } catch {
            let error = mapped(error)
            // One large job must not take the small ones down with it: each is tried once more by itself.
            if case StoreError.full = error, group.count > 1 {
                return group.forEach { commit([$0], to: database, on: disk) }
            }
            group.forEach { $0.fail(error) }
        }
    }

    private static func run(
        _ group: [Job], in database: GRDB.Database, on disk: DiskTrust
    ) throws -> [@Sendable () -> Void] {
        try PreparedStatement("BEGIN IMMEDIATE", on: database).run()
        do {
            var actions: [@Sendable () -> Void] = []
            for job in group { try run(job, in: database, &actions) }
            do { try PreparedStatement("COMMIT", on: database).run() } catch {
                disk.heed(error)
                throw error
            }
            return actions
        } catch {
            // A failed commit may or may not have closed the transaction already.
            if database.isInsideTransaction { _ = try? PreparedStatement("ROLLBACK", on: database).run() }
            throw error
        }
    }

    private static func run(_ job: Job, in database: GRDB.Database, _ actions: inout [@Sendable () -> Void]) throws {
        try PreparedStatement("SAVEPOINT job", on: database).run()
        let transaction = SQLiteTransaction(database)
        do {
            try job.run(transaction)
            actions += transaction.actions
        } catch {
            // Some errors (a full disk) end the whole transaction, and with it the group.
            guard database.isInsideTransaction, !isFatal(error) else { throw error }
            try PreparedStatement("ROLLBACK TO job", on: database).run()
        }
        try PreparedStatement("RELEASE job", on: database).run()
    }

    private static func isFatal(_ error: any Error) -> Bool {
        switch error as? StoreError {
        case .full, .disk: true
        default: false
        }
    }
}
