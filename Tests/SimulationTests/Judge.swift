import Basics
import Conversations
import Organization

@testable import Routing
@testable import Store

/// Watches every commit and what people were told, and says what does not hold.
final class Judge: @unchecked Sendable {
    unowned let world: Simulation
    private(set) var violations: [String] = []
    var entries = 0
    var before: Snapshot
    var deliveries = DeliveryJudge()
    private(set) var promises: [Promise] = []
    private(set) var refusals: Set<Said> = []

    struct Said: Hashable {
        let conversation: Int64
        let client: String
    }

    struct Promise {
        let said: Said
        let number: Int64
    }

    init(_ world: Simulation) throws {
        self.world = world
        let now = world.scheduler.now
        before = try world.memory.transact(isUndone: true) { try Snapshot($0, at: now) }.answer
    }

    var clerks: [Staff] { world.company.clerks + [world.company.owner] }

    func object(_ violation: String) {
        world.scheduler.note("VIOLATION: \(violation)")
        if violations.count < 20 { violations.append("\(violation) (after \(world.scheduler.elapsed) ms, \(Doing.name))") }
    }

    func expect(_ holds: Bool, _ violation: @autoclosure () -> String) {
        if !holds { object(violation()) }
    }

    // MARK: What people were told

    func acknowledged(_ client: String, _ number: Int64, in conversation: ID<Conversation>) {
        promises.append(Promise(said: Said(conversation: conversation.rawValue, client: client), number: number))
    }

    /// It never was acknowledged, and every try was refused.
    func refused(_ client: String, in conversation: ID<Conversation>) {
        refusals.insert(Said(conversation: conversation.rawValue, client: client))
    }

    func closed(_ session: ID<Session>, since epoch: Int64) {
        let isOpen = try? world.memory.transact(isUndone: true) {
            try $0.row("SELECT 1 FROM session WHERE id = \(session) AND closed_at IS NULL") != nil
        }.answer
        // Whoever closes closes what is under way then; another session may have begun since the desk looked.
        let moved = before.threads.values.contains { $0.session == session.rawValue && $0.epoch > epoch }
        expect(isOpen == false || moved, "session \(session) was closed, and is open")
    }

    /// A webhook is received.
    func arrives(_ id: String, from node: SimulatedNode) throws {
        let rows = try world.memory.transact(isUndone: true) { try DeliveryJudge.rows($0) }.answer
        deliveries.arrives(id, from: node.nodes.own, rows).map(object)
    }
}
