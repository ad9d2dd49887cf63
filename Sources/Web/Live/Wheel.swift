import NIOCore

/// Something that an event loop's wheel wakes at its deadline. Belongs to the loop's thread.
class Watched {
    fileprivate var next: Watched?
    fileprivate unowned(unsafe) var previous: Watched?
    fileprivate var slot: Int?

    /// The deadline has passed. The watch is over; whoever wants another sets it again.
    func ring() {}
}

/// One timer for all connections of an event loop: a ring of slots, one a second. Setting and lifting a watch are a few pointers.
final class Wheel: @unchecked Sendable {
    private static let size = 128
    private var slots: [Watched?] = Array(repeating: nil, count: size)
    /// Seconds since the wheel began to turn.
    private(set) var now = 0
    private let loop: any EventLoop
    private var turning: RepeatedTask?

    init(_ loop: any EventLoop) { self.loop = loop }

    func start() {
        loop.execute {
            self.turning = self.loop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in self.turn() }
        }
    }

    func stop() {
        loop.execute {
            self.turning?.cancel()
            self.turning = nil
        }
    }

    /// Replaces an earlier watch. Deadlines farther away than the wheel is large ring early.
    func watch(_ watched: Watched, seconds: Int) {
        lift(watched)
        let slot = (now + min(max(seconds, 1), Self.size - 1)) % Self.size
        watched.slot = slot
        watched.next = slots[slot]
        watched.next?.previous = watched
        slots[slot] = watched
    }

    func lift(_ watched: Watched) {
        guard let slot = watched.slot else { return }
        let next = watched.next
        if let previous = watched.previous { previous.next = next } else { slots[slot] = next }
        next?.previous = watched.previous
        (watched.slot, watched.next, watched.previous) = (nil, nil, nil)
    }

    func turn() {
        now += 1
        let slot = now % Self.size
        // A watch set while ringing goes into another slot, so this ends.
        while let watched = slots[slot] {
            lift(watched)
            watched.ring()
        }
    }
}
