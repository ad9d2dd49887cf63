import Basics
import Logging
import Organization
import Store
import Support
import Testing

@testable import Channels

/// An API account whose webhook leads to a real server, and the worker that delivers.
private struct DeliveryWorld: Sendable {
    let world: ChannelWorld
    let hook: Hook
    let account: ChannelAccount
    let secret: WebhookSecret

    /// - Parameter works: whether the worker runs from the beginning.
    static func run(works: Bool = true, _ body: @escaping @Sendable (DeliveryWorld) async throws -> Void) async throws {
        try await Hook.run { hook, url in
            try await ChannelWorld.run { world in
                let id = try await world.connect(#"{"kind":"api","name":"App","webhookURL":"\#(url)"}"#)["id"]!
                let secret = WebhookSecret(try await world.secret(of: id, "webhook"))!
                let account = try await world.channels.accounts.account(ID(id)!)!
                let delivery = DeliveryWorld(world: world, hook: hook, account: account, secret: secret)
                try await delivery.working(works) { try await body(delivery) }
            }
        }
    }

    /// Runs the worker for as long as the body takes.
    func working(_ works: Bool = true, _ body: @escaping @Sendable () async throws -> Void) async throws {
        let deliveries = world.channels.deliveries(through: InsideSender())
        try await withThrowingTaskGroup(of: Void.self) { group in
            if works { group.addTask { try? await deliveries.run() } }
            try await body()
            group.cancelAll()
        }
    }

    func send(_ text: String, in conversation: Int64 = 1, number: Int64 = 0) async throws {
        try await world.database.write { [outbox = world.channels.outbox, account, now = world.company.clock.now] in
            try outbox.enqueue(
                Outgoing(
                    conversation: conversation, recipient: "u-\(conversation)", entry: Array(text.asJSON.utf8), number: number,
                    at: now), to: account, in: $0
            )
        }
    }

    var rows: [Delivery] {
        get async throws { try await world.database.read { try Table<Delivery>("delivery").find("1 = 1 ORDER BY id", in: $0) } }
    }

    var texts: [String] { hook.bodies.compactMap { $0.firstMatch(of: /"entry":"([^"]*)"/).map { String($0.1) } } }

    func states(_ states: Delivery.State...) async throws { try await eventually { try await rows.map(\.state) == states } }
    func arrived(_ count: Int) async throws { try await eventually { hook.received.count >= count } }

    /// Lets the longest pause pass.
    func waitLong() {
        world.company.clock.advance(by: .seconds(48 * 3600))
        world.channels.outbox.bell.ring()
    }
}

@Suite(.serialized, .timeLimit(.minutes(1))) struct DeliveryTests {
    @Test func `what is enqueued arrives signed`() async throws {
        try await DeliveryWorld.run { world in
            try await world.send("hello")
            try await world.states(.done)
            let received = try #require(world.hook.received.first)
            let (id, time) = (received.headers["webhook-id"]!, received.headers["webhook-timestamp"]!)
            #expect(
                received.headers["webhook-signature"]
                    == world.secret.signature(id: id, seconds: Int64(time)!, body: Array(received.body.utf8)))
            #expect(Int64(time) == world.world.company.clock.now.milliseconds / 1000)
            #expect(received.headers["content-type"] == "application/json")
            #expect(received.body.contains(#""to":{"id":"u-1"}"#) && received.body.contains(#""conversation":"1""#))
        }
    }

    @Test func `a secret that was replaced signs beside the new one for a day`() async throws {
        try await DeliveryWorld.run { world in
            let newer = try #require(WebhookSecret(try await world.world.secret(of: "\(world.account.id)", "webhook")))
            try await world.send("soon")
            try await world.states(.done)
            world.world.company.clock.advance(by: ChannelSecrets.overlap)
            try await world.send("late")
            try await world.states(.done, .done)
            let signed = world.hook.received.map { received in
                let seconds = Int64(received.headers["webhook-timestamp"]!)!
                return [newer, world.secret].map {
                    $0.signature(id: received.headers["webhook-id"]!, seconds: seconds, body: Array(received.body.utf8))
                }
            }
            #expect(world.hook.received[0].headers["webhook-signature"] == signed[0].joined(separator: " "))
            #expect(world.hook.received[1].headers["webhook-signature"] == signed[1][0])
        }
    }

    @Test func `the entries of a conversation go out in their order, also where ids tell another`() async throws {
        try await DeliveryWorld.run(works: false) { world in
            // Made by a node whose clock is behind.
            for number: Int64 in [3, 1, 2] { try await world.send("\(number)", number: number) }
            try await world.working {
                try await world.states(.done, .done, .done)
                #expect(world.texts == ["1", "2", "3"])
            }
        }
    }

    @Test func `what was undone is not sent`() async throws {
        try await DeliveryWorld.run { world in
            let (outbox, account, now) = (world.world.channels.outbox, world.account, world.world.company.clock.now)
            await #expect(throws: Refusal(.conflict, "undone")) {
                try await world.world.database.write {
                    try outbox.enqueue(
                        Outgoing(conversation: 1, recipient: "u", entry: Array("1".utf8), at: now), to: account, in: $0)
                    throw Refusal(.conflict, "undone")
                }
            }
            try await world.send("after")
            try await world.states(.done)
            #expect(world.texts == ["after"])
        }
    }

