import Basics
import Store
import Support

/// One seed played from the beginning to the end: some minutes of customers, agents, bots, failures and crashes, then calm, and
/// the judgement.
final class Simulation: @unchecked Sendable {
    let scheduler: Scheduler
    let weather: Weather
    let memory: MemoryDatabase
    let company: Company
    private(set) var isCalm = false
    private(set) var nodes: [SimulatedNode] = []
    private(set) var clerks: [SimulatedClerk] = []
    // Made after the rest, because they know it.
    private(set) var judge: Judge!
    private(set) var bus: SimulatedBus!
    private(set) var bot: SimulatedBot!
    private(set) var receiver: Receiver!

    /// What a seed came to.
    struct Outcome: Sendable {
        let seed: UInt64
        /// What did not hold; empty when all did.
        let violations: [String]
        let digest: UInt64
        let steps: Int
        let entries: Int
    }

    private init(_ seed: UInt64, _ company: Company, trace: ((String) -> Void)?) throws {
        scheduler = Scheduler(seed: seed, trace: trace)
        weather = Weather(scheduler)
        memory = try MemoryDatabase(copyOf: company.database)
        self.company = company
        (bus, bot, receiver) = (SimulatedBus(self), SimulatedBot(self), Receiver(self))
        judge = try Judge(self)
    }

    /// To be called on a thread of its own, which it keeps until the end.
    static func play(
        _ seed: UInt64, in company: Company, trace: ((String) -> Void)? = nil
    ) throws -> Outcome {
        let world = try Simulation(seed, company, trace: trace)
        let scheduler = world.scheduler
        scheduler.note("\(world.weather)")
        Quiet.$isOn.withValue(true) {
            _ = Task(executorPreference: scheduler) { await world.play() }
        }
        let isOver = scheduler.run()
        if !isOver { world.judge.object("it does not come to an end") }
        return try Outcome(
            seed: seed, violations: world.judge.violations, digest: world.judge.digest(after: scheduler.digest),
            steps: scheduler.steps, entries: world.judge.entries)
    }

    private func play() async {
        for number in 1...weather.nodes { await begin(number) }
        clerks = company.clerks.prefix(scheduler.number(in: 1...4)).enumerated().map { SimulatedClerk($1, number: $0, in: self) }
        clerks.append(SimulatedClerk(company.owner, number: 9, in: self))
        await withDiscardingTaskGroup { group in
            for clerk in clerks { group.addTask { await clerk.work() } }
            for number in 0..<scheduler.number(in: 1...6) {
                let visitor = self.company.visitors[number]
                group.addTask { await SimulatedCustomer(.visitor(visitor), number: number, in: self).live() }
            }
            for number in 10..<10 + scheduler.number(in: 0...4) {
                group.addTask { await SimulatedCustomer(.inbound(self.company.inbound), number: number, in: self).live() }
            }
            for _ in 0..<weather.crashes { group.addTask { await self.crash() } }
            for _ in 0..<weather.pauses { group.addTask { await self.pause() } }
        }
        await comeToRest()
        nodes.forEach { $0.end() }
    }

    /// A node starts; one that cannot join ends, and is started anew.
    private func begin(_ number: Int) async {
        while true {
            let node = SimulatedNode(number, in: self)
            do {
                try await node.start()
                scheduler.note("node \(number) has begun, as \(node.nodes.own)")
                return nodes.append(node)
            } catch {
                node.end()
                await scheduler.idle(100...3_000)
            }
        }
    }

    /// A node leaves, or dies in the middle of everything, and starts anew a while later.
    private func crash() async {
        await scheduler.idle(5_000...weather.end)
        guard let node = scheduler.one(of: nodes.filter(\.isUp)) else { return }
        nodes.removeAll { $0 === node }
        if scheduler.happens(300) {
            scheduler.note("node \(node.number) leaves")
            await node.leave()
        } else {
            scheduler.note("node \(node.number) dies")
            node.end()
        }
        await scheduler.idle(100...20_000)
        await begin(node.number)
    }

    /// A node stands still, mostly for longer than the others wait for it.
    private func pause() async {
        await scheduler.idle(5_000...weather.end)
        guard let node = scheduler.one(of: nodes.filter(\.isUp)) else { return }
        let span = scheduler.number(in: scheduler.happens(300) ? 1_000...15_000 : 15_000...40_000)
        scheduler.note("node \(node.number) stands still for \(span) ms")
        node.pause(for: span)
        try? await scheduler.sleep(.milliseconds(span))
    }

    /// Nothing fails any more: what was left over is done now.
    private func comeToRest() async {
        isCalm = true
        scheduler.note("calm")
        clerks.forEach { $0.settle() }
        // Longer than whoever passed a session on is spared, and than the outbox looks and pauses.
        try? await scheduler.sleep(.seconds(80))
        judge.rest()
    }

    /// A node that answers, as a load balancer finds one.
    func anyNode() async -> SimulatedNode {
        while true {
            if let node = scheduler.one(of: nodes.filter(\.isUp)) { return node }
            await scheduler.idle(100...1000)
        }
    }

    var isOver: Bool { scheduler.elapsed >= weather.end }
}
