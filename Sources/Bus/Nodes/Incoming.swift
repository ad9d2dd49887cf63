import Synchronization

/// Takes letters from other nodes and tells the listeners of this one.
final class Incoming: Sendable {
    private struct State {
        var assembly = Assembly()
        var received = 0
        var interruptions = 0
        var isConnected = true
        var notices: [Int: @Sendable () -> Void] = [:]
        var lastKey = 0
    }

    let listeners = Listeners()
    /// What this node's own letters begin with.
    let sender: [UInt8]
    private let state = Mutex(State())

    init(sender: [UInt8]) { self.sender = sender }

    /// Own letters, which some carriers bring back, are passed over.
    func take(_ letter: [UInt8]) {
        guard !letter.starts(with: sender) else { return }
        switch state.withLock({ $0.assembly.add(letter) }) {
        case .nothing: break
        case .gap: interrupted()
        case .parcel(let bytes): open(bytes)
        }
    }

    private func open(_ parcel: [UInt8]) {
        guard let hints = Parcel.hints(in: parcel), !hints.isEmpty else { return interrupted() }
        state.withLock { $0.received += hints.count }
        hints.forEach(listeners.deliver)
    }

    /// Hints may have been lost.
    func interrupted() {
        let notices = state.withLock { state in
            state.interruptions += 1
            return state.notices.values
        }
        notices.forEach { $0() }
    }

    func whenInterrupted(_ notice: @escaping @Sendable () -> Void) -> Subscription {
        let key = state.withLock { state in
            state.lastKey += 1
            state.notices[state.lastKey] = notice
            return state.lastKey
        }
        return Subscription { [weak self] in self?.state.withLock { $0.notices[key] = nil } }
    }

    func forget() {
        listeners.removeAll()
        state.withLock { $0.notices = [:] }
    }

    var counted: (received: Int, interruptions: Int) { state.withLock { ($0.received, $0.interruptions) } }

    /// Whether there is a connection to take letters from.
    var isConnected: Bool {
        get { state.withLock { $0.isConnected } }
        set { state.withLock { $0.isConnected = newValue } }
    }
}
