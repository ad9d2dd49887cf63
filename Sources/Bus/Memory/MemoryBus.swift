/// The bus of a single node: its listeners.
package final class MemoryBus: Bus {
    private let listeners = Listeners()

    package init() {}

    package func publish(_ hint: Hint) { listeners.deliver(hint) }

    package func subscribe(to subject: String, deliver: @escaping @Sendable (Hint) -> Void) -> Subscription {
        listeners.add(to: subject, deliver: deliver)
    }

    package func close() { listeners.removeAll() }
}
