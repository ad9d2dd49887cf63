import Synchronization

/// Who on this node listens to what.
final class Listeners: Sendable {
    private final class Listener: Sendable {
        private let deliver: @Sendable (Hint) -> Void
        private let isCancelled = Atomic(false)

        init(_ deliver: @escaping @Sendable (Hint) -> Void) { self.deliver = deliver }

        func hear(_ hint: Hint) { if !isCancelled.load(ordering: .acquiring) { deliver(hint) } }
        func cancel() { isCancelled.store(true, ordering: .releasing) }
    }

    private struct State {
        var listeners: [String: [Int: Listener]] = [:]
        var lastKey = 0
    }

    private let state = Mutex(State())

    /// - Parameter changed: called when the subject's first listener has come and when its last has gone.
    func add(
        to subject: String, changed: @escaping @Sendable () -> Void = {}, deliver: @escaping @Sendable (Hint) -> Void
    ) -> Subscription {
        let listener = Listener(deliver)
        let (key, isFirst) = state.withLock { state in
            state.lastKey += 1
            state.listeners[subject, default: [:]][state.lastKey] = listener
            return (state.lastKey, state.listeners[subject]?.count == 1)
        }
        if isFirst { changed() }
        return Subscription { [weak self] in
            listener.cancel()
            if self?.remove(key, from: subject) == true { changed() }
        }
    }

    /// Whether it was the last of the subject.
    private func remove(_ key: Int, from subject: String) -> Bool {
        state.withLock { state in
            guard state.listeners[subject]?.removeValue(forKey: key) != nil else { return false }
            guard state.listeners[subject]?.isEmpty == true else { return false }
            state.listeners[subject] = nil
            return true
        }
    }

    func removeAll() {
        let gone = state.withLock { state in
            defer { state.listeners = [:] }
            return state.listeners.values.flatMap(\.values)
        }
        gone.forEach { $0.cancel() }
    }

    func deliver(_ hint: Hint) {
        let listeners = state.withLock { $0.listeners[hint.subject] }
        listeners?.values.forEach { $0.hear(hint) }
    }

    func contain(_ subject: String) -> Bool { state.withLock { $0.listeners[subject] != nil } }

    var subjects: [String] { state.withLock { Array($0.listeners.keys) } }
}
