import Bus
import Synchronization
import Testing

/// Hears hints and waits for them: a back end may carry them over a network.
final class Listener: Sendable {
    private static let knock: Int64 = -1

    private let heard = Mutex<[Hint]>([])
    let subject: String
    private let subscription: Mutex<Subscription?>

    init(_ bus: any Bus, _ subject: String) {
        self.subject = subject
        subscription = Mutex(nil)
        let made = bus.subscribe(to: subject) { [weak self] hint in self?.heard.withLock { $0.append(hint) } }
        subscription.withLock { $0 = made }
    }

    /// In the order they came, without those that ``isReached(by:)`` sent.
    var hints: [Hint] { heard.withLock { $0 }.filter { $0.number != Self.knock } }
    var numbers: [Int64] { hints.map(\.number) }

    func cancel() { subscription.withLock { $0 }?.cancel() }

    /// Waits until a hint with this number has come.
    func hears(_ number: Int64) async throws { try await holds { heard.withLock { $0 }.contains { $0.number == number } } }

    /// Waits until what that bus publishes arrives here: a subscription takes a moment to be known.
    func isReached(by bus: any Bus) async throws {
        let before = knocks
        try await holds {
            bus.publish(Hint(subject: subject, number: Self.knock, payload: []))
            return knocks > before
        }
    }

    private var knocks: Int { heard.withLock { $0 }.count { $0.number == Self.knock } }
}

/// Waits until it is so.
func holds(_ condition: () async throws -> Bool) async throws {
    while try await !condition() { try await Task.sleep(for: .milliseconds(2)) }
}
