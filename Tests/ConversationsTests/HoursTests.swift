import Basics
import Organization
import Support
import Testing

@testable import Conversations

/// The virtual clock begins on a Monday at 10:00 in Shanghai.
@Suite struct HoursTests {
    /// A site whose people are on duty from nine to noon and from one to six, on weekdays.
    private func withOffice(
        mode: String, offHours: String, _ body: @escaping @Sendable (TestHouse, TestCustomer) async throws -> Void
    ) async throws {
        try await TestHouse.run(site: TestHouse.site(mode: mode, offHours: offHours)) { house in
            let day = #"[["09:00","12:00"],["13:00","18:00"]]"#
            let week = ["monday", "tuesday", "wednesday", "thursday", "friday"].map { #""\#($0)":\#(day)"# }
            let calendar = try await house.owner.post(
                "/api/calendars",
                #"{"name":"Office","timeZone":"Asia/Shanghai","week":{\#(week.joined(separator: ","))},"#
                    + #""holidays":[{"from":"2026-03-05","to":"2026-03-06","name":"Fair"}]}"#)["id"]!
            let account = try await house.owner.get("/api/channels")["rows.0.id"]!
            _ = try await house.owner.put(
                "/api/channels/\(account)", #"{"kind":"web","name":"Shop","calendar":"\#(calendar)"}"#)
            try await body(house, try await house.customer())
        }
    }

    private static let hour = 3_600

    @Test(arguments: [
        (0, true), (2 * hour - 1, true), (2 * hour, false), (3 * hour, true), (8 * hour - 1, true), (8 * hour, false),
        (23 * hour, true), (72 * hour, false), (5 * 24 * hour, false), (7 * 24 * hour, true),
    ])
    func `customers learn whether people are on duty`(seconds: Int, isOpen: Bool) async throws {
        try await withOffice(mode: "both", offHours: "both") { house, customer in
            house.clock.advance(by: .seconds(seconds))
            let visit = try await customer.visit()
            #expect(visit.open == isOpen)
        }
    }

    @Test func `who answers follows the hours`() async throws {
        try await withOffice(mode: "people", offHours: "bot") { house, customer in
            try await customer.say("hello")
            #expect(try await house.owner(of: customer) == .queue)
            house.clock.advance(by: .seconds(9 * Self.hour))
            let night = try await house.customer()
            try await night.say("hello")
            #expect(try await house.owner(of: night) == .bot)
        }
    }

    @Test(arguments: [(true, 1), (true, 0), (false, 1), (false, 0)])
    func `where people serve, the bot answers first while none of them is free, if it may`(mayHelp: Bool, places: Int)
        async throws
    {
        let site = TestHouse.site(mode: "people", offHours: "people", botWhenBusy: mayHelp)
        try await TestHouse.run(site: site) { house in
            let chen = try await house.clerk("Chen", capacity: 1)
            let first = try await house.customer()
            if places == 0 { try await first.say("hello") }
            let customer = try await house.customer()
            try await customer.say("hello")
            let expected: Owner = places == 1 ? .agent(chen.id) : mayHelp ? .bot : .queue
            #expect(try await house.owner(of: customer) == expected)
        }
    }

    @Test func `a session goes on as it began when the hours end`() async throws {
        try await withOffice(mode: "bot", offHours: "people") { house, customer in
            try await customer.say("hello")
            house.clock.advance(by: .seconds(9 * Self.hour))
            try await customer.say("still there?")
            #expect(try await house.owner(of: customer) == .bot)
        }
    }

    @Test func `who asked at night is first in line in the morning`() async throws {
        try await withOffice(mode: "both", offHours: "both") { house, customer in
            house.clock.advance(by: .seconds(12 * Self.hour))
            try await customer.say("hello")
            try await customer.askForPerson()
            house.clock.advance(by: .seconds(11 * Self.hour))
            let early = try await house.customer()
            try await early.askForPerson()
            #expect(try await house.standing(of: customer)?.position == 1)
            let chen = try await house.clerk("Chen", capacity: 1)
            #expect(try await house.owner(of: customer) == .agent(chen.id))
            #expect(try await house.owner(of: early) == .queue)
        }
    }

    @Test func `an account without a calendar is always open`() async throws {
        try await TestHouse.run { house in
            let customer = try await house.customer()
            house.clock.advance(by: .seconds(16 * Self.hour))
            #expect(try await customer.visit().open)
        }
    }
}
