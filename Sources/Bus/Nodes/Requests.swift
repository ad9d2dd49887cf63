import Synchronization

/// What a bus asks of its thread, beside the sending.
final class Requests: Sendable {
    private struct State {
        var touched: Set<String> = []
        var isClosed = false
    }

    private let state = Mutex(State())

    /// The subject got its first listener or lost its last; gives whether the thread must be woken.
    func touch(_ subject: String) -> Bool {
        state.withLock { state in
            state.touched.insert(subject)
            return state.touched.count == 1
        }
    }

    /// The subjects touched since the last call.
    func takeTouched() -> Set<String> { state.withLock { exchange(&$0.touched, with: []) } }

    func close() { state.withLock { $0.isClosed = true } }
    var isClosed: Bool { state.withLock { $0.isClosed } }
}
