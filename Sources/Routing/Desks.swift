import Basics
import Organization
import Synchronization

/// Which agents have a desk connected to this node, and since when the others have none.
///
/// Desks are counted, because on a reload the old one may be noticed gone after the new one came.
final class Desks: Sendable {
    private struct State {
        var connected: [ID<Agent>: Int] = [:]
        var goneSince: [ID<Agent>: Timestamp] = [:]
    }

    private let state = Mutex(State())
    /// Before anybody connects, everybody has been gone since the start.
    private let start: Timestamp

    init(start: Timestamp) { self.start = start }

    func connected(_ agent: ID<Agent>) {
        state.withLock { state in
            state.connected[agent, default: 0] += 1
            state.goneSince[agent] = nil
        }
    }

    func gone(_ agent: ID<Agent>, at now: Timestamp) {
        state.withLock { state in
            let left = state.connected[agent, default: 1] - 1
            state.connected[agent] = left > 0 ? left : nil
            if left <= 0 { state.goneSince[agent] = now }
        }
    }

    func isConnected(_ agent: ID<Agent>) -> Bool { state.withLock { $0.connected[agent] != nil } }

    /// Nil while connected.
    func goneSince(_ agent: ID<Agent>) -> Timestamp? {
        state.withLock { $0.connected[agent] != nil ? nil : $0.goneSince[agent] ?? start }
    }
}
