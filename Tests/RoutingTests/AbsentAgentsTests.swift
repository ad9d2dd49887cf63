import Basics
import Conversations
import Organization
import Store
import Support
import Testing

@testable import Routing

@Suite struct AbsentAgentsTests {
    @Test func `a reload costs nobody their conversations`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            try await customer.say("hello")
            try await chen.standUp()
            house.clock.advance(by: AbsentAgents.patience)
            try await house.lookForAbsent()
            #expect(try await house.owner(of: customer) == .agent(chen.id))
            try await chen.sitDown()
            house.clock.advance(by: .seconds(3_600))
            try await house.lookForAbsent()
            #expect(try await house.owner(of: customer) == .agent(chen.id))
        }
    }

    @Test func `whoever is gone for minutes gives the conversations to a colleague`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            try await customer.say("hello")
            let wu = try await house.clerk("Wu")
            try await chen.standUp()
            house.clock.advance(by: AbsentAgents.patience + .milliseconds(1))
            try await house.lookForAbsent()
            #expect(try await house.owner(of: customer) == .agent(wu.id))
            let entries = try await wu.open(customer).entries
            #expect(entries.contains { $0.kind == .handedOff && $0.detail?.reason == "agent-gone" })
            #expect(entries.last?.kind == .assigned)
        }
    }

    @Test func `where no colleague is free the customer waits, and is served by whoever comes back`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            try await customer.say("hello")
            try await chen.standUp()
            house.clock.advance(by: .seconds(181))
            try await house.lookForAbsent()
            #expect(try await house.owner(of: customer) == .queue)
            try await chen.sitDown()
            #expect(try await house.owner(of: customer) == .agent(chen.id))
        }
    }

    @Test func `after a restart everybody has the same patience from the start`() async throws {
        try await TestHouse.run { house in
            _ = try await house.clerk("Chen")
            let customer = try await house.customer()
            try await customer.say("hello")
            house.clock.advance(by: .seconds(600))
            let restarted = Routing(
                conversations: house.store, nodes: Nodes(house.database, surroundings: house.company.organization.surroundings))
            let absent = AbsentAgents(conversations: house.store, dispatcher: restarted.dispatcher)
            try await absent.look()
            #expect(try await house.owner(of: customer) != .queue)
            house.clock.advance(by: .seconds(181))
            try await absent.look()
            #expect(try await house.owner(of: customer) == .queue)
        }
    }

    @Test func `giving back is written once, however often it is looked`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let boss = try await house.clerk("Boss", as: .supervisor, presence: .busy)
            let customer = try await house.customer()
            try await customer.say("hello")
            try await chen.standUp()
            house.clock.advance(by: .seconds(600))
            for _ in 0..<3 { try await house.lookForAbsent() }
            let given = try await boss.open(customer).entries.filter { $0.detail?.reason == "agent-gone" }
            #expect(given.count == 1)
        }
    }
}

extension TestHouse {
    /// What the worker does every few seconds.
    func lookForAbsent() async throws { try await AbsentAgents(conversations: store, dispatcher: routing.dispatcher).look() }
}