    @Test func `what customers fetch themselves is not enqueued`() async throws {
        try await DeliveryWorld.run(works: false) { world in
            let id = try await world.world.connect(#"{"kind":"web","name":"Shop"}"#)["id"]!
            let web = try #require(try await world.world.channels.accounts.account(ID(id)!))
            try await world.world.database.write { [outbox = world.world.channels.outbox, now = world.world.company.clock.now] in
                try outbox.enqueue(Outgoing(conversation: 1, recipient: "u", entry: Array("1".utf8), at: now), to: web, in: $0)
            }
            #expect(try await world.rows.isEmpty)
        }
    }

    @Test(arguments: [500, 404, 301, 429])
    func `what is not accepted comes again with the same id and a fresh signature`(status: Int) async throws {
        try await DeliveryWorld.run { world in
            world.hook.answer(status)
            try await world.send("hello")
            try await eventually { try await world.rows.first?.attempts == 1 }
            let row = try await world.rows[0]
            #expect(row.state == .waiting && row.lastError == "HTTP \(status)" && row.dueAt > world.world.company.clock.now)
            world.world.channels.outbox.bell.ring()
            world.waitLong()
            try await world.states(.done)
            let (first, second) = (world.hook.received[0].headers, world.hook.received[1].headers)
            #expect(first["webhook-id"] == second["webhook-id"] && first["webhook-signature"] != second["webhook-signature"])
        }
    }

    @Test func `what was claimed in a write whose answer was lost is taken up again`() async throws {
        try await DeliveryWorld.run(works: false) { world in
            let (channels, clock) = (world.world.channels, world.world.company.clock)
            try await world.send("hello")
            // The first write of the worker is made at its start, the second claims.
            let deliveries = Deliveries(
                database: Forgetful(world.world.database, write: 2), outbox: channels.outbox, accounts: channels.accounts,
                secrets: channels.secrets, sender: InsideSender(), surroundings: .fixed(clock), logger: .silent)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try? await deliveries.run() }
                try await world.states(.sending)
                try await eventually {
                    channels.outbox.bell.ring()
                    return try await world.rows.map(\.state) == [.done]
                }
                group.cancelAll()
            }
            #expect(world.texts == ["hello"])
        }
    }

    @Test func `nothing comes again before its time`() async throws {
        try await DeliveryWorld.run { world in
            world.hook.answer(500)
            try await world.send("first")
            try await eventually { try await world.rows.first?.attempts == 1 }
            try await world.send("other", in: 2)
            try await world.states(.waiting, .done)
            #expect(world.texts == ["first", "other"])
        }
    }

    @Test func `a conversation keeps its order while others go on`() async throws {
        try await DeliveryWorld.run { world in
            world.hook.answer(500)
            try await world.send("a1")
            try await eventually { try await world.rows.first?.attempts == 1 }
            try await world.send("a2")
            try await world.send("b1", in: 2)
            try await world.states(.waiting, .waiting, .done)
            world.waitLong()
            try await world.states(.done, .done, .done)
            #expect(world.texts == ["a1", "b1", "a1", "a2"])
        }
    }

    @Test func `one of a conversation is on its way at a time`() async throws {
        try await DeliveryWorld.run { world in
            world.hook.hold(true)
            try await world.send("a1")
            try await world.send("a2")
            try await world.send("b1", in: 2)
            try await world.states(.sending, .waiting, .sending)
            try await world.arrived(2)
            #expect(Set(world.texts) == ["a1", "b1"])
            world.hook.hold(false)
            try await world.states(.done, .done, .done)
            #expect(world.texts.last == "a2")
        }
    }

    @Test func `many conversations all arrive, each in its order`() async throws {
        try await DeliveryWorld.run { world in
            world.hook.answer(500, 200, 503, 500)
            for number in 1...10 {
                for conversation in 1...12 { try await world.send("\(conversation).\(number)", in: Int64(conversation)) }
            }
            try await eventually {
                world.waitLong()
                return try await world.rows.allSatisfy { $0.state == .done }
            }
            for conversation in 1...12 {
                let mine = world.texts.filter { $0.hasPrefix("\(conversation).") }
                var once: [String] = []
                for text in mine where once.last != text { once.append(text) }
                #expect(once == (1...10).map { "\(conversation).\($0)" })
            }
        }
    }

    @Test func `after the last attempt it is given up, the next goes on, and a person can replay it`() async throws {
        try await DeliveryWorld.run { world in
            world.hook.answer(500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500)
            try await world.send("poison")
            try await world.send("next")
            for attempt in 1...Backoff.attempts {
                try await eventually { try await world.rows[0].attempts == attempt }
                world.waitLong()
            }
            try await world.states(.dead, .done)
            let server = world.world.server
            let dead = try await server.ask("GET", "/api/deliveries?state=dead", token: "owner")
            #expect(dead["rows.0.lastError"] == "HTTP 500" && dead["rows.0.attempts"] == "15" && dead["rows.1.id"] == nil)
            let replayed = try await server.ask("POST", "/api/deliveries/\(dead["rows.0.id"]!)/replay", token: "owner")
            #expect(replayed.status == 200)
            try await world.states(.done, .done)
            #expect(world.texts.last == "poison")
            #expect(world.hook.received.first?.headers["webhook-id"] == world.hook.received.last?.headers["webhook-id"])
        }
    }

    @Test func `what was on its way when the process ended is sent again with its id`() async throws {
        try await DeliveryWorld.run(works: false) { world in
            try await world.send("hello")
            try await world.world.database.write { try $0.run("UPDATE delivery SET state = 'sending'") }
            let id = try await world.rows[0].webhookId
            try await world.working {
                try await world.states(.done)
                #expect(world.hook.received.map { $0.headers["webhook-id"] } == [id])
            }
        }
    }

    @Test func `what cannot be sent says why and waits`() async throws {
        try await DeliveryWorld.run { world in
            let path = "/api/channels/\(world.account.id)"
            _ = try await world.world.server.ask("PUT", path, #"{"name":"App"}"#, token: "owner")
            try await world.send("hello")
            try await eventually { try await world.rows.first?.lastError == "the channel has no webhook address" }
            let waiting = try await world.world.server.ask("GET", "/api/deliveries?state=waiting", token: "owner")
            #expect(waiting["rows.0.lastError"] == "the channel has no webhook address")
        }
    }

    @Test func `a receiver that is not there costs an attempt`() async throws {
        try await DeliveryWorld.run { world in
            let path = "/api/channels/\(world.account.id)"
            _ = try await world.world.server.ask(
                "PUT", path, #"{"name":"App","webhookURL":"http://127.0.0.1:1/"}"#, token: "owner")
            try await world.send("hello")
            try await eventually { try await world.rows.first?.attempts == 1 }
            #expect(try await world.rows[0].state == .waiting)
        }
    }

    @Test(arguments: [("agent", 403), ("foreign", 404)])
    func `only the company's administrators replay`(bearer: String, status: Int) async throws {
        try await DeliveryWorld.run { world in
            try await world.send("hello")
            try await world.states(.done)
            let id = try await world.rows[0].id
            #expect(try await world.world.server.ask("POST", "/api/deliveries/\(id)/replay", token: bearer).status == status)
            let list = try await world.world.server.ask("GET", "/api/deliveries", token: bearer)
            #expect(list["rows.0.id"] == nil)
            #expect(world.hook.received.count == 1)
        }
    }

    @Test func `what is still on its way cannot be replayed, and the list has pages`() async throws {
        try await DeliveryWorld.run(works: false) { world in
            for text in ["1", "2", "3"] { try await world.send(text) }
            let server = world.world.server
            let first = try await server.ask("GET", "/api/deliveries?limit=2", token: "owner")
            let second = try await server.ask("GET", "/api/deliveries?limit=2&cursor=\(first["next"]!)", token: "owner")
            let ids = try await world.rows.map { "\($0.id)" }
            #expect([first["rows.0.id"], first["rows.1.id"], second["rows.0.id"]] == [ids[2], ids[1], ids[0]])
            #expect(second["next"] == nil && second["rows.1.id"] == nil)
            #expect(try await server.ask("POST", "/api/deliveries/\(ids[0])/replay", token: "owner").code == "delivery.under-way")
            #expect(try await server.ask("GET", "/api/deliveries?state=lost", token: "owner").status == 422)
        }
    }
}
