import Basics
import Bus
import Channels
import Organization
import Routing
import Store
import Support
import Testing
import Web

@testable import Conversations

@Suite(.timeLimit(.minutes(1))) struct LiveGateTests {
    @Test func `a visitor who comes back is given what was missed, and hears what follows`() async throws {
        try await TestHouse.run(isAlive: true) { house in
            let customer = try await house.customer()
            for text in ["one", "two", "three"] { try await customer.say(text) }
            let client = try await LiveClient.enter(
                customer.visitor, at: house, hello: #"{"type":"hello","as":"visitor","since":3}"#)
            let welcome = try JSON.read(Visits.Welcome.self, from: client.heard[0], ignoresUnknown: true)
            #expect(welcome.entries.map(\.text) == ["two", "three"])
            #expect(!welcome.more)
            try await customer.say("four")
            #expect(client.heard(EntryAdded.self).map(\.entry.text) == ["four"])
        }
    }

    @Test func `a visitor is told nothing of the staff's`() async throws {
        try await TestHouse.run(isAlive: true) { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            let client = try await LiveClient.enter(customer.visitor, at: house)
            try await customer.say("hello")
            try await chen.note("a difficult one", on: customer)
            try await chen.close(customer, category: "Complaint", note: "difficult")
            let text = client.heard.map { String(decoding: $0, as: UTF8.self) }.joined()
            #expect(!text.contains("difficult") && !text.contains("Complaint"))
        }
    }

    @Test func `a customer's new name reaches the desks that may see the open conversation, and no other`() async throws {
        try await TestHouse.run(isAlive: true) { house in
            let chen = try await house.clerk("Chen")
            let (wu, boss) = (
                try await house.clerk("Wu", presence: .busy), try await house.clerk("Boss", as: .supervisor, presence: .busy)
            )
            let customer = try await house.customer()
            try await customer.say("hello")
            #expect(try await house.owner(of: customer) == .agent(chen.id))
            let desks = [
                try await LiveClient.enter(chen.staff, at: house), try await LiveClient.enter(wu.staff, at: house),
                try await LiveClient.enter(boss.staff, at: house),
            ]
            _ = try await chen.person.put("/api/contacts/\(customer.visitor.contact)", #"{"name":"王芳"}"#)
            func knows(_ desk: LiveClient) -> Bool { desk.heard(RowChanged.self).contains { $0.row.contact.name == "王芳" } }
            try await soon { knows(desks[0]) && knows(desks[2]) }
            #expect(desks.map(knows) == [true, false, true])
        }
    }

    @Test func `a visitor cannot enter as a desk, nor a desk as a visitor`() async throws {
        try await TestHouse.run { house in
            let (customer, chen) = (try await house.customer(), try await house.clerk("Chen"))
            await #expect(throws: Refusal(.unauthorized, "hello.token")) {
                try await LiveClient.enter(customer.visitor, at: house, hello: #"{"type":"hello","as":"desk"}"#)
            }
            await #expect(throws: Refusal(.unauthorized, "hello.token")) {
                try await LiveClient.enter(chen.staff, at: house, hello: #"{"type":"hello","as":"visitor"}"#)
            }
        }
    }

    @Test func `a desk's welcome tells who one is, who is there and what waits`() async throws {
        try await TestHouse.run { house in
            let repairs = try await house.team("Repairs")
            let chen = try await house.clerk("Chen", presence: .busy, teams: [repairs])
            try await house.customer().say("hello")
            let client = try await LiveClient.enter(chen.staff, at: house)
            let welcome = try #require(client.heard(DeskWelcome.self).first)
            #expect(welcome.me.id == chen.id && welcome.me.presence == .busy)
            #expect(welcome.me.permissions.contains("desk.use"))
            #expect(welcome.workspace.categories == ["Question"])
            #expect(welcome.agents.map(\.name) == ["Lin Yue", "Chen"])
            #expect(welcome.teams.map(\.members) == [[chen.id]])
            #expect(welcome.counts == Inbox.Counts(mine: 0, queue: 1, bot: 0, closed: 0))
        }
    }

    @Test func `an agent is there while any of their desks is`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen", isAtDesk: false)
            func isThere() async throws -> Bool {
                let colleagues = try await house.database.read {
                    try house.routing.dispatching.colleagues(in: chen.staff.workspace, $0)
                }
                return colleagues.first { $0.id == chen.id }?.presence == .online
            }
            let first = try await LiveClient.enter(chen.staff, at: house)
            let second = try await LiveClient.enter(chen.staff, at: house)
            first.leave()
            try await eventually { house.bus.told("agents").count == 3 }
            #expect(try await isThere())
            second.leave()
            try await eventually { try await !isThere() }
        }
    }

    @Test func `a desk that could not be welcomed leaves nobody behind`() async throws {
        try await TestHouse.run { house in
            let ghost = Staff(
                agent: ID(rawValue: 77), workspace: house.company.workspace.id, name: "Ghost", role: .agent, teams: [],
                permissions: ["desk.use"])
            await #expect(throws: Refusal(.unauthorized, "sign-in.required")) { try await LiveClient.enter(ghost, at: house) }
            try await eventually { house.bus.told("agents").count == 2 }
        }
    }

    @Test func `a watched conversation is heard until it is left, one's own always`() async throws {
        try await TestHouse.run(isAlive: true) { house in
            let chen = try await house.clerk("Chen")
            let boss = try await house.clerk("Boss", as: .supervisor, presence: .busy)
            let customer = try await house.customer()
            try await customer.say("hello")
            let (own, watcher) = (
                try await LiveClient.enter(chen.staff, at: house), try await LiveClient.enter(boss.staff, at: house)
            )
            try await customer.say("one")
            _ = try await watcher.open(customer)
            try await customer.say("two")
            for client in [own, watcher] {
                _ = try await client.ask(#"{"type":"leave","conversation":"\#(customer.conversation)"}"#)
            }
            try await customer.say("three")
            #expect(own.heard(EntryAdded.self).compactMap(\.entry.text) == ["one", "two", "three"])
            #expect(watcher.heard(EntryAdded.self).compactMap(\.entry.text) == ["two"])
        }
    }

    @Test func `what nobody listens to any more is not listened to`() async throws {
        try await TestHouse.run { house in
            let customer = try await house.customer()
            let clients = [
                try await LiveClient.enter(customer.visitor, at: house), try await LiveClient.enter(customer.visitor, at: house),
            ]
            clients[0].leave()
            #expect(house.bus.hasListener(of: "c.\(customer.conversation)"))
            clients[1].leave()
            #expect(!house.bus.hasListener(of: "c.\(customer.conversation)"))
        }
    }
}
