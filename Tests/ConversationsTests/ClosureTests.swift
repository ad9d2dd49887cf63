import Basics
import Organization
import Store
import Support
import Testing

@testable import Conversations

@Suite struct ClosureTests {
    private func withServed(
        _ body: @escaping @Sendable (TestHouse, TestCustomer, TestClerk) async throws -> Void
    ) async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            try await customer.say("hello")
            try await body(house, customer, chen)
        }
    }

    private func session(_ customer: TestCustomer, at house: TestHouse) async throws -> Session? {
        try await house.database.read { transaction in
            let id = try transaction.value(
                "SELECT MAX(id) FROM session WHERE conversation_id = \(customer.conversation)", as: ID<Session>.self)
            return try house.store.session(id!, in: transaction)
        }
    }

    @Test func `an agent closes with what it was about`() async throws {
        try await withServed { house, customer, chen in
            house.clock.advance(by: .seconds(60))
            try await chen.close(customer, category: "Question", note: "wanted the colour")
            let session = try await session(customer, at: house)
            #expect(session?.closedAt == house.clock.now)
            #expect(session?.closedBy == "agent")
            #expect(session?.category == "Question")
            #expect(session?.note == "wanted the colour")
            #expect(session?.servedBy == chen.id)
            #expect(try await chen.open(customer).sessions.first?.note == "wanted the colour")
        }
    }

    @Test func `the customer learns that it is over, not what it was filed under`() async throws {
        try await withServed { house, customer, chen in
            try await chen.close(customer, category: "Complaint", note: "difficult")
            let seen = try await customer.visit().entries.last
            #expect(seen?.kind == .closed)
            #expect(seen?.detail?.by == "agent")
            #expect(seen?.detail?.category == nil)
            let told = house.told(customer).visitor
            #expect(!told.contains { $0.contains("Complaint") || $0.contains("difficult") })
            #expect(try await chen.open(customer).entries.last?.detail?.category == "Complaint")
        }
    }

    @Test func `the customer may leave, once`() async throws {
        try await withServed { house, customer, _ in
            try await customer.leave()
            #expect(try await session(customer, at: house)?.closedBy == "visitor")
            let last = try await customer.visit().conversation.last
            try await customer.leave()
            #expect(try await customer.visit().conversation.last == last)
        }
    }

    @Test func `a closed session cannot be closed again`() async throws {
        try await withServed { _, customer, chen in
            try await chen.close(customer)
            await #expect(throws: Refusal(.conflict, "session.closed")) { try await chen.close(customer) }
        }
    }

    @Test func `nobody waits in what is closed`() async throws {
        try await withServed { house, customer, chen in
            try await chen.close(customer)
            let found = try await house.database.read { try house.store.conversation(customer.conversation, in: $0) }
            #expect(found.waitingSince == nil)
            #expect(found.service == nil)
        }
    }

    @Test func `only who serves may close, or who may act for everyone`() async throws {
        try await withServed { house, customer, chen in
            let boss = try await house.clerk("Boss", as: .supervisor, presence: .busy)
            let waiting = try await house.customer()
            try await chen.choose(.busy)
            try await waiting.say("hello")
            await #expect(throws: Refusal(.conflict, "conversation.not-yours")) { try await chen.close(waiting) }
            try await boss.close(waiting)
            try await boss.close(customer)
            #expect(try await house.owner(of: customer) == nil)
        }
    }

    @Test func `what it was about has an end`() async throws {
        try await withServed { _, customer, chen in
            await #expect(throws: Refusal(.invalid, "closure.too-long")) {
                try await chen.close(customer, category: String(repeating: "类", count: 101))
            }
            await #expect(throws: Refusal(.invalid, "closure.too-long")) {
                try await chen.close(customer, note: String(repeating: "记", count: 2_001))
            }
            try await chen.close(
                customer, category: String(repeating: "类", count: 100), note: String(repeating: "记", count: 2_000))
        }
    }
}
