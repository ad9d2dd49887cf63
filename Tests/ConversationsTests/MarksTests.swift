import Basics
import Organization
import Support
import Testing

@testable import Conversations

@Suite struct MarksTests {
    /// Chen serves a customer who has said five things.
    private func withFive(_ body: @escaping @Sendable (TestHouse, TestCustomer, TestClerk) async throws -> Void) async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            for text in ["one", "two", "three", "four", "five"] { try await customer.say(text) }
            try await body(house, customer, chen)
        }
    }

    private func marks(_ customer: TestCustomer) async throws -> Marks { try await customer.visit().conversation.marks }

    @Test func `marks only rise`() async throws {
        try await withFive { _, customer, chen in
            try await customer.read(upTo: 6)
            try await customer.read(upTo: 2)
            #expect(try await marks(customer).visitor == Marks.Side(delivered: 6, read: 6))
            try await chen.read(customer, upTo: 5)
            try await chen.read(customer, upTo: 1)
            #expect(try await marks(customer).staff == Marks.Side(delivered: 5, read: 5))
        }
    }

    @Test func `marks never rise beyond the newest entry`() async throws {
        try await withFive { _, customer, _ in
            try await customer.read(upTo: .max)
            let visit = try await customer.visit()
            #expect(visit.conversation.marks.visitor.read == visit.conversation.last)
        }
    }

    @Test func `what is read was delivered, what is delivered need not be read`() async throws {
        try await withFive { _, customer, _ in
            _ = try await customer.person.post("/api/visit/reads", #"{"delivered":4}"#)
            #expect(try await marks(customer).visitor == Marks.Side(delivered: 4, read: 0))
            _ = try await customer.person.post("/api/visit/reads", #"{"delivered":1,"number":5}"#)
            #expect(try await marks(customer).visitor == Marks.Side(delivered: 5, read: 5))
            _ = try await customer.person.post("/api/visit/reads", "{}")
            #expect(try await marks(customer).visitor == Marks.Side(delivered: 5, read: 5))
        }
    }

    @Test func `marks in any order, also at once, end at the highest`() async throws {
        try await withFive { _, customer, chen in
            try await withThrowingTaskGroup { group in
                for number in [3, 7, 1, 6, 2, 5, 4] as [Int64] {
                    group.addTask { try await customer.read(upTo: number) }
                    group.addTask { try await chen.read(customer, upTo: number) }
                }
                try await group.waitForAll()
            }
            #expect(try await marks(customer).visitor.read == 7)
            #expect(try await marks(customer).staff.read == 7)
        }
    }

    @Test func `one side's marks are not the other's`() async throws {
        try await withFive { _, customer, _ in
            try await customer.read(upTo: 3)
            #expect(try await marks(customer).staff == Marks.Side(delivered: 0, read: 0))
        }
    }

    @Test func `whoever only looks in has not read for who serves`() async throws {
        try await withFive { house, customer, chen in
            let boss = try await house.clerk("Boss", as: .supervisor, presence: .busy)
            try await boss.read(customer, upTo: 5)
            #expect(try await marks(customer).staff.read == 0)
            #expect(try await chen.open(customer).row.unread == 5)
            try await chen.read(customer, upTo: 6)
            #expect(try await chen.open(customer).row.unread == 2)
        }
    }

    @Test func `a mark that moves nothing is not told`() async throws {
        try await withFive { house, customer, _ in
            func told() -> Int {
                house.bus.told("c.\(customer.conversation)").filter { $0.contains("marks.changed") }.count
            }
            try await customer.read(upTo: 5)
            #expect(told() == 1)
            try await customer.read(upTo: 5)
            try await customer.read(upTo: 3)
            #expect(told() == 1)
        }
    }
}
