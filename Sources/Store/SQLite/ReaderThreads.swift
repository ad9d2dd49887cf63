import Foundation
import GRDB
import Synchronization

/// A few threads of their own for reading, so that a slow query blocks neither the event loops nor Swift's task pool.
final class ReaderThreads: Sendable {
    private struct Work: Sendable {
        /// Gives what is left to do once the read is over: answering.
        let body: @Sendable (GRDB.Database) -> @Sendable () -> Void
        let orElse: @Sendable (any Error) -> Void
    }

    private struct Waiting {
        var work: [Work] = []
        var isStopped = false
    }

    private let waiting = Mutex(Waiting())
    private let arrival = DispatchSemaphore(value: 0)
    private let stopped = DispatchSemaphore(value: 0)
    private let count: Int

    /// Each connection belongs to a thread of its own from now on.
    init(_ connections: [DatabaseQueue]) {
        count = connections.count
        for (number, connection) in connections.enumerated() {
            let thread = Thread { [self] in
                connection.inDatabase { database in
                    while let work = next() { Self.carryOut(work, on: database) }
                }
                stopped.signal()
            }
            thread.name = "store.reader.\(number + 1)"
            thread.start()
        }
    }

    private static func carryOut(_ work: Work, on database: GRDB.Database) {
        do {
            try PreparedStatement("BEGIN", on: database).run()
            let answer = work.body(database)
            // What only reads has nothing to lose: a view that cannot be ended properly is given up.
            if (try? PreparedStatement("COMMIT", on: database).run()) == nil { try? database.rollback() }
            answer()
        } catch { work.orElse(error) }
    }

    func submit(
        _ body: @escaping @Sendable (GRDB.Database) -> @Sendable () -> Void,
        orElse: @escaping @Sendable (any Error) -> Void
    ) {
        let isRefused = waiting.withLock { waiting in
            if !waiting.isStopped { waiting.work.append(Work(body: body, orElse: orElse)) }
            return waiting.isStopped
        }
        if isRefused { orElse(StoreError.closed) } else { arrival.signal() }
    }

    func stop() {
        waiting.withLock { $0.isStopped = true }
        for _ in 1...count { arrival.signal() }
        for _ in 1...count { stopped.wait() }
        // Stopping again returns at once.
        for _ in 1...count { stopped.signal() }
    }

    private func next() -> Work? {
        arrival.wait()
        return waiting.withLock { $0.work.isEmpty ? nil : $0.work.removeFirst() }
    }
}
