import Basics
import Conversations
import Organization
import Store
import Support
import Testing

@testable import Routing

@Suite struct QueueTests {
    /// Customers who wrote one after another, a second apart.
    private func arrivals(_ count: Int, at house: TestHouse) async throws -> [TestCustomer] {
        var customers: [TestCustomer] = []
        for _ in 0..<count {
            house.clock.advance(by: .seconds(1))
            let customer = try await house.customer()
            try await customer.say("hello")
            customers.append(customer)
        }
        return customers
    }

    private func positions(_ customers: [TestCustomer], at house: TestHouse) async throws -> [Int?] {
        var positions: [Int?] = []
        for customer in customers { positions.append(try await house.standing(of: customer)?.position) }
        return positions
    }

    @Test func `who waits has a place, in the order of arrival`() async throws {
        try await TestHouse.run { house in
            let customers = try await arrivals(3, at: house)
            #expect(try await positions(customers, at: house) == [1, 2, 3])
            #expect(try await customers[2].visit().session?.queue?.position == 3)
        }
    }

    @Test func `places hold also among those who came in the same moment`() async throws {
        try await TestHouse.run { house in
            var customers: [TestCustomer] = []
            for _ in 0..<3 {
                customers.append(try await house.customer())
                try await customers.last?.say("hello")
            }
            #expect(try await positions(customers, at: house) == [1, 2, 3])
        }
    }

    @Test func `whoever leaves lets the others move up`() async throws {
        try await TestHouse.run { house in
            let customers = try await arrivals(3, at: house)
            try await customers[0].leave()
            #expect(try await positions(customers, at: house) == [nil, 1, 2])
        }
    }

    @Test func `saying more does not cost the place`() async throws {
        try await TestHouse.run { house in
            let customers = try await arrivals(2, at: house)
            house.clock.advance(by: .seconds(100))
            try await customers[0].say("are you there?")
            #expect(try await positions(customers, at: house) == [1, 2])
        }
    }

    @Test func `the estimate grows with the place and shrinks with the agents`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen", capacity: 1)
            let customers = try await arrivals(3, at: house)
            #expect(try await house.standing(of: customers[1])?.wait == 120)
            #expect(try await house.standing(of: customers[2])?.wait == 240)
            _ = try await house.clerk("Wu", capacity: 3, presence: .busy)
            #expect(try await house.standing(of: customers[2])?.wait == 240)
            try await chen.choose(.busy)
            #expect(try await house.standing(of: customers[1])?.wait == 120)
        }
    }

    @Test func `the estimate learns how long people have served lately`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen", capacity: 1)
            let customers = try await arrivals(3, at: house)
            house.clock.advance(by: .seconds(28))
            try await chen.close(customers[0])
            #expect(try await house.owner(of: customers[1]) == .agent(chen.id))
            #expect(try await house.standing(of: customers[2])?.wait == 30)
        }
    }

    @Test func `when a place frees, the first who waits is served, then the next`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen", capacity: 1)
            let customers = try await arrivals(4, at: house)
            for (served, next) in zip(customers, customers.dropFirst()) {
                #expect(try await house.owner(of: next) == .queue)
                try await chen.close(served)
                #expect(try await house.owner(of: next) == .agent(chen.id))
            }
        }
    }

    @Test(arguments: ["close", "leave", "transfer", "capacity", "presence", "desk"])
    func `nobody waits while somebody is free, whatever freed them`(cause: String) async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen", capacity: 1)
            let customers = try await arrivals(2, at: house)
            switch cause {
            case "close": try await chen.close(customers[0])
            case "leave": try await customers[0].leave()
            case "transfer":
                let wu = try await house.clerk("Wu", capacity: 1, presence: .busy)
                try await house.database.write { try AgentStore.setPresence(.online, of: wu.id, in: wu.staff.workspace, in: $0) }
                try await chen.transfer(customers[0], to: wu)
            case "capacity":
                _ = try await house.owner.put(
                    "/api/agents/\(chen.id)", #"{"name":"Chen","role":"agent","capacity":2,"isActive":true}"#)
                try await AbsentAgents(conversations: house.store, dispatcher: house.routing.dispatcher).look()
            case "presence":
                let wu = try await house.clerk("Wu", presence: .busy)
                #expect(try await house.owner(of: customers[1]) == .queue)
                try await wu.choose(.online)
            default: _ = try await house.clerk("Wu")
            }
            #expect(try await house.owner(of: customers[1]) != .queue)
            #expect(try await chen.counts().queue == 0)
        }
    }

    @Test func `several places free at once serve several`() async throws {
        try await TestHouse.run { house in
            let customers = try await arrivals(5, at: house)
            let chen = try await house.clerk("Chen", capacity: 3)
            #expect(try await positions(customers, at: house) == [nil, nil, nil, 1, 2])
            #expect(try await chen.counts().mine == 3)
        }
    }

    @Test func `taking over from the queue takes that place out of it`() async throws {
        try await TestHouse.run { house in
            let customers = try await arrivals(3, at: house)
            let chen = try await house.clerk("Chen", presence: .busy)
            try await chen.take(customers[1])
            #expect(try await positions(customers, at: house) == [1, nil, 2])
            #expect(try await house.owner(of: customers[1]) == .agent(chen.id))
        }
    }

    @Test func `places survive a restart`() async throws {
        try await TestHouse.run { house in
            let customers = try await arrivals(3, at: house)
            let restarted = Routing(
                conversations: house.store, nodes: Nodes(house.database, surroundings: house.company.organization.surroundings))
            let places = try await house.database.read { transaction in
                try customers.map { customer in
                    let found = try house.store.conversation(customer.conversation, in: transaction)
                    return try restarted.dispatching.standing(
                        of: found.service!.session, workspace: found.workspace, in: transaction)?.position
                }
            }
            #expect(places == [1, 2, 3])
        }
    }
}
