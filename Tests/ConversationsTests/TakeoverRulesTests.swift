import Basics
import Organization
import Store
import Support
import Testing

@testable import Conversations

/// The virtual clock begins on a Monday at 10:00 in Shanghai.
@Suite(.timeLimit(.minutes(1))) struct TakeoverRulesTests {
    private func withBot(_ body: @escaping @Sendable (TestHouse, TestCustomer) async throws -> Void) async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot, isAlive: true) { house in
            try await body(house, try await house.customer())
        }
    }

    private func rules(_ agents: [TestClerk], calendar: String? = nil, passOnAfter: Int = 5) -> String {
        let calendar = calendar.map { #","calendar":"\#($0)""# } ?? ""
        let ids = agents.map { #""\#($0.id)""# }.joined(separator: ",")
        return #"{"topics":[{"name":"Loss","kind":"urgent","words":["lost my card"],"exceptions":[]}],"#
            + #""rota":[{"name":"Night","agents":[\#(ids)]\#(calendar)}],"passOnAfter":\#(passOnAfter),"approveWithin":10,"answerWithin":60}"#
    }

    private func timers(of house: TestHouse) -> CaseTimers { CaseTimers(reception: house.conversations.reception) }

    /// Says something the bot pages for.
    private func lose(_ customer: TestCustomer, in house: TestHouse) async throws {
        house.bot.decides { _ in .page(topic: "Loss", text: "I'm calling the colleague on duty.") }
        try await customer.say("I lost my card")
        try await eventually { try await house.owner(of: customer) != .bot }
    }

    private func closed(_ house: TestHouse) async throws { try await office(house, opens: "tuesday") }

    private func office(_ house: TestHouse, opens day: String = "monday") async throws {
        let calendar = try await house.owner.post(
            "/api/calendars",
            #"{"name":"Office","timeZone":"Asia/Shanghai","week":{"\#(day)":[["09:00","18:00"]]}}"#)["id"]!
        let account = try await house.owner.get("/api/channels")["rows.0.id"]!
        _ = try await house.owner.put("/api/channels/\(account)", #"{"kind":"web","name":"Shop","calendar":"\#(calendar)"}"#)
    }

    @Test func `whoever asks for a person has one within a second, with a summary of what was tried`() async throws {
        try await withBot { house, customer in
            let li = try await house.clerk("Li")
            house.bot.decides { _ in .answer(.returns) }
            try await customer.say("can I send it back?")
            try await house.botIsDone(with: customer)
            house.bot.decides { _ in .handOff(.asked, text: "Of course.") }
            let clock = ContinuousClock()
            let time = try await clock.measure {
                try await customer.say("a person please")
                try await eventually { try await house.owner(of: customer) == .agent(li.id) }
            }
            #expect(time < .seconds(1))
            let entries = try await li.open(customer).entries
            #expect(entries.compactMap(\.text).starts(with: ["can I send it back?", "Thirty days.", "a person please"]))
            let summary = try #require(entries.first { $0.kind == .handedOff }?.detail?.summary)
            #expect(summary.said == ["can I send it back?", "a person please"])
            #expect(summary.tried.map(\.title) == ["Returns"])
            let shown = try await customer.visit().entries.first { $0.kind == .handedOff }
            #expect(shown?.detail?.summary == nil)
        }
    }

    @Test func `the person on call is paged, and it goes on to the next when nobody answers`() async throws {
        try await withBot { house, customer in
            let first = try await house.clerk("Li", presence: .offline, isAtDesk: false)
            let second = try await house.clerk("Wang", presence: .offline, isAtDesk: false)
            _ = try await house.owner.put("/api/takeover-rules", rules([first, second]))
            try await lose(customer, in: house)
            let paged = try await first.person.get("/api/cases")
            #expect(paged["pages.0.agent"] == "\(first.id)" && paged["pages.0.topic"] == "Loss")
            house.clock.advance(by: .seconds(299))
            try await timers(of: house).look()
            #expect(try await first.person.get("/api/cases")["pages.0.agent"] == "\(first.id)")
            house.clock.advance(by: .seconds(1))
            try await timers(of: house).look()
            let next = try await second.person.get("/api/cases")
            #expect(next["pages.0.agent"] == "\(second.id)" && next["pages.1.agent"] == nil)
            _ = try await second.person.post("/api/pages/\(next["pages.0.id"]!)/answer")
            #expect(try await house.owner(of: customer) == .agent(second.id))
            await #expect(throws: Refusal(.conflict, "page.over")) {
                try await second.person.post("/api/pages/\(next["pages.0.id"]!)/answer")
            }
            house.clock.advance(by: .seconds(3_600))
            try await timers(of: house).look()
            #expect(try await second.person.get("/api/cases")["pages.0.id"] == nil)
            #expect(try await customer.visit().entries.filter { $0.author.kind == .bot && $0.kind == .message }.count == 1)
        }
    }

    @Test func `when nobody on call answers, the customer is promised an answer and the next shift sees it`() async throws {
        try await withBot { house, customer in
            let li = try await house.clerk("Li", presence: .offline, isAtDesk: false)
            _ = try await house.owner.put("/api/takeover-rules", rules([li]))
            try await lose(customer, in: house)
            house.clock.advance(by: .seconds(300))
            for _ in 1...2 { try await timers(of: house).look() }
            let words = try await customer.visit().entries.filter { $0.kind == .message }.compactMap(\.text)
            #expect(words.count == 3 && words.last?.contains("within 60 minutes") == true)
            let cases = try await li.person.get("/api/cases")
            #expect(cases["nextShift.0.dueAt"] == "\((house.clock.now + .seconds(3_600)).milliseconds)")
            #expect(cases["nextShift.0.reason"] == "urgent" && cases["nextShift.1.reason"] == nil)
        }
    }

    @Test func `what is urgent goes before all who wait, behind what was urgent before it`() async throws {
        try await withBot { house, customer in
            house.bot.decides { _ in .handOff(.unknown, text: "A colleague.") }
            let patient = try await house.customer()
            try await patient.say("hm?")
            try await eventually { try await house.owner(of: patient) == .queue }
            house.clock.advance(by: .seconds(60))
            try await lose(customer, in: house)
            let second = try await house.customer()
            try await lose(second, in: house)
            let places = try await [customer, second, patient].asyncMap { try await house.standing(of: $0)?.position }
            #expect(places == [1, 2, 3])
            let li = try await house.clerk("Li", capacity: 1)
            #expect(try await house.owner(of: customer) == .agent(li.id))
        }
    }

    @Test func `who waits already and then writes what is urgent comes first, once, and the person on call is paged`()
        async throws
    {
        try await withBot { house, customer in
            let li = try await house.clerk("Li", presence: .offline, isAtDesk: false)
            _ = try await house.owner.put("/api/takeover-rules", rules([li]))
            let patient = try await house.customer()
            for waiting in [patient, customer] {
                try await waiting.askForPerson()
                house.clock.advance(by: .seconds(60))
            }
            #expect(try await house.standing(of: customer)?.position == 2)
            let told = try await customer.say("where are you?").number
            #expect(try await li.person.get("/api/cases")["pages.0.id"] == nil)
            for client in ["b", "b", "c"] { try await customer.say("I lost my card", client: client) }
            #expect(try await house.standing(of: customer)?.position == 1)
            let paged = try await li.person.get("/api/cases")
            #expect(paged["pages.0.topic"] == "Loss" && paged["pages.1.id"] == nil)
            let urgent = try await li.open(customer).entries.filter { $0.detail?.reason == "urgent" }
            #expect(urgent.map(\.detail?.topic) == ["Loss"] && urgent[0].number > told)
        }
    }

    @Test func `while the calendar says open and nobody has come, an answer is promised as at night`() async throws {
        try await withBot { house, customer in
            try await office(house)
            try await customer.askForPerson()
            #expect(try await customer.visit().entries.last?.text?.contains("within 60 minutes") == true)
            let li = try await house.clerk("Li", presence: .busy)
            #expect(try await li.person.get("/api/cases")["nextShift.0.conversation"] == "\(customer.conversation)")
            let next = try await house.customer()
            try await next.askForPerson()
            #expect(try await next.visit().entries.allSatisfy { $0.kind != .message })
        }
    }

    @Test func `outside of hours a promise with its time is made once, and kept for the next shift`() async throws {
        try await withBot { house, customer in
            try await closed(house)
            house.bot.decides { _ in .handOff(.unknown, text: "I don't know that.") }
            try await customer.say("hm?")
            try await eventually { try await house.owner(of: customer) == .queue }
            let words = try await customer.visit().entries.compactMap(\.text)
            #expect(words.last?.contains("Tuesday 3 March, 10:00") == true)
            let li = try await house.clerk("Li", presence: .offline, isAtDesk: false)
            let cases = try await li.person.get("/api/cases")
            #expect(cases["nextShift.0.conversation"] == "\(customer.conversation)")
            // Monday 10:00 to Tuesday 9:00, and an hour to answer.
            #expect(cases["nextShift.0.dueAt"] == "\((house.clock.now + .seconds(24 * 3_600)).milliseconds)")
            try await li.sitDown()
            try await li.choose(.online)
            #expect(try await house.owner(of: customer) == .agent(li.id))
            #expect(try await li.person.get("/api/cases")["nextShift.0.conversation"] == nil)
        }
    }

    @Test func `an answer leaves only when it is approved, in the colleague's words if they change it`() async throws {
        try await withBot { house, customer in
            let li = try await house.clerk("Li", presence: .offline, isAtDesk: false)
            house.bot.decides { _ in .approve(.returns, topic: "Money", text: "A colleague checks it.") }
            try await customer.say("may I invest it all?")
            try await house.botIsDone(with: customer)
            #expect(try await customer.visit().entries.compactMap(\.text).last == "A colleague checks it.")
            let waiting = try await li.person.get("/api/cases")
            #expect(waiting["approvals.0.question"] == "may I invest it all?" && waiting["approvals.0.text"] == "Thirty days.")
            let path = "/api/approvals/\(waiting["approvals.0.id"]!)/decision"
            _ = try await li.person.post(path, #"{"decision":"approve","text":"Thirty-one days."}"#)
            let said = try await customer.visit().entries.last
            #expect(said?.text == "Thirty-one days." && said?.author.kind == .bot && said?.answer?.title == "Returns")
            #expect(house.bot.counted == [.returns])
            await #expect(throws: Refusal(.conflict, "approval.decided")) {
                try await li.person.post(path, #"{"decision":"approve"}"#)
            }
        }
    }

    @Test func `a rejected answer is never said, and one that nobody looked at in time goes to a person`() async throws {
        try await withBot { house, customer in
            let li = try await house.clerk("Li", presence: .offline, isAtDesk: false)
            house.bot.decides { _ in .approve(.returns, topic: "Money", text: "A colleague checks it.") }
            try await customer.say("may I?")
            try await house.botIsDone(with: customer)
            let id = try await li.person.get("/api/cases")["approvals.0.id"]!
            _ = try await li.person.post("/api/approvals/\(id)/decision", #"{"decision":"reject"}"#)
            #expect(try await house.owner(of: customer) == .queue)
            let late = try await house.customer()
            try await late.say("may I?")
            try await house.botIsDone(with: late)
            house.clock.advance(by: .seconds(600))
            try await timers(of: house).look()
            #expect(try await house.owner(of: late) == .queue)
            for one in [customer, late] {
                #expect(try await !one.visit().entries.contains { $0.text == "Thirty days." })
                #expect(try await li.open(one).entries.contains { $0.detail?.reason == "approval" })
            }
        }
    }

    @Test func `an approval that comes after a person took over is refused`() async throws {
        try await withBot { house, customer in
            let (li, wang) = (try await house.clerk("Li"), try await house.clerk("Wang"))
            house.bot.decides { _ in .approve(.returns, topic: "Money", text: "A colleague checks it.") }
            try await customer.say("may I?")
            try await house.botIsDone(with: customer)
            let id = try await li.person.get("/api/cases")["approvals.0.id"]!
            try await wang.take(customer)
            #expect(try await wang.person.get("/api/cases")["approvals.0.id"] == nil)
            await #expect(throws: Refusal(.conflict, "epoch.stale")) {
                try await wang.person.post("/api/approvals/\(id)/decision", #"{"decision":"approve"}"#)
            }
            #expect(try await !customer.visit().entries.contains { $0.text == "Thirty days." })
        }
    }

    @Test func `rules are kept, and what cannot be followed is refused`() async throws {
        try await TestHouse.run { house in
            #expect(try await house.owner.get("/api/takeover-rules")["topics.0.kind"] == "urgent")
            let li = try await house.clerk("Li")
            _ = try await house.owner.put("/api/takeover-rules", rules([li], passOnAfter: 7))
            let kept = try await house.owner.get("/api/takeover-rules")
            #expect(kept["passOnAfter"] == "7" && kept["rota.0.agents.0"] == "\(li.id)" && kept["topics.1.name"] == nil)
            await #expect(throws: Refusal(.invalid, "takeover.minutes", detail: "1 to 1440")) {
                try await house.owner.put("/api/takeover-rules", rules([li], passOnAfter: 0))
            }
            await #expect(throws: Refusal(.invalid, "agent.unknown")) {
                let stranger =
                    #"{"topics":[],"rota":[{"name":"x","agents":["1"]}],"passOnAfter":5,"approveWithin":5,"answerWithin":5}"#
                return try await house.owner.put("/api/takeover-rules", stranger)
            }
        }
    }

    @Test func `words are found as people write them`() {
        let rules = TakeoverRules(topics: [
            Topic("Card", .urgent, words: ["lost my card", "挂失"], exceptions: ["挂失手续费"]),
            Topic("Yield", .forbidden, words: ["保本"]),
        ])
        #expect(rules.topic(of: "I've LOST  my card!!", .urgent)?.name == "Card")
        #expect(rules.topic(of: "我要挂  失一张卡", .urgent)?.name == "Card")
        #expect(rules.topic(of: "挂失手续费多少", .urgent) == nil)
        #expect(rules.topic(of: "lost my cardigan", .urgent) == nil)
        #expect(rules.topic(of: "这个保本吗", .urgent, .forbidden)?.name == "Yield")
    }
}

extension Sequence {
    fileprivate func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
        var mapped: [T] = []
        for element in self { mapped.append(try await transform(element)) }
        return mapped
    }
}
