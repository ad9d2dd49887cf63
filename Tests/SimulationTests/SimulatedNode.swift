import Basics
import Conversations
import HTTPTypes
import Logging
import Organization
import Store
import Support
import Web

@testable import Routing

/// One node of the cluster, from its start to its end: the product's chapters and workers on the shared database, with a clock,
/// a bus and a bot of its own.
final class SimulatedNode: @unchecked Sendable {
    let number: Int
    private(set) var isUp = true
    let chapters: TestChapters
    let nodes: Nodes
    private unowned let world: Simulation
    private let client: RouteClient
    private let surroundings: Surroundings
    /// The product's own, but for the looks at leases: they would be most of what happens.
    private static var pace: Nodes.Pace {
        var pace = Nodes.Pace()
        pace.look = .seconds(5)
        return pace
    }
    private var tasks: [Task<Void, Never>] = []
    private var pauseEnds: Int64 = 0
    private let skew: Int64

    init(_ number: Int, in world: Simulation) {
        (self.number, self.world) = (number, world)
        let scheduler = world.scheduler
        skew = Int64(scheduler.number(in: 0...world.weather.skew))
        let wire = SimulatedDatabase(world)
        let database = LeasedDatabase(wire)
        surroundings = scheduler.surroundings(skew: skew) { await wire.node?.outlastPause() }
        nodes = Nodes(
            database, surroundings: scheduler.surroundings(skew: 0) { await wire.node?.outlastPause() }, pace: Self.pace)
        let bus = NodeBus(bus: world.bus, node: number)
        let organization = Organization(database: database, surroundings: surroundings, bus: bus)
        let wayOut = WayOut(world, database: wire)
        chapters = TestChapters(organization, bus: bus, bot: world.bot, sender: wayOut, nodes: nodes)
        let features = [organization.feature()] + chapters.features
        organization.permissions.adopt(features)
        client = RouteClient(features.flatMap(\.routes), as: nil)
        wire.node = self
    }

    var now: Timestamp { surroundings.now() }

    /// Takes its place among the nodes, and works for as long as it is up.
    func start() async throws {
        surroundings.become(node: try await nodes.join(name: "node \(number)", version: "1"))
        for worker in chapters.features.flatMap(\.workers) where Self.plays(worker) { run(worker) }
        work("beat") {
            do { try await self.nodes.stay() } catch is CancellationError {} catch { self.end() }
        }
    }

    /// Not those that serve sockets, nor the one that tidies files.
    private static func plays(_ worker: Worker) -> Bool {
        switch worker.name {
        case "conversations.bot", "routing.desks": true
        case "channels.housekeeping": false
        default: worker.scope == .oneNode
        }
    }

    private func run(_ worker: Worker) {
        work(worker.name) {
            while self.isUp, !Task.isCancelled {
                do {
                    guard worker.scope == .oneNode else { return try await worker.run() }
                    return try await self.nodes.once(worker.name, worker.run)
                } catch { try? await self.surroundings.sleep(.seconds(1)) }
            }
        }
    }

    private func work(_ name: String, _ body: @escaping @Sendable () async -> Void) {
        let task = Doing.$name.withValue("node \(number) \(name)") {
            Task(executorPreference: world.scheduler) { await body() }
        }
        tasks.append(task)
    }

    /// It ends in this moment: nothing of what it was doing reaches the database, the bus or the wire any more.
    func end() {
        isUp = false
        world.bus.forget(number)
        tasks.forEach { $0.cancel() }
    }

    /// It ends its work and gives its leases back, as far as it can.
    func leave() async {
        tasks.forEach { $0.cancel() }
        for task in tasks { await task.value }
        try? await nodes.leave()
        end()
    }

    /// From now on nothing goes on in it for so long, in milliseconds; then everything does, as if no time had passed.
    func pause(for span: Int) { pauseEnds = world.scheduler.elapsed + Int64(span) }

    func outlastPause() async {
        while isUp, world.scheduler.elapsed < pauseEnds { await world.scheduler.wait(until: pauseEnds) }
    }

    /// A request at this node. The connection may break while the answer is on its way.
    func ask(
        _ method: HTTPRequest.Method, _ path: String, _ json: String = "{}", as caller: any Caller
    ) async throws -> TestAnswer {
        await outlastPause()
        let body = try await client.asking(as: caller).ask(method, path, Array(json.utf8))
        if !world.isCalm, world.scheduler.happens(world.weather.cut) { throw StoreError.unknown("the connection broke") }
        guard isUp else { throw StoreError.closed }
        return TestAnswer(status: 200, headers: [:], body: body)
    }

    /// A desk of this agent came or went here.
    func deskChanged(of agent: Staff, isConnected: Bool) async throws {
        await outlastPause()
        try await chapters.routing.dispatching.deskChanged(
            of: agent.agent, workspace: agent.workspace, isConnected: isConnected)
    }
}

extension Scheduler {
    /// What comes in from outside to a node whose clock goes wrong by so many milliseconds.
    fileprivate func surroundings(skew: Int64, afterSleep: @escaping @Sendable () async -> Void) -> Surroundings {
        Surroundings(
            now: { self.now + .milliseconds(skew) }, randomBytes: { self.bytes($0) }, uptime: { .milliseconds(self.elapsed) },
            sleep: { span in
                do { try await self.sleep(span) } catch {
                    await afterSleep()
                    throw error
                }
                await afterSleep()
            })
    }
}
