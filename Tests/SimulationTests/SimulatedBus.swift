import Bus

/// The hints between the nodes. On the node where it was published a hint arrives at once; elsewhere it may be lost, late, or
/// come twice.
final class SimulatedBus: @unchecked Sendable {
    private struct Listener {
        let subject: String
        let node: Int
        let number: Int
        let deliver: @Sendable (Hint) -> Void
    }

    private unowned let world: Simulation
    private var listeners: [Listener] = []
    private var lastNumber = 0

    init(_ world: Simulation) { self.world = world }

    func publish(_ hint: Hint, from node: Int) {
        for listener in listeners where listener.subject == hint.subject {
            if listener.node == node { listener.deliver(hint) } else { carry(hint, to: listener) }
        }
    }

    private func carry(_ hint: Hint, to listener: Listener) {
        let scheduler = world.scheduler
        let isDisturbed = !world.isCalm && scheduler.happens(world.weather.hint)
        let times = isDisturbed ? scheduler.number(in: 0...2) : 1
        for _ in 0..<times {
            Task(executorPreference: scheduler) {
                await scheduler.idle(0...(isDisturbed ? 5000 : 20))
                listener.deliver(hint)
            }
        }
    }

    func subscribe(
        to subject: String, at node: Int, deliver: @escaping @Sendable (Hint) -> Void
    ) -> Subscription {
        lastNumber += 1
        let number = lastNumber
        listeners.append(Listener(subject: subject, node: node, number: number, deliver: deliver))
        return Subscription { [weak self] in self?.listeners.removeAll { $0.number == number } }
    }

    /// A node is gone, and its listeners with it.
    func forget(_ node: Int) { listeners.removeAll { $0.node == node } }
}

/// The bus as one node sees it.
struct NodeBus: Bus {
    let bus: SimulatedBus
    let node: Int

    func publish(_ hint: Hint) { bus.publish(hint, from: node) }

    func subscribe(to subject: String, deliver: @escaping @Sendable (Hint) -> Void) -> Subscription {
        bus.subscribe(to: subject, at: node, deliver: deliver)
    }
}
