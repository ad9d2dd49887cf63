import Basics
import Organization
import Store
import Support
import Testing

@testable import Conversations

@Suite struct EpochTests {
    private func service(_ customer: TestCustomer, at house: TestHouse) async throws -> Conversation.Service {
        try await house.database.read { try house.store.conversation(customer.conversation, in: $0).service! }
    }

    @Test func `the epoch rises whenever the session changes hands`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let wu = try await house.clerk("Wu", presence: .busy)
            let customer = try await house.customer()
            try await customer.say("hello")
            var epochs = [try await service(customer, at: house).epoch]
            try await wu.choose(.online)
            for (from, to) in [(chen, wu), (wu, chen)] {
                try await from.transfer(customer, to: to)
                epochs.append(try await service(customer, at: house).epoch)
            }
            try await chen.close(customer)
            try await customer.say("again")
            epochs.append(try await service(customer, at: house).epoch)
            #expect(zip(epochs, epochs.dropFirst()).allSatisfy { $0 < $1 })
        }
    }

    @Test func `talking does not change the epoch`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            try await customer.say("hello")
            let epoch = try await service(customer, at: house).epoch
            try await customer.say("more")
            try await chen.note("hm", on: customer)
            try await chen.say("good day", to: customer, epoch: epoch)
            #expect(try await service(customer, at: house).epoch == epoch)
        }
    }

    @Test func `an agent's reply written under an older epoch is refused`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            try await customer.say("hello")
            let old = try await service(customer, at: house).epoch
            let wu = try await house.clerk("Wu")
            try await chen.transfer(customer, to: wu)
            try await wu.transfer(customer, to: chen)
            await #expect(throws: Refusal(.conflict, "epoch.stale")) { try await chen.say("late", to: customer, epoch: old) }
            let now = try await service(customer, at: house).epoch
            try await chen.say("in time", to: customer, epoch: now)
            #expect(try await customer.visit().entries.last?.text == "in time")
        }
    }

    @Test func `only who serves may speak`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let boss = try await house.clerk("Boss", as: .supervisor, presence: .busy)
            let customer = try await house.customer()
            try await customer.say("hello")
            await #expect(throws: Refusal(.conflict, "conversation.not-yours")) { try await boss.say("hi", to: customer) }
            try await boss.take(customer)
            await #expect(throws: Refusal(.notFound, "conversation.unknown")) { try await chen.say("hi", to: customer) }
            try await boss.say("hi", to: customer)
        }
    }

    @Test func `a bot's reply written under an older epoch is refused`() async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot) { house in
            let customer = try await house.customer()
            try await customer.say("hello")
            let old = try await service(customer, at: house)
            let reception = house.conversations.reception
            try await house.database.write { transaction in
                try reception.say(.botMessage("in time"), in: customer.conversation, under: old, in: transaction)
            }
            try await house.clerk("Chen").take(customer)
            await #expect(throws: Refusal(.conflict, "epoch.stale")) {
                try await house.database.write { transaction in
                    _ = try reception.say(.botMessage("late"), in: customer.conversation, under: old, in: transaction)
                }
            }
            #expect(try await customer.visit().entries.compactMap(\.text) == ["hello", "in time"])
        }
    }

    @Test func `a bot's reply of the last session does not reach into the next one`() async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot) { house in
            let customer = try await house.customer()
            try await customer.say("hello")
            let old = try await service(customer, at: house)
            try await customer.leave()
            try await customer.say("hello again")
            await #expect(throws: Refusal(.conflict, "epoch.stale")) {
                try await house.database.write { transaction in
                    _ = try house.conversations.reception.say(
                        .botMessage("late"), in: customer.conversation, under: old, in: transaction)
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(1))) func `the bot never speaks after a person took over, however long it thought`() async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot, isAlive: true) { house in
            let (thoughts, thought) = AsyncStream.makeStream(of: Void.self)
            house.bot.decides { _ in
                for await _ in thoughts { break }
                return .answer(.returns)
            }
            let customer = try await house.customer()
            try await customer.say("can I return this?")
            try await eventually { house.bot.turns.count == 1 }
            let chen = try await house.clerk("Chen")
            try await chen.take(customer)
            thought.yield()
            try await eventually { house.told(customer).visitor.contains { $0.contains(#""on":false"#) } }
            let entries = try await chen.open(customer).entries
            #expect(entries.last?.kind == .takenOver)
            #expect(!entries.contains { $0.author.kind == .bot && $0.kind == .message })
            #expect(house.bot.counted.isEmpty)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `what is said after takeover is not put to the bot`() async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot, isAlive: true) { house in
            let customer = try await house.customer()
            try await customer.say("hello")
            try await house.botIsDone(with: customer)
            try await house.clerk("Chen").take(customer)
            try await customer.say("are you a person?")
            let other = try await house.customer()
            try await other.say("hello")
            try await house.botIsDone(with: other)
            #expect(house.bot.turns.map(\.text) == ["hello", "hello"])
        }
    }
}
