import Basics
import Support
import Synchronization
import Testing

@testable import Store

private let schema = [Nodes.migration, Migration("test.mark", "CREATE TABLE mark (node BIGINT NOT NULL, at BIGINT NOT NULL)")]

/// Two nodes or more on one database, in a hurry.
private struct Company: Sendable {
    let database: any Database

    func node(grace: Duration = .milliseconds(600)) -> Nodes {
        var pace = Nodes.Pace()
        (pace.beat, pace.grace, pace.look) = (.milliseconds(50), grace, .milliseconds(20))
        return Nodes(LeasedDatabase(database), surroundings: .system(), pace: pace)
    }

    /// Does a piece of work again and again, under a lease.
    func work(at node: Nodes, _ done: Done) async throws {
        let leased = LeasedDatabase(database)
        try await node.once("work") {
            while true {
                try await leased.write { try $0.run("INSERT INTO mark (node, at) VALUES (\(node.own), 1)") }
                done.add(node.own)
                try await Task.sleep(for: .milliseconds(5))
            }
        }
    }
}

/// Who worked, in order.
private final class Done: Sendable {
    private let nodes = Mutex<[Int64]>([])

    func add(_ node: Int64) { nodes.withLock { $0.append(node) } }
    var last: Int64? { nodes.withLock { $0.last } }
    var count: Int { nodes.withLock { $0.count } }
    /// Each stretch of work by one node counts once.
    var hands: [Int64] { nodes.withLock { $0.reduce(into: []) { if $0.last != $1 { $0.append($1) } } } }
}

@Suite struct NodesTests {
    private func play(_ scene: @Sendable @escaping (Company) async throws -> Void) async throws {
        try await withDatabase(schema, connections: 7) { try await scene(Company(database: $0)) }
    }

    @Test func `every node has a number of its own, until there is none left`() async throws {
        try await play { company in
            var numbers: [Int64] = []
            // However slow the machine, the first is not yet gone when the last joins.
            func join() async throws -> Int64 { try await company.node(grace: .seconds(60)).join(name: "n", version: "1") }
            for _ in 0..<Nodes.most { numbers.append(try await join()) }
            #expect(numbers == Array(0..<63))
            await #expect(throws: StoreError.tooManyNodes) { try await join() }
        }
    }

    @Test func `what only one may do is done by one, and by the other when that one leaves`() async throws {
        try await play { company in
            let (first, second, done) = (company.node(), company.node(), Done())
            for node in [first, second] { _ = try await node.join(name: "n", version: "1") }
            let working = [first, second].map { node in
                (node, Task { try await company.work(at: node, done) }, Task { try await node.stay() })
            }
            try await eventually { done.count > 20 }
            #expect(done.hands.count == 1)
            let holder = working.first { $0.0.own == done.last }!
            holder.1.cancel()
            _ = await holder.1.result
            try await holder.0.leave()
            try await eventually { done.last != holder.0.own }
            #expect(done.hands.count == 2)
            for (_, work, stay) in working {
                work.cancel()
                stay.cancel()
            }
        }
    }

    @Test func `whoever was silent for too long writes nothing any more`() async throws {
        try await play { company in
            let (silent, other, done) = (company.node(), company.node(), Done())
            for node in [silent, other] { _ = try await node.join(name: "n", version: "1") }
            // It takes the lease, and then says nothing for longer than the others wait.
            let lease = try #require(try await silent.take("work"))
            #expect(try await other.take("work") == nil)
            let working = (Task { try await company.work(at: other, done) }, Task { try await other.stay() })
            try await eventually { done.last == other.own }
            let leased = LeasedDatabase(company.database)
            await #expect(throws: StoreError.leaseLost("work")) {
                try await Lease.$current.withValue(lease) {
                    try await leased.write { try $0.run("INSERT INTO mark (node, at) VALUES (\(lease.node), 2)") }
                }
            }
            let written = try await company.database.read { try $0.value("SELECT COUNT(*) FROM mark WHERE at = 2", as: Int.self) }
            #expect(written == 0)
            for task in [working.0, working.1] { task.cancel() }
        }
    }

    @Test func `a node whose place was taken ends`() async throws {
        try await play { company in
            let node = company.node()
            _ = try await node.join(name: "n", version: "1")
            try await company.database.write { try $0.run("DELETE FROM node") }
            await #expect(throws: StoreError.replaced) { try await node.stay() }
        }
    }

    @Test func `work that fails gives way to nobody and may begin again`() async throws {
        try await play { company in
            let (node, done) = (company.node(), Done())
            _ = try await node.join(name: "n", version: "1")
            for _ in 0..<2 {
                await #expect(throws: StoreError.full) {
                    try await node.once("work") {
                        done.add(1)
                        throw StoreError.full
                    }
                }
            }
            #expect(done.count == 2)
        }
    }
}
