package import Basics
package import Bus
package import Store

/// Tells facts to whoever wants to know, on every node, after the commit. The trunk of a message never runs through here:
/// whoever must act in order is called.
package struct Facts: Sendable {
    private let bus: any Bus

    package init(bus: any Bus) { self.bus = bus }

    /// `hear` runs on the thread that brings the fact and must be quick. Like every hint a fact may be lost: whoever keeps
    /// something because of it looks into the database from time to time.
    package func listen<Heard: Fact>(to fact: Heard.Type, hear: @escaping @Sendable (Heard) -> Void) {
        _ = bus.subscribe(to: Self.subject(fact)) { hint in
            guard let heard = try? JSON.read(Heard.self, from: hint.payload, ignoresUnknown: true) else { return }
            hear(heard)
        }
    }

    /// Tells the fact once the transaction is on disk; never when it is undone.
    package func announce<Told: Fact>(_ fact: Told, after transaction: any Transaction) {
        transaction.afterCommit {
            guard let payload = try? fact.wire else { return }
            bus.publish(Hint(subject: Self.subject(Told.self), payload: payload))
        }
    }

    private static func subject(_ fact: (some Fact).Type) -> String { "fact." + fact.name }
}
