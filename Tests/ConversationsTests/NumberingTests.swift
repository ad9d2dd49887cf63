import Basics
import Organization
import Store
import Support
import Testing

@testable import Conversations

@Suite struct NumberingTests {
    private func numbers(_ customer: TestCustomer, at house: TestHouse) async throws -> [Int64] {
        try await house.database.read { transaction in
            try transaction.rows("SELECT number FROM entry WHERE conversation_id = \(customer.conversation) ORDER BY number")
                .map { try $0("number") }
        }
    }

    @Test func `entries are numbered without gaps, whoever writes at the same moment`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            try await customer.say("hello")
            try await withThrowingTaskGroup { group in
                for index in 0..<40 {
                    group.addTask { try await customer.say("a\(index)") }
                    group.addTask { try await chen.say("b\(index)", to: customer) }
                    group.addTask { try await chen.note("c\(index)", on: customer) }
                }
                try await group.waitForAll()
            }
            #expect(try await numbers(customer, at: house) == Array(1...124))
        }
    }

    @Test func `a refused entry takes no number, however many others are on their way`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            try await customer.say("hello", client: "first")
            let before = try await customer.visit().conversation.last
            let accepted = await withTaskGroup { group in
                for index in 0..<30 {
                    group.addTask { (try? await customer.say("good \(index)")) != nil }
                    group.addTask {
                        _ = try? await chen.say("stale \(index)", to: customer, epoch: 0)
                        return false
                    }
                    group.addTask {
                        _ = try? await customer.say("again", client: "first")
                        return false
                    }
                }
                return await group.reduce(into: Int64(0)) { $0 += $1 ? 1 : 0 }
            }
            #expect(accepted == 30)
            #expect(try await numbers(customer, at: house) == Array(1...(before + 30)))
            #expect(try await customer.visit().conversation.last == before + 30)
        }
    }

    @Test func `what is acknowledged stands under that number`() async throws {
        try await TestHouse.run { house in
            let customer = try await house.customer()
            for text in ["one", "two", "three"] {
                let appended = try await customer.say(text)
                let entry = try await customer.visit().entries.last
                #expect(entry?.number == appended.number)
                #expect(entry?.at == appended.at)
                #expect(entry?.text == text)
            }
        }
    }

    @Test func `numbering goes on from session to session`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            for text in ["one", "two"] {
                try await customer.say(text)
                try await chen.close(customer)
            }
            let numbers = try await numbers(customer, at: house)
            #expect(numbers == Array(1...Int64(numbers.count)))
        }
    }

    @Test func `each conversation has its own numbers`() async throws {
        try await TestHouse.run { house in
            let (first, second) = (try await house.customer(), try await house.customer())
            try await first.say("hello")
            try await second.say("hello")
            let firstNumbers = try await numbers(first, at: house)
            #expect(firstNumbers.first == 1)
            #expect(try await numbers(second, at: house) == firstNumbers)
        }
    }
}

@Suite struct HistoryTests {
    private func stretch(_ customer: TestCustomer, _ query: String) async throws -> Stretch {
        try await customer.person.get("/api/visit/entries?\(query)").read()
    }

    @Test func `a stretch is read forwards or backwards and comes in order`() async throws {
        try await TestHouse.run { house in
            let customer = try await house.customer()
            for index in 1...10 { try await customer.say("\(index)") }
            let last = try await customer.visit().conversation.last
            let newest = try await stretch(customer, "limit=4")
            #expect(newest.entries.map(\.number) == Array((last - 3)...last))
            #expect(newest.more)
            let before = try await stretch(customer, "before=\(last - 3)&limit=3")
            #expect(before.entries.map(\.number) == Array((last - 6)...(last - 4)))
            #expect(before.more)
            let after = try await stretch(customer, "after=\(last - 2)&limit=50")
            #expect(after.entries.map(\.number) == [last - 1, last])
            #expect(!after.more)
            #expect(try await stretch(customer, "after=\(last)").entries.isEmpty)
        }
    }

    @Test func `a stretch has at most two hundred entries and at least one`() async throws {
        try await TestHouse.run { house in
            let customer = try await house.customer()
            try await customer.say("hello")
            try await withThrowingTaskGroup { group in
                for index in 0..<210 { group.addTask { try await customer.say("\(index)") } }
                try await group.waitForAll()
            }
            #expect(try await stretch(customer, "after=0&limit=100000").entries.count == 200)
            #expect(try await stretch(customer, "limit=-5").entries.count == 1)
        }
    }

    @Test func `one direction at a time`() async throws {
        try await TestHouse.run { house in
            let customer = try await house.customer()
            await #expect(throws: Refusal(.invalid, "query.before-and-after")) {
                try await customer.person.get("/api/visit/entries?before=3&after=1")
            }
        }
    }
}
