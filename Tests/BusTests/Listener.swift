import Bus
import Synchronization
import Testing

/// Hears hints and waits for them: a back end may carry them over a network.
final class Listener: Sendable {
    private let heard = Mutex<[Hint]>([])
    private let subscription: Mutex<Subscription?>

    init(_ bus: any Bus, _ subject: String) {
        subscription = Mutex(nil)
        let made = bus.subscribe(to: subject) { [weak self] hint in self?.heard.withLock { $0.append(hint) } }
        subscription.withLock { $0 = made }
    }

    var hints: [Hint] { heard.withLock { $0 } }
    var numbers: [Int64] { hints.map(\.number) }

    func cancel() { subscription.withLock { $0 }?.cancel() }

    /// Waits until a hint with this number has come.
    func hears(_ number: Int64) async throws {
        while !numbers.contains(number) {
            try Task.checkCancellation()
            await Task.yield()
        }
    }
}
