import Foundation

/// Lets what follows commits be done in their order, although several connections commit at once: whoever needed another's
/// commit for its own (the next number of a conversation, say) could only begin to commit after it.
final class CommitOrder: @unchecked Sendable {
    /// Whoever is not done by then (its connection hangs) is not waited for any longer: listeners can tell what is older.
    private static let patience: TimeInterval = 1

    private let condition = NSCondition()
    private var last = 0
    private var under: Set<Int> = []

    /// Called before a commit is sent.
    func begin() -> Int {
        condition.withLock {
            last += 1
            under.insert(last)
            return last
        }
    }

    /// Does what follows a commit after what follows those that began before it.
    func follow(_ commit: Int, _ actions: [@Sendable () -> Void]) {
        if !actions.isEmpty { waitForEarlier(than: commit) }
        actions.forEach { $0() }
        end(commit)
    }

    /// The commit is over, or never was.
    func end(_ commit: Int) {
        condition.withLock {
            under.remove(commit)
            condition.broadcast()
        }
    }

    private func waitForEarlier(than commit: Int) {
        let limit = Date(timeIntervalSinceNow: Self.patience)
        condition.withLock {
            while under.contains(where: { $0 < commit }), condition.wait(until: limit) {}
        }
    }
}
