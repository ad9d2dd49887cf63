import Basics
import Organization
import Support
import Testing

@testable import Conversations

@Suite struct TransferTests {
    /// Chen serves a customer; Wu is there and free.
    private func withTwo(
        _ body: @escaping @Sendable (TestHouse, TestCustomer, _ chen: TestClerk, _ wu: TestClerk) async throws -> Void
    ) async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            try await customer.say("hello")
            try await body(house, customer, chen, try await house.clerk("Wu", capacity: 1))
        }
    }

    @Test func `a colleague is given the session with the reason`() async throws {
        try await withTwo { house, customer, chen, wu in
            try await chen.transfer(customer, to: wu, reason: "knows lamps")
            #expect(try await house.owner(of: customer) == .agent(wu.id))
            let entry = try await wu.open(customer).entries.last
            #expect(entry?.kind == .transferred)
            #expect(entry?.author.name == "Chen")
            #expect(entry?.detail == Detail(reason: "knows lamps", agent: .init(id: "\(wu.id)", name: "Wu")))
        }
    }

    @Test func `the customer learns who, not why`() async throws {
        try await withTwo { house, customer, chen, wu in
            try await chen.transfer(customer, to: wu, reason: "he shouts")
            let seen = try await customer.visit().entries.last
            #expect(seen?.kind == .transferred)
            #expect(seen?.detail?.agent?.name == "Wu")
            #expect(seen?.detail?.reason == nil)
            #expect(!house.told(customer).visitor.contains { $0.contains("he shouts") })
        }
    }

    @Test func `a team is given the session, and a free member serves it at once`() async throws {
        try await withTwo { house, customer, chen, _ in
            let repairs = try await house.team("Repairs")
            let zhao = try await house.clerk("Zhao", teams: [repairs])
            try await chen.transfer(customer, to: repairs, reason: "broken lamp")
            #expect(try await house.owner(of: customer) == .agent(zhao.id))
            let opened = try await zhao.open(customer)
            #expect(opened.row.team?.name == "Repairs")
            #expect(opened.entries.suffix(2).map(\.kind) == [.transferred, .assigned])
            #expect(opened.entries.dropLast().last?.detail?.team?.name == "Repairs")
        }
    }

    @Test func `a colleague who is full, away or unknown is refused, and nothing changes`() async throws {
        try await withTwo { house, customer, chen, wu in
            let before = try await customer.visit().conversation.last
            let busy = try await house.clerk("Busy", presence: .busy)
            let gone = try await house.clerk("Gone", isAtDesk: false)
            for (colleague, code) in [(busy, "agent.away"), (gone, "agent.away")] {
                await #expect(throws: Refusal(.conflict, code)) { try await chen.transfer(customer, to: colleague) }
            }
            let other = try await house.customer()
            try await chen.choose(.busy)
            try await other.say("hello")
            #expect(try await house.owner(of: other) == .agent(wu.id))
            await #expect(throws: Refusal(.conflict, "agent.full")) { try await chen.transfer(customer, to: wu) }
            await #expect(throws: Refusal(.notFound, "agent.unknown")) {
                try await chen.person.post(
                    "/api/conversations/\(customer.conversation)/transfers", #"{"agent":"5","reason":"x"}"#)
            }
            await #expect(throws: Refusal(.notFound, "team.unknown")) { try await chen.transfer(customer, to: ID(rawValue: 5)) }
            #expect(try await house.owner(of: customer) == .agent(chen.id))
            #expect(try await customer.visit().conversation.last == before)
        }
    }

    @Test(arguments: [#"{"reason":"x"}"#, #"{"agent":"1","team":"1","reason":"x"}"#])
    func `a transfer goes to an agent or to a team`(json: String) async throws {
        try await withTwo { _, customer, chen, _ in
            await #expect(throws: Refusal(.invalid, "transfer.target")) {
                try await chen.person.post("/api/conversations/\(customer.conversation)/transfers", json)
            }
        }
    }

    @Test func `whoever serves cannot transfer to themselves, others cannot transfer at all`() async throws {
        try await withTwo { house, customer, chen, wu in
            await #expect(throws: Refusal(.conflict, "transfer.same")) { try await chen.transfer(customer, to: chen) }
            await #expect(throws: Refusal(.notFound, "conversation.unknown")) { try await wu.transfer(customer, to: wu) }
            let waiting = try await house.customer()
            try await chen.choose(.busy)
            try await wu.choose(.busy)
            try await waiting.say("hello")
            await #expect(throws: Refusal(.conflict, "conversation.not-yours")) { try await wu.transfer(waiting, to: chen) }
        }
    }

    @Test func `a supervisor may transfer for others`() async throws {
        try await withTwo { house, customer, _, wu in
            let boss = try await house.clerk("Boss", as: .supervisor, presence: .busy)
            try await boss.transfer(customer, to: wu)
            #expect(try await house.owner(of: customer) == .agent(wu.id))
        }
    }

    @Test func `a reason has at most five hundred characters`() async throws {
        try await withTwo { _, customer, chen, wu in
            await #expect(throws: Refusal(.invalid, "transfer.reason")) {
                try await chen.transfer(customer, to: wu, reason: String(repeating: "因", count: 501))
            }
            try await chen.transfer(customer, to: wu, reason: String(repeating: "因", count: 500))
        }
    }
}

@Suite struct TakeoverTests {
    @Test func `a session is taken from the bot, from the queue, and with the right from a colleague`() async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot) { house in
            let chen = try await house.clerk("Chen", presence: .busy)
            let boss = try await house.clerk("Boss", as: .supervisor, presence: .busy)
            let (first, second) = (try await house.customer(), try await house.customer())
            try await first.say("hello")
            try await chen.take(first)
            try await second.askForPerson()
            try await chen.take(second)
            try await boss.take(second)
            #expect(try await house.owner(of: first) == .agent(chen.id))
            #expect(try await house.owner(of: second) == .agent(boss.id))
            let taken = try await boss.open(second).entries.filter { $0.kind == .takenOver }
            #expect(taken.map { $0.detail?.from?.name } == ["queue", "Chen"])
            #expect(taken.map { $0.detail?.agent?.name } == ["Chen", "Boss"])
        }
    }

    @Test func `taking what is one's own changes nothing`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            try await customer.say("hello")
            let before = try await chen.open(customer).row
            try await chen.take(customer)
            #expect(try await chen.open(customer).row == before)
        }
    }

    @Test func `of two who take at the same moment one serves`() async throws {
        try await TestHouse.run { house in
            let clerks = [try await house.clerk("Chen", presence: .busy), try await house.clerk("Wu", presence: .busy)]
            let customer = try await house.customer()
            try await customer.say("hello")
            let won = await withTaskGroup { group in
                for clerk in clerks { group.addTask { (try? await clerk.take(customer)) != nil } }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(won == 1)
            #expect(try await customer.visit().entries.filter { $0.kind == .takenOver }.count == 1)
        }
    }

    @Test func `whoever is full cannot take one more`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen", capacity: 1)
            try await house.customer().say("hello")
            let second = try await house.customer()
            try await second.say("hello")
            await #expect(throws: Refusal(.conflict, "agent.full")) { try await chen.take(second) }
        }
    }
}
