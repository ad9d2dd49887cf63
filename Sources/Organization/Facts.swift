package import Basics
package import Store
private import Synchronization

/// Tells facts to whoever wants to know, after the commit. The trunk of a message never runs through here:
/// whoever must act in order is called.
package final class Facts: Sendable {
    private let listeners = Mutex<[String: [@Sendable (any Fact) -> Void]]>([:])

    package init() {}

    /// `hear` runs on the writer's thread and must be quick.
    package func listen<Heard: Fact>(to fact: Heard.Type, hear: @escaping @Sendable (Heard) -> Void) {
        listeners.withLock { $0[Heard.name, default: []].append { hear($0 as! Heard) } }
    }

    /// Tells the fact once the transaction is on disk; never when it is undone.
    package func announce(_ fact: some Fact, after transaction: any Transaction) {
        transaction.afterCommit { self.tell(fact) }
    }

    private func tell<Told: Fact>(_ fact: Told) {
        listeners.withLock { $0[Told.name] ?? [] }.forEach { $0(fact) }
    }
}
