import Basics
import Organization
import Store
import Support
import Testing

@testable import Conversations

@Suite struct SenderIdTests {
    private func texts(_ customer: TestCustomer) async throws -> [String] {
        try await customer.visit().entries.compactMap(\.text)
    }

    @Test func `the same id twice is the same entry once, with the same answer`() async throws {
        try await TestHouse.run { house in
            let customer = try await house.customer()
            let first = try await customer.say("hello", client: "x")
            house.clock.advance(by: .seconds(30))
            #expect(try await customer.say("hello", client: "x") == first)
            #expect(try await texts(customer) == ["hello"])
        }
    }

    @Test func `the same id many times at once is one entry, and everybody is told its number`() async throws {
        try await TestHouse.run { house in
            let customer = try await house.customer()
            let answers = try await withThrowingTaskGroup(of: Appended.self) { group in
                for _ in 0..<20 { group.addTask { try await customer.say("hello", client: "x") } }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(answers.count == 1)
            #expect(try await texts(customer) == ["hello"])
            let sessions = try await house.database.read { try $0.value("SELECT COUNT(*) FROM session", as: Int.self) }
            #expect(sessions == 1)
        }
    }

    @Test func `what was said first counts, not what came later under its id`() async throws {
        try await TestHouse.run { house in
            let customer = try await house.customer()
            try await customer.say("hello", client: "x")
            try await customer.say("something else", client: "x")
            #expect(try await texts(customer) == ["hello"])
        }
    }

    @Test func `the id holds from session to session`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            let first = try await customer.say("hello", client: "x")
            try await chen.close(customer)
            #expect(try await customer.say("hello", client: "x") == first)
            #expect(try await house.owner(of: customer) == nil)
        }
    }

    @Test func `another conversation may use the same id`() async throws {
        try await TestHouse.run { house in
            let (one, other) = (try await house.customer(), try await house.customer())
            try await one.say("hello", client: "x")
            try await other.say("good day", client: "x")
            #expect(try await texts(other) == ["good day"])
        }
    }

    @Test func `another sender's id is not taken for one's own`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            try await customer.say("hello", client: "x")
            try await chen.say("good day", to: customer, client: "x")
            #expect(try await texts(customer) == ["hello", "good day"])
            let boss = try await house.clerk("Boss", as: .supervisor, presence: .busy)
            await #expect(throws: Refusal(.conflict, "message.client")) { try await boss.note("psst", on: customer, client: "x") }
        }
    }

    @Test func `a reply repeated after the session changed hands is acknowledged, not refused`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            try await customer.say("hello")
            let said = try await chen.say("good day", to: customer, client: "x")
            try await house.clerk("Boss", as: .supervisor, presence: .busy).take(customer)
            #expect(try await chen.say("good day", to: customer, client: "x") == said)
            await #expect(throws: Refusal.self) { try await chen.say("and more", to: customer, client: "y") }
            #expect(try await texts(customer) == ["hello", "good day"])
        }
    }

    @Test func `a reply repeated after closing is acknowledged, not refused`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            try await customer.say("hello")
            let said = try await chen.say("bye", to: customer, client: "x")
            try await chen.close(customer)
            #expect(try await chen.say("bye", to: customer, client: "x") == said)
        }
    }

    @Test func `a customer cannot use up the id of the bot's answer`() async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot, isAlive: true) { house in
            house.bot.decides { turn in .smallTalk(text: "re: \(turn.text)") }
            let customer = try await house.customer()
            for number in 1...6 { try await customer.say("\(number)", client: "bot-\(number)") }
            try await house.botIsDone(with: customer)
            let answers = try await customer.visit().entries.filter { $0.author.kind == .bot && $0.kind == .message }
            #expect(answers.count == 6)
        }
    }
}
