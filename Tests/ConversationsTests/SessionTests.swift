import Basics
import Channels
import Organization
import Store
import Support
import Testing

@testable import Conversations

@Suite struct SessionTests {
    private func sessions(_ customer: TestCustomer, at house: TestHouse) async throws -> [Session] {
        try await house.database.read { transaction in
            try transaction.rows("SELECT id FROM session WHERE conversation_id = \(customer.conversation) ORDER BY id")
                .map { try house.store.session($0("id"), in: transaction)! }
        }
    }

    @Test func `the first word opens a session, and its entry comes before the word`() async throws {
        try await TestHouse.run { house in
            _ = try await house.clerk("Chen")
            let customer = try await house.customer()
            #expect(try await customer.visit().session == nil)
            try await customer.say("hello")
            #expect(try await customer.visit().entries.map(\.kind) == [.opened, .handedOff, .assigned, .message])
            #expect(try await sessions(customer, at: house).count == 1)
        }
    }

    @Test func `further words belong to the session under way`() async throws {
        try await TestHouse.run { house in
            let customer = try await house.customer()
            try await customer.say("hello")
            house.clock.advance(by: .seconds(86_400))
            try await customer.say("still here")
            #expect(Set(try await customer.visit().entries.map(\.session)).count == 1)
        }
    }

    @Test func `first words that come at the same moment open one session`() async throws {
        try await TestHouse.run { house in
            let customer = try await house.customer()
            try await withThrowingTaskGroup { group in
                for index in 0..<20 { group.addTask { try await customer.say("\(index)") } }
                try await group.waitForAll()
            }
            #expect(try await sessions(customer, at: house).count == 1)
            #expect(try await customer.visit().entries.filter { $0.kind == .opened }.count == 1)
        }
    }

    @Test func `a closed conversation reopens when the customer writes, as a new session of the same thread`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            try await customer.say("hello")
            try await chen.close(customer)
            #expect(try await customer.visit().session == nil)
            house.clock.advance(by: .seconds(60))
            try await customer.say("one more thing")
            let found = try await sessions(customer, at: house)
            #expect(found.map { $0.closedAt == nil } == [false, true])
            #expect(found[1].openedAt == house.clock.now)
            #expect(try await house.owner(of: customer) == .agent(chen.id))
            #expect(try await chen.open(customer).sessions.map(\.id) == found.reversed().map(\.id))
        }
    }

    @Test func `nobody on the staff can write into a closed conversation`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            try await customer.say("hello")
            try await chen.close(customer)
            await #expect(throws: Refusal(.conflict, "session.closed")) { try await chen.say("wait!", to: customer) }
            await #expect(throws: Refusal(.conflict, "session.closed")) { try await chen.take(customer) }
            #expect(try await customer.visit().entries.last?.kind == .closed)
        }
    }

    @Test func `asking for a person opens a session where there is none`() async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot) { house in
            let customer = try await house.customer()
            try await customer.askForPerson()
            #expect(try await house.owner(of: customer) == .queue)
            try await customer.askForPerson()
            #expect(try await customer.visit().entries.map(\.kind) == [.opened, .handedOff])
        }
    }

    @Test func `one identity has one conversation, also when two requests open it at once`() async throws {
        try await TestHouse.run { house in
            let customer = try await house.customer()
            let (visitor, store) = (customer.visitor, house.store)
            let found = try await withThrowingTaskGroup(of: ID<Conversation>.self) { group in
                for _ in 0..<10 {
                    group.addTask {
                        try await store.database.write { transaction in
                            try store.conversation(
                                with: visitor.identity, of: visitor.contact, on: visitor.account, workspace: visitor.workspace,
                                locale: "en", in: transaction)
                        }
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(found == [customer.conversation])
        }
    }

    @Test func `who served from when to when is written down without gap or overlap`() async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot) { house in
            let customer = try await house.customer()
            try await customer.say("hello")
            house.clock.advance(by: .seconds(5))
            try await customer.askForPerson()
            house.clock.advance(by: .seconds(7))
            let chen = try await house.clerk("Chen")
            house.clock.advance(by: .seconds(11))
            try await chen.close(customer)
            let spans = try await house.database.read { transaction in
                try transaction.rows("SELECT kind, started_at, ended_at FROM assignment ORDER BY id").map {
                    let (from, to): (Timestamp, Timestamp) = (try $0("started_at"), try $0("ended_at"))
                    return "\(try $0("kind") as String) \((to - from).milliseconds)"
                }
            }
            #expect(spans == ["bot 5000", "queue 7000", "agent 11000"])
        }
    }
}
