import Foundation
import Logging
import Synchronization

/// Threads that hold a connection each, and the jobs that wait for one of them. A connection that was lost is made anew.
final class ConnectionThreads: Sendable {
    /// More than this waiting is refused.
    static let longestQueue = 20_000
    /// How often a job that could not be fitted in among others is tried.
    private static let attempts = 50
    /// Jobs wait this long for a server that is away: long enough for a restart.
    private static let patience = Duration.seconds(10)

    private struct Waiting {
        var jobs: [Job] = []
        var isStopped = false
    }

    private let waiting = Mutex(Waiting())
    private let arrival = DispatchSemaphore(value: 0)
    private let stopped = DispatchSemaphore(value: 0)
    private let address: String
    private let begin: String
    private let largestGroup: Int
    private let count: Int
    private let order: CommitOrder

    /// - Parameters:
    ///   - begin: the statement with which every transaction begins.
    ///   - largestGroup: how many jobs at most share a transaction.
    ///   - order: shared by all threads that write to the same database.
    ///   - first: a connection that is there already.
    init(
        _ name: String, of address: String, count: Int = 1, begin: String, largestGroup: Int = 1, _ order: CommitOrder,
        first: PostgresConnection? = nil
    ) {
        (self.count, self.address, self.begin, self.largestGroup) = (count, address, begin, largestGroup)
        self.order = order
        for number in 1...count {
            nonisolated(unsafe) var connection = number == 1 ? first : nil
            let thread = Thread { [self] in
                while let group = nextGroup() { carryOut(group, &connection) }
                connection = nil
                stopped.signal()
            }
            thread.name = "\(name).\(number)"
            thread.start()
        }
    }

    func run<Answer: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Answer) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            submit(Job(body) { continuation.resume(with: $0) })
        }
    }

    func stop() {
        waiting.withLock { $0.isStopped = true }
        for _ in 1...count { arrival.signal() }
        for _ in 1...count { stopped.wait() }
        // Stopping again returns at once.
        for _ in 1...count { stopped.signal() }
    }

    private func submit(_ job: Job) {
        let refusal = waiting.withLock { waiting -> StoreError? in
            guard !waiting.isStopped else { return .closed }
            guard waiting.jobs.count < Self.longestQueue else { return .busy }
            waiting.jobs.append(job)
            return nil
        }
        if let refusal { job.fail(refusal) } else { arrival.signal() }
    }

    /// Blocks until there is work; nil once stopped and empty.
    private func nextGroup() -> [Job]? {
        while true {
            arrival.wait()
            let (group, isStopped) = waiting.withLock { waiting in
                let group = Array(waiting.jobs.prefix(largestGroup))
                waiting.jobs.removeFirst(group.count)
                return (group, waiting.isStopped)
            }
            // Every job has its own signal: those of the jobs taken along are swallowed here.
            for _ in group.dropFirst() { arrival.wait() }
            if !group.isEmpty { return group }
            if isStopped { return nil }
        }
    }

    private func carryOut(_ group: [Job], _ connection: inout PostgresConnection?) {
        let begun = ContinuousClock.now
        var pause = 0.001
        for attempt in 1... {
            do {
                let live = try connection ?? PostgresConnection(address)
                connection = live
                try live.commit(group, begin, order)
                return group.forEach { $0.succeed() }
            } catch StoreError.unreachable(let reason) where .now - begun < Self.patience {
                if connection != nil { log.warning("waiting for PostgreSQL", metadata: ["reason": "\(reason)"]) }
                connection = nil
                pause = min(max(pause * 2, 0.1), 1)
            } catch StoreError.conflict where group.count == 1 && attempt < Self.attempts {
                pause = min(pause * 1.5, 0.05)
            } catch StoreError.outdated where attempt < Self.attempts {
                // A newer node has just extended a table.
                connection = nil
            } catch StoreError.unique where group.count == 1 && attempt == 1 {
                // Somebody else may have made in the same moment what we looked for in vain: the second look finds it.
            } catch {
                if connection?.isAlive == false { connection = nil }
                guard group.count > 1, (error as? StoreError)?.isUndone == true else { return group.forEach { $0.fail(error) } }
                // One must not take the others down with it.
                return group.forEach { carryOut([$0], &connection) }
            }
            Thread.sleep(forTimeInterval: pause * .random(in: 0.5...1))
        }
    }
}

extension StoreError {
    /// Whether it is certain that nothing was written.
    fileprivate var isUndone: Bool {
        if case .unknown = self { false } else { true }
    }
}
