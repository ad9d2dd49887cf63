package import Bus
import Synchronization

/// A bus of one node that also tells a test what went over it and who listens.
package final class WatchedBus: Bus {
    private struct State {
        var published: [Hint] = []
        var listeners: [String: Int] = [:]
        var held: [Hint]?
    }

    private let bus = MemoryBus()
    private let state = Mutex(State())

    package init() {}

    package var isLossy: Bool { bus.isLossy }

    package func publish(_ hint: Hint) {
        let isHeld = state.withLock { state in
            state.published.append(hint)
            state.held?.append(hint)
            return state.held != nil
        }
        if !isHeld { bus.publish(hint) }
    }

    /// From now on hints are on their way.
    package func hold() { state.withLock { $0.held = [] } }

    /// They arrive, as others than they were: later, twice, or not at all.
    package func release(_ change: ([Hint]) -> [Hint]) {
        let held = state.withLock { state in
            defer { state.held = nil }
            return state.held ?? []
        }
        change(held).forEach(bus.publish)
    }

    package func subscribe(to subject: String, deliver: @escaping @Sendable (Hint) -> Void) -> Subscription {
        state.withLock { $0.listeners[subject, default: 0] += 1 }
        let subscription = bus.subscribe(to: subject, deliver: deliver)
        return Subscription { [self] in
            state.withLock { $0.listeners[subject, default: 0] -= 1 }
            subscription.cancel()
        }
    }

    package func hasListener(of subject: String) -> Bool { state.withLock { $0.listeners[subject, default: 0] > 0 } }

    /// What was told under this subject so far, as text.
    package func told(_ subject: String) -> [String] {
        state.withLock { $0.published }.filter { $0.subject == subject }.map { String(decoding: $0.payload, as: UTF8.self) }
    }
}
