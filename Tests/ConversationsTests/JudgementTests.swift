import Basics
import Organization
import Support
import Testing

@testable import Conversations

@Suite(.timeLimit(.minutes(1))) struct JudgementTests {
    /// The bot has answered a customer.
    private func withAnswer(
        _ body: @escaping @Sendable (TestHouse, TestCustomer, _ answer: Int64) async throws -> Void
    ) async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot, isAlive: true) { house in
            house.bot.decides { _ in .answer(.returns) }
            let customer = try await house.customer()
            try await customer.say("can I return this?")
            try await house.botIsDone(with: customer)
            try await body(house, customer, try await customer.visit().entries.last!.number)
        }
    }

    private func judge(_ number: Int64, _ isHelpful: Bool, _ customer: TestCustomer) async throws {
        _ = try await customer.person.post("/api/visit/judgements", #"{"number":\#(number),"helpful":\#(isHelpful)}"#)
    }

    @Test func `an answer names the knowledge it came from and is counted once`() async throws {
        try await withAnswer { house, customer, _ in
            let answer = try await customer.visit().entries.last?.answer
            #expect(answer == Answer(entry: "77", version: 3, title: "Returns", confidence: 0.93))
            #expect(house.bot.counted == [.returns])
        }
    }

    @Test func `what the customer thought of it is told with the answer`() async throws {
        try await withAnswer { house, customer, number in
            try await judge(number, true, customer)
            #expect(try await customer.visit().entries.last?.answer?.helpful == true)
            let boss = try await house.clerk("Boss", as: .supervisor)
            #expect(try await boss.open(customer).entries.last?.answer?.helpful == true)
        }
    }

    @Test func `a second judgement replaces the first`() async throws {
        try await withAnswer { house, customer, number in
            try await judge(number, true, customer)
            try await judge(number, false, customer)
            #expect(try await customer.visit().entries.last?.answer?.helpful == false)
            #expect(house.bot.judged.map(\.helpful) == [true, false])
            #expect(house.bot.judged.map(\.earlier) == [nil, true])
        }
    }

    @Test func `only an answer can be judged, and only by who was answered`() async throws {
        try await withAnswer { house, customer, number in
            let stranger = try await house.customer()
            for (who, what) in [(customer, number - 1), (customer, 99), (stranger, number)] {
                await #expect(throws: Refusal(.notFound, "answer.unknown")) { try await judge(what, true, who) }
            }
            #expect(house.bot.judged.isEmpty)
        }
    }
}
