import Basics
import Organization

@testable import Store

/// The one database as a node reaches it: everything else may happen before a statement runs and again before its answer is
/// there, and either way may fail.
final class SimulatedDatabase: Database, @unchecked Sendable {
    let dialect = Dialect.sqlite
    private unowned let world: Simulation
    /// Which incarnation of a node asks; when it is down nothing of it reaches the database any more.
    weak var node: SimulatedNode?
    private var scheduler: Scheduler { world.scheduler }

    init(_ world: Simulation) { self.world = world }

    func read<Answer: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Answer) async throws -> Answer {
        try await arrive("read")
        let answer = try world.memory.transact(isUndone: true, body).answer
        try await leave()
        return answer
    }

    func write<Answer: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Answer) async throws -> Answer {
        try await arrive("write")
        if happens(world.weather.repetition) { _ = try? world.memory.transact(isUndone: true, body) }
        if happens(world.weather.unknown) { return try await lose(body) }
        let committed = try commit(body)
        // A node that dies here has written and told nobody.
        try await leave()
        committed.actions.forEach { $0() }
        try await leave()
        return committed.answer
    }

    func append<Answer: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Answer) async throws -> Answer {
        try await write(body)
    }

    func close() async throws {}
    func backUp(to path: String) async throws { throw StoreError.other("there is no file") }

    private func happens(_ chance: Int) -> Bool { !world.isCalm && scheduler.happens(chance) }

    private func arrive(_ what: String) async throws {
        try await leave()
        guard happens(world.weather.refusal) else { return }
        let failures = [StoreError.busy, .conflict, .full, .unreachable("simulated")]
        let failure = scheduler.one(of: failures)!
        scheduler.note("\(what) fails: \(failure)")
        throw failure
    }

    /// Time passes; afterwards the node may be gone.
    private func leave() async throws {
        if happens(world.weather.delay) { await scheduler.idle(0...(scheduler.happens(100) ? 8000 : 50)) }
        await scheduler.pass()
        await node?.outlastPause()
        if node?.isUp != true { throw StoreError.closed }
    }

    private func commit<Answer>(_ body: (any Transaction) throws -> Answer) throws -> MemoryDatabase.Committed<Answer> {
        let committed = try world.memory.transact(body)
        if let lease = Lease.current { try world.judge.wrote(under: lease) }
        if committed.changed { try world.judge.look(by: node) }
        return committed
    }

    /// The connection breaks at the commit: it is written or not, and nobody is told.
    private func lose<Answer>(_ body: (any Transaction) throws -> Answer) async throws -> Answer {
        if scheduler.happens(500) {
            _ = try commit(body)
            scheduler.note("a write is kept, and its answer lost")
        } else {
            _ = try world.memory.transact(isUndone: true, body)
            scheduler.note("a write is lost in the commit")
        }
        try await leave()
        throw StoreError.unknown("simulated")
    }
}
