import Basics
import Channels
import Conversations
import Organization
import Store
import Synchronization

/// The customer's company at the other end of the webhooks: it refuses, is slow, or accepts and the answer gets lost.
final class Receiver: @unchecked Sendable {
    private unowned let world: Simulation
    /// The ids that were accepted, and how often each was not.
    private(set) var accepted: Set<String> = []
    private var failures: [String: Int] = [:]

    init(_ world: Simulation) { self.world = world }

    func receive(_ id: String, from node: SimulatedNode) async throws -> Int {
        let scheduler = world.scheduler
        let fails = !world.isCalm && scheduler.happens(world.weather.receiver) && failures[id, default: 0] < 3
        if fails { failures[id, default: 0] += 1 }
        if fails, scheduler.happens(300) { throw StoreError.unreachable("nobody is there") }
        try world.judge.arrives(id, from: node)
        if fails, scheduler.happens(500) { return 500 }
        accepted.insert(id)
        try await scheduler.sleep(.milliseconds(scheduler.number(in: 0...(scheduler.happens(200) ? 6000 : 30))))
        if fails { throw StoreError.unreachable("no answer in time") }
        return 200
    }
}

/// The way from one node to the receiver.
struct WayOut: WebhookSender {
    private unowned let world: Simulation
    private let database: SimulatedDatabase

    init(_ world: Simulation, database: SimulatedDatabase) { (self.world, self.database) = (world, database) }

    func post(_ body: [UInt8], to url: String, headers: [String: String]) async throws -> Int {
        await world.scheduler.pass()
        await database.node?.outlastPause()
        guard let node = database.node, node.isUp else { throw StoreError.closed }
        try Task.checkCancellation()
        let status = try await world.receiver.receive(headers["webhook-id"]!, from: node)
        await node.outlastPause()
        return status
    }
}

/// A bot that decides by the seed, sometimes late, and sometimes not at all.
final class SimulatedBot: Answering, @unchecked Sendable {
    private unowned let world: Simulation

    init(_ world: Simulation) { self.world = world }

    func decide(_ turn: BotTurn) async throws -> BotDecision {
        let scheduler = world.scheduler
        try await scheduler.sleep(
            .milliseconds(scheduler.number(in: 0...(!world.isCalm && scheduler.happens(200) ? 20_000 : 200))))
        if !world.isCalm, scheduler.happens(world.weather.bot) { throw StoreError.other("the bot is ill") }
        let source = ID<AnswerSource>(rawValue: 77)
        switch scheduler.number(in: 0...9) {
        case 0...4:
            return .answer(Answered(entry: source, version: 1, title: "Returns", text: "Thirty days.", confidence: 0.9))
        case 5: return .offer(text: "Which?", choices: [Offered(entry: source, text: "Returns")])
        case 6: return .unanswered(text: "No idea.")
        case 7: return .smallTalk(text: "Hello!")
        default: return turn.mayHandOff ? .handOff(.unknown, text: "A moment.") : .unanswered(text: "No idea.")
        }
    }

    func count(_ answered: Answered, in workspace: ID<Workspace>, _ transaction: any Transaction) throws {}

    func judge(
        _ source: ID<AnswerSource>, helpful: Bool, earlier: Bool?, in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws {}
}
