import Basics
import Organization
import Synchronization

/// Which agents have a desk connected to this node, and since when the others have none.
final class Desks: Sendable {
    private struct State {
        var connected: Set<ID<Agent>> = []
        var goneSince: [ID<Agent>: Timestamp] = [:]
    }

    private let state = Mutex(State())
    /// Before anybody connects, everybody has been gone since the start.
    private let start: Timestamp

    init(start: Timestamp) { self.start = start }

    func connected(_ agent: ID<Agent>) {
        state.withLock { state in
            state.connected.insert(agent)
            state.goneSince[agent] = nil
        }
    }

    func gone(_ agent: ID<Agent>, at now: Timestamp) {
        state.withLock { state in
            state.connected.remove(agent)
            state.goneSince[agent] = now
        }
    }

    func isConnected(_ agent: ID<Agent>) -> Bool { state.withLock { $0.connected.contains(agent) } }

    /// Nil while connected.
    func goneSince(_ agent: ID<Agent>) -> Timestamp? {
        state.withLock { $0.connected.contains(agent) ? nil : $0.goneSince[agent] ?? start }
    }
}
