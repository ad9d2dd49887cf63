import Basics
import Organization
import Routing
import Support
import Testing

@testable import Conversations

@Suite struct IdleSessionsTests {
    private func closeIdle(_ house: TestHouse) async throws {
        try await IdleSessions(store: house.store, dispatching: house.routing.dispatching).close(silentFor: .seconds(1_800))
    }

    @Test func `a session with the bot ends after long silence, and not a moment before`() async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot) { house in
            let customer = try await house.customer()
            try await customer.say("hello")
            house.clock.advance(by: .seconds(1_800))
            try await closeIdle(house)
            #expect(try await house.owner(of: customer) == .bot)
            house.clock.advance(by: .milliseconds(1))
            try await closeIdle(house)
            #expect(try await house.owner(of: customer) == nil)
            let last = try await customer.visit().entries.last
            #expect(last?.kind == .closed)
            #expect(last?.detail?.by == "system")
        }
    }

    @Test func `every word begins the silence anew`() async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot) { house in
            let customer = try await house.customer()
            try await customer.say("hello")
            house.clock.advance(by: .seconds(1_700))
            try await customer.say("still here")
            house.clock.advance(by: .seconds(1_700))
            try await closeIdle(house)
            #expect(try await house.owner(of: customer) == .bot)
        }
    }

    @Test func `sessions with people end by people`() async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot) { house in
            let (served, waiting) = (try await house.customer(), try await house.customer())
            try await waiting.askForPerson()
            try await served.say("hello")
            let chen = try await house.clerk("Chen", capacity: 1, presence: .busy)
            try await chen.take(served)
            house.clock.advance(by: .seconds(86_400))
            try await closeIdle(house)
            #expect(try await house.owner(of: served) == .agent(chen.id))
            #expect(try await house.owner(of: waiting) == .queue)
        }
    }

    @Test func `whoever comes back after it begins a new session with the bot`() async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot) { house in
            let customer = try await house.customer()
            try await customer.say("hello")
            let first = try await customer.visit().session?.id
            house.clock.advance(by: .seconds(7_200))
            try await closeIdle(house)
            try await customer.say("me again")
            let second = try await customer.visit().session
            #expect(second?.owner.kind == "bot")
            #expect(second?.id != first)
        }
    }
}
