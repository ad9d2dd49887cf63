import Basics
import Organization
import Store
import Support
import Testing

@testable import Conversations

@Suite(.timeLimit(.minutes(1))) struct EvidenceChainTests {
    private func withTalk(_ body: @escaping @Sendable (TestHouse, TestCustomer, Seals) async throws -> Void) async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot, isAlive: true) { house in
            let customer = try await house.customer()
            for decision in [BotDecision.answer(.returns), .smallTalk(text: "hi"), .handOff(.unknown, text: "A moment.")] {
                house.bot.decides { _ in decision }
                try await customer.say("hm")
                try await house.botIsDone(with: customer)
            }
            let organization = house.company.organization
            let seals = Seals(database: house.database, surroundings: organization.surroundings, audit: organization.audit)
            try await body(house, customer, seals)
        }
    }

    private func chain(_ house: TestHouse, _ customer: TestCustomer) async throws -> [EvidenceLink] {
        try await house.database.read { try EvidenceStore().chain(of: customer.conversation, $0) }
    }

    @Test func `every message of the bot's keeps its grounds, and follows the one before`() async throws {
        try await withTalk { house, customer, seals in
            let links = try await chain(house, customer)
            let said = try await customer.visit().entries.filter { $0.author.kind == .bot && $0.kind == .message }
            #expect(links.map(\.number) == said.map(\.number) && links.count == 3)
            #expect(links.compactMap { $0.read?.rule } == [.answered, .smallTalk, .unsure])
            #expect(links[0].read?.entry == "77" && links[0].read?.version == 3)
            let asked = try await customer.visit().entries.filter { $0.author.kind == .visitor }
            #expect(links.compactMap { $0.read?.question } == asked.map(\.number))
            #expect(links.compactMap { $0.read?.asked } == asked.map { Grounds.digest($0.text ?? "") })
            #expect(links.compactMap { $0.read?.said } == said.map { Grounds.digest($0.text ?? "") })
            let verified = try await seals.verify(in: [house.company.workspace.id])
            #expect(verified.isValid && verified.count == 3)
        }
    }

    @Test(arguments: [
        "UPDATE bot_evidence SET grounds = replace(grounds, '0.75', '0.5') WHERE number = (SELECT MIN(number) FROM bot_evidence)",
        "UPDATE bot_evidence SET at = at + 1 WHERE number = (SELECT MAX(number) FROM bot_evidence)",
        "DELETE FROM bot_evidence WHERE number = (SELECT MIN(number) FROM bot_evidence)",
    ])
    func `a changed link is told`(change: String) async throws {
        try await withTalk { house, customer, seals in
            try await house.database.write { try $0.run(SQL(stringLiteral: change)) }
            let verified = try await seals.verify(in: [house.company.workspace.id])
            #expect(verified.changed.count == 1)
        }
    }

    @Test func `a last link that is taken away, and a chain written anew, break the seal`() async throws {
        try await withTalk { house, customer, seals in
            try await seals.seal()
            try await seals.seal()
            #expect(try await seals.verify(in: [house.company.workspace.id]).isValid)
            let links = try await chain(house, customer)
            #expect(Set(links.map(\.seal)).count == 1 && links[0].seal != nil)
            try await house.database.write { transaction in
                try transaction.run("DELETE FROM bot_evidence WHERE number = \(links[2].number)")
            }
            let verified = try await seals.verify(in: [house.company.workspace.id])
            #expect(verified.changed.isEmpty)
            #expect(verified.brokenSeals == [links[0].seal])
        }
    }

    @Test func `what is said after a seal is in the next one`() async throws {
        try await withTalk { house, customer, seals in
            try await seals.seal()
            let other = try await house.customer()
            house.bot.decides { _ in .smallTalk(text: "hello") }
            try await other.say("hm")
            try await house.botIsDone(with: other)
            try await seals.seal()
            let (first, second) = (try await chain(house, customer)[0].seal, try await chain(house, other)[0].seal)
            #expect(try #require(second) > (try #require(first)))
            #expect(try await seals.holds(try #require(second), in: house.company.workspace.id))
        }
    }
}
