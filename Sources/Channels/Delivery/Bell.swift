import Synchronization

/// Wakes one sleeper. A ring while nobody sleeps is remembered, several count once.
final class Bell: Sendable {
    private struct State {
        var isRung = false
        var sleeper: (number: Int, continuation: CheckedContinuation<Void, Never>)?
        var lastNumber = 0
    }

    private let state = Mutex(State())

    func ring() {
        state.withLock { state in
            defer { state.sleeper = nil }
            if state.sleeper == nil { state.isRung = true }
            return state.sleeper?.continuation
        }?.resume()
    }

    /// Returns at the next ring or when the task is cancelled.
    func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isAwake = state.withLock { state in
                    if state.isRung || Task.isCancelled {
                        state.isRung = false
                        return true
                    }
                    state.lastNumber += 1
                    state.sleeper = (state.lastNumber, continuation)
                    return false
                }
                if isAwake { continuation.resume() }
            }
        } onCancel: {
            ring()
        }
    }
}
