import Bus
import Organization
import Support
import Testing

@testable import Conversations

/// Several nodes write to one conversation, and their hints come by different ways.
@Suite(.timeLimit(.minutes(1))) struct LiveOrderTests {
    @Test func `entries are told in their order, each once, however their hints come`() async throws {
        try await play { house, customer, texts in
            house.bus.hold()
            for text in ["two", "three", "four"] { try await customer.say(text) }
            house.bus.release { Array($0.reversed()) + $0 }
            try await soon { texts().allSatisfy { $0.count >= 4 } }
            try await customer.say("five")
            #expect(texts() == Array(repeating: ["one", "two", "three", "four", "five"], count: 2))
        }
    }

    @Test func `what a lost hint kept back is told before the next`() async throws {
        try await play { house, customer, texts in
            house.bus.hold()
            for text in ["two", "three"] { try await customer.say(text) }
            house.bus.release { _ in [] }
            try await customer.say("four")
            try await soon { texts().allSatisfy { $0.count >= 4 } }
            #expect(texts() == Array(repeating: ["one", "two", "three", "four"], count: 2))
        }
    }

    @Test func `a node that stops does not tell first what has gathered`() async throws {
        try await TestHouse.run { house in
            let desk = try await LiveClient.enter(try await house.clerk("Chen").staff, at: house)
            let customer = try await house.customer()
            for text in ["one", "two", "three"] { try await customer.say(text) }
            let worker = try #require(house.company.features.flatMap(\.workers).first { $0.name == "conversations.live" })
            let stopped = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await worker.run()
            }
            try await stopped.value
            #expect(desk.heard(RowChanged.self).isEmpty)
        }
    }

    /// With a visitor and a desk that have heard a first message, and what both have heard by now.
    private func play(
        _ scene: (TestHouse, TestCustomer, _ texts: () -> [[String]]) async throws -> Void
    ) async throws {
        try await TestHouse.run(isAlive: true) { house in
            let clerk = try await house.clerk("Chen")
            let customer = try await house.customer()
            let visitor = try await LiveClient.enter(customer.visitor, at: house)
            let desk = try await LiveClient.enter(clerk.staff, at: house)
            try await customer.say("hello")
            try await soon { !desk.heard(RowChanged.self).isEmpty }
            try await customer.say("one")
            let clients = [visitor, desk]
            func texts() -> [[String]] {
                clients.map { $0.heard(EntryAdded.self).compactMap(\.entry.text).filter { $0 != "hello" } }
            }
            try await soon { texts() == [["one"], ["one"]] }
            try await scene(house, customer, texts)
        }
    }
}
