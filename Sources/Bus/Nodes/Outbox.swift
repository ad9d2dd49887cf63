import Synchronization

/// What waits to be sent to other nodes: bounded, the oldest is dropped first, because a newer hint shows that one is missing.
final class Outbox: Sendable {
    /// Bytes that may wait.
    static let bound = 8 << 20
    /// A larger hint is not carried.
    static let largest = 1 << 20

    fileprivate struct State {
        var waiting: [Hint] = []
        /// Those before it are gone.
        var first = 0
        var size = 0
        var sent = 0
        var dropped = 0
        /// Something was dropped that the others have not been told of.
        var owesNotice = false
    }

    private let state = Mutex(State())

    /// Whether it was empty before.
    func add(_ hint: Hint) -> Bool {
        state.withLock { state in
            guard hint.payload.count <= Self.largest else {
                (state.dropped, state.owesNotice) = (state.dropped + 1, true)
                return state.waiting.isEmpty
            }
            state.waiting.append(hint)
            state.size += hint.weight
            while state.size > Self.bound { state.dropOldest() }
            return state.waiting.count == 1
        }
    }

    /// The oldest that wait, up to about `weight` bytes.
    func take(_ weight: Int = 1 << 20) -> [Hint] {
        state.withLock { state in
            var (taken, left): ([Hint], Int) = ([], weight)
            while left > 0, state.first < state.waiting.count {
                let hint = state.waiting[state.first]
                taken.append(hint)
                state.forgetFirst()
                left -= hint.weight
            }
            return taken
        }
    }

    func sent(_ count: Int) { state.withLock { $0.sent += count } }

    /// They were taken and could not be sent.
    func lost(_ count: Int) {
        state.withLock { ($0.dropped, $0.owesNotice) = ($0.dropped + count, true) }
    }

    /// Whether the others must now be told that hints of this node were dropped.
    func takeNotice() -> Bool { state.withLock { exchange(&$0.owesNotice, with: false) } }

    var isEmpty: Bool { state.withLock { $0.waiting.isEmpty && !$0.owesNotice } }
    var counted: (sent: Int, dropped: Int) { state.withLock { ($0.sent, $0.dropped) } }
}

extension Outbox.State {
    fileprivate mutating func dropOldest() {
        forgetFirst()
        (dropped, owesNotice) = (dropped + 1, true)
    }

    fileprivate mutating func forgetFirst() {
        size -= waiting[first].weight
        waiting[first] = Hint(subject: "", payload: [])
        first += 1
        if first == waiting.count || first > 4096 && first * 2 > waiting.count {
            waiting.removeFirst(first)
            first = 0
        }
    }
}

extension Hint {
    /// The memory it takes, roughly.
    fileprivate var weight: Int { payload.count + subject.utf8.count + 64 }
}
