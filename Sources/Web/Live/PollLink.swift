import Basics
import NIOCore
import Synchronization

/// A live connection for places where WebSockets do not pass: frames wait in a mailbox that the client asks for again and again.
final class PollLink: Link {
    fileprivate struct Mailbox {
        /// The number of the frame that comes next, counted from 1.
        var next = 1
        var frames: [Frame] = []
        var bytes = 0
        var isClosed = false
        /// Closed, and its owner has been told so by an answer.
        var isOver = false
        var askedAt: ContinuousClock.Instant
        /// Who waits for a frame.
        var waiter: (id: Int, continuation: CheckedContinuation<Void, Never>)?
        var waits = 0
    }

    static let patience = Duration.seconds(25)
    static let expiry = Duration.seconds(60)

    let number: Int
    private let mailbox: Mutex<Mailbox>
    private let turn = Turn()

    init(number: Int, now: ContinuousClock.Instant) {
        self.number = number
        mailbox = Mutex(Mailbox(askedAt: now))
    }

    func send(_ frame: Frame) {
        mailbox.withLock { mailbox in
            guard !mailbox.isClosed else { return }
            mailbox.bytes += frame.wire.readableBytes
            mailbox.frames.append(frame)
            mailbox.next += 1
            // Nobody fetches: the client starts again and asks for what is missing.
            if mailbox.bytes > Live.largestQueue { mailbox.overflow() }
            mailbox.wake()
        }
    }

    func close(_ reason: CloseReason) {
        mailbox.withLock { mailbox in
            mailbox.isClosed = true
            mailbox.wake()
        }
    }

    var isClosed: Bool { mailbox.withLock { $0.isClosed } }
    /// Whether nobody will come for what is in it.
    var isOver: Bool { mailbox.withLock { $0.isOver } }

    /// Forgets the frames up to `after` and waits a while for one behind it.
    func frames(after: Int) async -> (frames: [Frame], next: Int) {
        let (isWaiting, id) = mailbox.withLock { mailbox in
            mailbox.forget(upTo: after)
            mailbox.askedAt = .now
            mailbox.waits += 1
            return (mailbox.frames.isEmpty && !mailbox.isClosed, mailbox.waits)
        }
        if isWaiting {
            await withTaskCancellationHandler {
                await withCheckedContinuation { wait($0, id: id) }
            } onCancel: {
                mailbox.withLock { if $0.waiter?.id == id { $0.wake() } }
            }
        }
        return mailbox.withLock { mailbox in
            mailbox.askedAt = .now
            mailbox.isOver = mailbox.isClosed
            return (mailbox.frames, mailbox.next - 1)
        }
    }

    private func wait(_ continuation: CheckedContinuation<Void, Never>, id: Int) {
        mailbox.withLock { mailbox in
            // Only the latest asks; an earlier request of the same client goes home with nothing.
            mailbox.wake()
            guard mailbox.frames.isEmpty, !mailbox.isClosed, !Task.isCancelled else { return continuation.resume() }
            mailbox.waiter = (id, continuation)
        }
    }

    /// Sends home who has waited long enough; says whether nobody has asked for too long.
    func isExpired(at now: ContinuousClock.Instant) -> Bool {
        mailbox.withLock { mailbox in
            if mailbox.waiter != nil {
                if now - mailbox.askedAt >= Self.patience { mailbox.wake() }
                return false
            }
            return now - mailbox.askedAt >= Self.expiry
        }
    }

    /// One after another, in the order of the calls.
    func inTurn<Result: Sendable>(_ work: () async -> Result) async -> Result {
        await turn.begin()
        defer { turn.end() }
        return await work()
    }
}

extension PollLink.Mailbox {
    fileprivate mutating func wake() {
        waiter?.continuation.resume()
        waiter = nil
    }

    fileprivate mutating func overflow() {
        isClosed = true
        (frames, bytes) = ([], 0)
    }

    fileprivate mutating func forget(upTo number: Int) {
        let first = next - frames.count
        let seen = min(max(number - first + 1, 0), frames.count)
        bytes -= frames[..<seen].reduce(0) { $0 + $1.wire.readableBytes }
        frames.removeFirst(seen)
    }
}

/// Lets one in at a time, in order.
final class Turn: Sendable {
    private let line = Mutex<(isTaken: Bool, waiting: [CheckedContinuation<Void, Never>])>((false, []))

    func begin() async {
        await withCheckedContinuation { continuation in
            let isFree = line.withLock { line in
                if line.isTaken { line.waiting.append(continuation) }
                defer { line.isTaken = true }
                return !line.isTaken
            }
            if isFree { continuation.resume() }
        }
    }

    func end() {
        let next: CheckedContinuation<Void, Never>? = line.withLock { line in
            if line.waiting.isEmpty { line.isTaken = false }
            return line.waiting.isEmpty ? nil : line.waiting.removeFirst()
        }
        next?.resume()
    }
}
