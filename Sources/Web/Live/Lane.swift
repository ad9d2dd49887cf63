import NIOCore
import Synchronization

/// What the connections of one event loop share: an executor that runs their tasks on the loop's own thread,
/// so that a request costs no change of thread; the wheel that watches their deadlines; the outbox.
final class Lane: Sendable {
    let loop: any EventLoop
    let executor: LoopExecutor
    let wheel: Wheel
    private let outbox = Mutex<[(link: SocketLink, outgoing: SocketLink.Outgoing)]>([])

    init(_ loop: any EventLoop) {
        (self.loop, executor, wheel) = (loop, LoopExecutor(loop), Wheel(loop))
    }

    /// Queues in the order of the calls, from any thread. However much is queued at once, the loop is woken once.
    func post(_ outgoing: SocketLink.Outgoing, to link: SocketLink) {
        let isFirst = outbox.withLock { outbox in
            outbox.append((link, outgoing))
            return outbox.count == 1
        }
        // A turn later, so that the answers of tasks that wait for the same turn leave in the same write.
        if isFirst { loop.execute { self.loop.execute { self.deliver() } } }
    }

    private func deliver() {
        let posts = outbox.withLock { outbox in
            defer { outbox = [] }
            return outbox
        }
        for post in posts { post.link.write(post.outgoing) }
        for post in posts { post.link.flush() }
    }
}

/// Runs Swift tasks on an event loop's thread.
final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

extension Lane {
    /// Runs on the loop's thread, also after every wait.
    @discardableResult
    func task(_ work: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        Task(executorPreference: executor) { await work() }
    }
}
