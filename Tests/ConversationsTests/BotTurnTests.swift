import Basics
import Channels
import Organization
import Routing
import Store
import Support
import Synchronization
import Testing

@testable import Conversations

@Suite(.timeLimit(.minutes(1))) struct BotTurnTests {
    private func withBot(_ body: @escaping @Sendable (TestHouse, TestCustomer) async throws -> Void) async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot, isAlive: true) { house in
            try await body(house, try await house.customer())
        }
    }

    @Test func `every question is answered once, in order, however fast they come`() async throws {
        try await withBot { house, customer in
            house.bot.decides { .smallTalk(text: "re: \($0.text)") }
            for number in 1...10 { try await customer.say("\(number)") }
            try await house.botIsDone(with: customer)
            let answers = try await customer.visit().entries.filter { $0.author.kind == .bot && $0.kind == .message }
            #expect(answers.compactMap(\.text) == (1...10).map { "re: \($0)" })
        }
    }

    @Test func `what the bot of another node has dealt with is not dealt with again`() async throws {
        try await withBot { house, customer in
            house.bot.decides { _ in
                try await house.database.write { try $0.run("UPDATE session SET bot_seen = 2 WHERE bot_seen < 2") }
                return .handOff(.unknown, text: "I'll fetch somebody.")
            }
            try await customer.say("quantum lamps?")
            try await eventually { house.bot.turns.count == 1 }
            try await house.botIsDone(with: customer)
            house.bot.decides { _ in .smallTalk(text: "Hello!") }
            try await customer.say("hello")
            try await house.botIsDone(with: customer)
            #expect(try await house.owner(of: customer) == .bot)
            #expect(try await customer.visit().entries.compactMap(\.text) == ["quantum lamps?", "hello", "Hello!"])
        }
    }

    @Test func `a message that was taken where nobody lived to tell the bot is answered when it comes again`() async throws {
        try await withBot { house, customer in
            let gone = TestChapters(house.company.organization, bus: house.bus, bot: ScriptedBot())
            let draft = try Draft.message(by: Author(.visitor), client: "c-again", text: "hello")
            let taken = try await gone.conversations.reception.receive(draft, in: customer.conversation)
            #expect(try await customer.say("hello", client: "c-again") == taken)
            try await house.botIsDone(with: customer)
            #expect(try await customer.visit().entries.compactMap(\.text) == ["hello", "Hello!"])
        }
    }

    @Test func `the bot is told how often in a row it failed`() async throws {
        try await withBot { house, customer in
            let offer = BotDecision.offer(text: "Which?", choices: [Offered(entry: ID(rawValue: 77), text: "Returns")])
            for decision in [offer, .unanswered(text: "?"), .answer(.returns), offer, .smallTalk(text: "hi"), offer] {
                house.bot.decides { _ in decision }
                try await customer.say("hm")
                try await house.botIsDone(with: customer)
            }
            #expect(house.bot.turns.map(\.earlierFailures) == [0, 1, 2, 0, 1, 0])
        }
    }

    @Test func `a tapped choice becomes the customer's words and the bot learns which it was`() async throws {
        try await withBot { house, customer in
            house.bot.decides { _ in .offer(text: "Which?", choices: [Offered(entry: ID(rawValue: 77), text: "Returns")]) }
            try await customer.say("hm")
            try await house.botIsDone(with: customer)
            _ = try await customer.person.post("/api/visit/entries", #"{"client":"tap","choice":{"entry":"77"}}"#)
            try await house.botIsDone(with: customer)
            #expect(house.bot.turns.last?.choice == ID(rawValue: 77))
            #expect(house.bot.turns.last?.text == "Returns")
            await #expect(throws: Refusal(.invalid, "choice.unknown")) {
                try await customer.person.post("/api/visit/entries", #"{"client":"tap2","choice":{"entry":"78"}}"#)
            }
        }
    }

    @Test func `handing over says why and finds a person`() async throws {
        try await withBot { house, customer in
            let chen = try await house.clerk("Chen")
            house.bot.decides { _ in .handOff(.unknown, text: "I'll fetch somebody.") }
            try await customer.say("quantum lamps?")
            try await house.botIsDone(with: customer)
            #expect(try await house.owner(of: customer) == .agent(chen.id))
            let entries = try await chen.open(customer).entries
            #expect(entries.map(\.kind) == [.opened, .message, .message, .handedOff, .assigned])
            #expect(entries[3].detail?.reason == "unknown")
        }
    }

    @Test func `a bot that fails costs its turn, not the session`() async throws {
        struct Broken: Error {}
        try await withBot { house, customer in
            house.bot.decides { _ in throw Broken() }
            try await customer.say("one")
            try await eventually { house.bot.turns.count == 1 }
            house.bot.decides { .smallTalk(text: "re: \($0.text)") }
            try await customer.say("two")
            try await house.botIsDone(with: customer)
            #expect(try await customer.visit().entries.suffix(2).compactMap(\.text) == ["re: one", "re: two"])
        }
    }

    @Test func `a bot that fails again and again hands over`() async throws {
        struct Broken: Error {}
        try await withBot { house, customer in
            house.bot.decides { _ in throw Broken() }
            try await customer.say("one")
            try await eventually { try await house.owner(of: customer) == .queue }
            #expect(house.bot.turns.count == 4)
        }
    }

    @Test func `what was asked before a crash is answered after it`() async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot) { house in
            let customer = try await house.customer()
            try await customer.say("anybody?")
            let restarted = startBot(of: house)
            defer { restarted.forEach { $0.cancel() } }
            try await house.botIsDone(with: customer)
            #expect(try await customer.visit().entries.last?.text == "Hello!")
        }
    }

    @Test func `a bot that is stopped while it thinks leaves the question to the next one`() async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot) { house in
            let customer = try await house.customer()
            for words in ["first", "second"] { try await customer.say(words) }
            house.bot.decides { turn in
                if turn.text == "second" { try await Task.sleep(for: .seconds(600)) }
                return .smallTalk(text: "re: \(turn.text)")
            }
            let stopped = startBot(of: house)
            try await eventually { house.bot.turns.count == 2 }
            stopped.forEach { $0.cancel() }
            for task in stopped { _ = await task.result }
            #expect(try await house.owner(of: customer) == .bot)
            house.bot.decides { .smallTalk(text: "re: \($0.text)") }
            let next = startBot(of: house)
            defer { next.forEach { $0.cancel() } }
            try await house.botIsDone(with: customer)
            #expect(try await customer.visit().entries.compactMap(\.text) == ["first", "second", "re: first", "re: second"])
        }
    }

    @Test func `a bot that is stopped begins no further answer`() async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot) { house in
            let customer = try await house.customer()
            for words in ["first", "second", "third"] { try await customer.say(words) }
            let workers = Mutex<[Task<Void, any Error>]>([])
            house.bot.decides { turn in
                workers.withLock { $0.forEach { $0.cancel() } }
                return .smallTalk(text: "re: \(turn.text)")
            }
            let stopped = workers.withLock { workers in
                workers = startBot(of: house)
                return workers
            }
            for task in stopped { _ = await task.result }
            #expect(house.bot.turns.map(\.text) == ["first"])
        }
    }

    /// A bot that knows nothing of what was asked before.
    private func startBot(of house: TestHouse) -> [Task<Void, any Error>] {
        let reception = Reception(
            store: house.store, accounts: house.channels.accounts, answering: house.bot, dispatching: house.routing.dispatching)
        return reception.botWorkers.map { worker in Task { try await worker.run() } }
    }
}
