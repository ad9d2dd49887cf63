import Basics
import Conversations
import Organization
import Store
import Support
import Testing

@testable import Routing

@Suite struct TeamQueueTests {
    private func transferred(_ house: TestHouse, by chen: TestClerk, to team: ID<Team>) async throws -> TestCustomer {
        let customer = try await house.customer()
        try await customer.say("hello")
        try await chen.transfer(customer, to: team)
        return customer
    }

    @Test func `a session for a team is given to its members only`() async throws {
        try await TestHouse.run { house in
            let repairs = try await house.team("Repairs")
            let chen = try await house.clerk("Chen")
            let customer = try await transferred(house, by: chen, to: repairs)
            #expect(try await house.owner(of: customer) == .queue)
            let wu = try await house.clerk("Wu", teams: [repairs])
            #expect(try await house.owner(of: customer) == .agent(wu.id))
        }
    }

    @Test func `each team counts its own places`() async throws {
        try await TestHouse.run { house in
            let (repairs, sales) = (try await house.team("Repairs"), try await house.team("Sales"))
            let chen = try await house.clerk("Chen")
            let first = try await transferred(house, by: chen, to: repairs)
            house.clock.advance(by: .seconds(1))
            let second = try await transferred(house, by: chen, to: sales)
            house.clock.advance(by: .seconds(1))
            let third = try await transferred(house, by: chen, to: repairs)
            #expect(try await house.standing(of: first)?.position == 1)
            #expect(try await house.standing(of: second)?.position == 1)
            #expect(try await house.standing(of: third)?.position == 2)
        }
    }

    @Test func `the list tells each team's own places and waits, to those who serve the team`() async throws {
        try await TestHouse.run { house in
            let (repairs, sales) = (try await house.team("Repairs"), try await house.team("Sales"))
            let boss = try await house.clerk("Boss", as: .supervisor, presence: .busy)
            let wu = try await house.clerk("Wu", capacity: 2, presence: .busy, teams: [sales])
            var waiting: [TestCustomer] = []
            for team in [sales, sales, repairs, sales, repairs, sales] {
                house.clock.advance(by: .seconds(1))
                waiting.append(try await transferred(house, by: boss, to: team))
            }
            // Wu takes the first two and makes waiting for Sales half as long.
            try await wu.choose(.online)
            let all = try await boss.list(.queue).rows
            #expect(all.map(\.conversation) == waiting.dropFirst(2).map(\.conversation))
            #expect(all.map { $0.queue?.position } == [1, 1, 2, 2])
            #expect(all.map { $0.queue?.wait } == [120, 60, 240, 120])
            let own = try await wu.list(.queue).rows
            #expect(own.map(\.conversation) == [waiting[3], waiting[5]].map(\.conversation))
            #expect(own.map { $0.queue?.position } == [1, 2])
        }
    }

    @Test func `one team's customers do not hold up another's, however many they are`() async throws {
        try await TestHouse.run { house in
            let (repairs, sales) = (try await house.team("Repairs"), try await house.team("Sales"))
            let chen = try await house.clerk("Chen", capacity: 300)
            let customer = try await transferred(house, by: chen, to: sales)
            try await house.database.write { transaction in
                for number in 1...250 {
                    let entry = QueueEntry(
                        sessionId: ID(rawValue: Int64(number)), workspaceId: house.company.workspace.id,
                        conversationId: ID(rawValue: Int64(number)), teamId: repairs, since: Timestamp(milliseconds: 1))
                    try RoutingStore.queue.insert(entry, in: transaction)
                }
            }
            let wu = try await house.clerk("Wu", teams: [sales])
            #expect(try await house.owner(of: customer) == .agent(wu.id))
        }
    }

    /// Chen has passed a customer on to the own team, where nobody else is.
    private func withPassedOn(
        _ body: @escaping @Sendable (TestHouse, TestCustomer, _ chen: TestClerk, _ repairs: ID<Team>) async throws -> Void
    ) async throws {
        try await TestHouse.run { house in
            let repairs = try await house.team("Repairs")
            let chen = try await house.clerk("Chen", teams: [repairs])
            try await body(house, try await transferred(house, by: chen, to: repairs), chen, repairs)
        }
    }

    @Test func `whoever passes a session to the own team is not given it back`() async throws {
        try await withPassedOn { house, customer, _, repairs in
            house.clock.advance(by: .seconds(59))
            try await house.lookForAbsent()
            #expect(try await house.owner(of: customer) == .queue)
            let wu = try await house.clerk("Wu", teams: [repairs])
            #expect(try await house.owner(of: customer) == .agent(wu.id))
        }
    }

    @Test func `after a minute anybody is better than waiting`() async throws {
        try await withPassedOn { house, customer, chen, _ in
            house.clock.advance(by: .seconds(60))
            try await house.lookForAbsent()
            #expect(try await house.owner(of: customer) == .agent(chen.id))
        }
    }

    @Test func `whoever passed it on may still take it`() async throws {
        try await withPassedOn { house, customer, chen, _ in
            try await chen.take(customer)
            #expect(try await house.owner(of: customer) == .agent(chen.id))
        }
    }

    @Test func `an agent in no team serves what is for anybody`() async throws {
        try await TestHouse.run { house in
            let repairs = try await house.team("Repairs")
            let (anybody, both) = (try await house.customer(), try await house.customer())
            try await anybody.say("hello")
            try await both.say("hello")
            let chen = try await house.clerk("Chen", capacity: 1)
            let wu = try await house.clerk("Wu", teams: [repairs])
            #expect(try await house.owner(of: anybody) == .agent(chen.id))
            #expect(try await house.owner(of: both) == .agent(wu.id))
        }
    }
}
