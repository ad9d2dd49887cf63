import Basics
import Organization
import Support
import Testing

@testable import Conversations

@Suite struct NoteTests {
    @Test func `a note is for the staff and never reaches the customer`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            try await customer.say("hello")
            try await chen.note("a difficult one", on: customer)
            try await chen.say("good day", to: customer)
            #expect(try await chen.open(customer).entries.contains { $0.kind == .note && $0.text == "a difficult one" })
            let seen = try await customer.visit().entries
            #expect(!seen.contains { $0.kind == .note || $0.text == "a difficult one" })
            let history: Stretch = try await customer.person.get("/api/visit/entries?after=0").read()
            #expect(!history.entries.contains { $0.kind == .note })
        }
    }

    @Test func `a note is told to the staff who watch, and to no customer`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            try await customer.say("hello")
            try await chen.note("a difficult one", on: customer)
            let told = house.told(customer)
            #expect(told.staff.contains { $0.contains("a difficult one") })
            #expect(!told.visitor.contains { $0.contains("a difficult one") })
        }
    }

    @Test func `a note is no answer: the customer goes on waiting`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            try await customer.say("hello")
            let since = house.clock.now
            house.clock.advance(by: .seconds(20))
            try await chen.note("hm", on: customer)
            #expect(try await chen.open(customer).row.waitingSince == since)
            #expect(try await chen.open(customer).row.preview == "hello")
        }
    }

    @Test func `a closed conversation can still be noted upon by who served it`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            try await customer.say("hello")
            try await chen.close(customer)
            try await chen.note("sent the parcel", on: customer)
            #expect(try await chen.open(customer).entries.last?.text == "sent the parcel")
            #expect(try await house.owner(of: customer) == nil)
        }
    }

    @Test func `an empty note is refused`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            try await customer.say("hello")
            await #expect(throws: Refusal(.invalid, "message.empty")) { try await chen.note(" \n", on: customer) }
        }
    }
}
