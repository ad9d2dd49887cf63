import Synchronization

/// The bus of a single node: a dictionary of listeners.
package final class MemoryBus: Bus {
    private typealias Listeners = [Int: @Sendable (Hint) -> Void]

    private struct State {
        var listeners: [String: Listeners] = [:]
        var lastKey = 0
    }

    private let state = Mutex(State())

    package init() {}

    package var isLossy: Bool { false }

    package func publish(_ hint: Hint) {
        let listeners = state.withLock { $0.listeners[hint.subject] }
        listeners?.values.forEach { $0(hint) }
    }

    package func subscribe(to subject: String, deliver: @escaping @Sendable (Hint) -> Void) -> Subscription {
        let key = state.withLock { state in
            state.lastKey += 1
            state.listeners[subject, default: [:]][state.lastKey] = deliver
            return state.lastKey
        }
        return Subscription { [weak self] in self?.remove(key, from: subject) }
    }

    private func remove(_ key: Int, from subject: String) {
        state.withLock { state in
            state.listeners[subject]?[key] = nil
            if state.listeners[subject]?.isEmpty == true { state.listeners[subject] = nil }
        }
    }
}
