import Basics
import Foundation
import HTTPTypes
import Organization
import Store
import Support
import Synchronization
import Testing
import Web

@testable import Bot

/// A company's system behind a real socket: what it answers by path, and what it was asked.
private final class CompanySystem: Sendable {
    let asked = Mutex<[(path: String, key: String?, once: String?)]>([])
    let delay = Mutex<Duration>(.zero)

    var routes: [Route] {
        let access = Access.open(because: "a test")
        return [
            Route(.get, "/orders/{order}", access: access, summary: "An order.", gives: ["application/json"]) { call in
                try await self.answer(call)
            },
            Route(.post, "/orders/{order}/returns", access: access, summary: "A return.", gives: ["application/json"]) { call in
                try await self.answer(call)
            },
        ]
    }

    private func answer(_ call: Call) async throws -> Reply {
        let order: String = try call.parameter("order")
        let (key, once) = (call.headers[HTTPField.Name("X-Key")!], call.headers[HTTPField.Name("Idempotency-Key")!])
        asked.withLock { $0.append((order, key, once)) }
        try await Task.sleep(for: delay.withLock { $0 })
        switch order {
        case "A1", "11100000001": return Reply(headers: [.contentType: "application/json"], .bytes(Array(Self.order.utf8)))
        case "RUBBISH": return Reply(.ok, .bytes(Array("<html>".utf8)))
        case "BROKEN": return Reply(.internalServerError)
        default: return Reply(.notFound)
        }
    }

    static let order =
        #"{"data":{"orders":[{"status":"sent","total":12.5,"open":true,"none":null}],"phone":"138 0000 0001","number":"RT9"}}"#

    var count: Int { asked.withLock { $0.count } }
}

@Suite(.timeLimit(.minutes(1))) struct `look-ups in the company's own systems` {
    private static let workspace = ID<Workspace>(rawValue: 1)

    private struct Bench: Sendable {
        let system: CompanySystem
        let connectors: Connectors
        let clock: VirtualClock
        let database: any Database
        let home: String

        func set(_ name: String, _ extra: String = "", path: String = "/orders/{order}", method: String = "GET") async throws {
            let json = """
                {"name":"\(name)","method":"\(method)","url":"\(home)\(path)","header":"X-Key","secret":"open-sesame",
                "fields":{"status":"data.orders[0].status","total":"data.orders[0].total","phone":"data.phone","gone":"data.orders[7].x"}\(extra)}
                """
            try await connectors.adopt(Array(json.utf8), in: workspace)
        }

        func ask(_ name: String, _ values: [String: String], visitor: String? = nil, changes: Bool = false) async -> LookUpResult
        {
            await connectors.ask(name, values, for: LookUpCaller(visitor: visitor, once: "s1-7"), changes: changes, in: workspace)
        }
    }

    private func run(allowsInside: Bool = true, _ body: (Bench) async throws -> Void) async throws {
        let system = CompanySystem()
        try await withDatabase(FlowStore.migrations) { database in
            try await TestServer.run(system.routes) { server in
                let clock = VirtualClock()
                let connectors = Connectors(
                    database: database, surroundings: .fixed(clock), sealer: Sealer(key: Array(0..<32)),
                    dial: { Egress(allowsInside: allowsInside, timeout: $1) })
                try await body(
                    Bench(system: system, connectors: connectors, clock: clock, database: database, home: server.url("")))
            }
        }
    }

    @Test func `fields are read by their paths, with a secret that is sealed at rest`() async throws {
        try await run { bench in
            try await bench.set("orders")
            let result = await bench.ask("orders", ["order": "A1"])
            #expect(result == .found(["status": "sent", "total": "12.5", "phone": "138 0000 0001"]))
            #expect(bench.system.asked.withLock { $0.first?.key } == "open-sesame")
            let stored = try await bench.database.read { try $0.value("SELECT secret FROM connector", as: String.self) }
            #expect(stored?.hasPrefix("v1.") == true)
            #expect(stored?.contains("sesame") == false)
        }
    }

    @Test func `what fails says how`() async throws {
        try await run { bench in
            try await bench.set("orders", #","timeoutMs":300"#)
            #expect(await bench.ask("orders", ["order": "B2"]) == .missing)
            #expect(await bench.ask("orders", ["order": "BROKEN"]) == .failed("status 500"))
            #expect(await bench.ask("orders", ["order": "RUBBISH"]) == .failed("not JSON"))
            #expect(await bench.ask("nothing", [:]) == .failed("no connector 'nothing'"))
            bench.system.delay.withLock { $0 = .seconds(3) }
            #expect(await bench.ask("orders", ["order": "A1"]) == .failed("no answer in time"))
        }
    }

    @Test func `addresses inside the house are refused unless allowed`() async throws {
        try await run(allowsInside: false) { bench in
            try await bench.set("orders")
            #expect(
                await bench.ask("orders", ["order": "A1"])
                    == .failed("the address is inside the house: --egress-inside allows it"))
            #expect(bench.system.count == 0)
        }
    }

    @Test func `no value becomes a part of the address, and no host comes from a value`() async throws {
        try await run { bench in
            try await bench.set("orders")
            _ = await bench.ask("orders", ["order": "../admin?x=1#"])
            #expect(bench.system.asked.withLock { $0.map(\.path) } == ["../admin?x=1#"])
            await #expect(
                throws: Refusal(.invalid, "connector.url", detail: "http or https, with a host that no value can change")
            ) {
                try await bench.connectors.adopt(
                    Array(#"{"name":"x","url":"http://{order}/","fields":{}}"#.utf8), in: Self.workspace)
            }
        }
    }

    @Test func `personal data is shown to whoever proves it is theirs`() async throws {
        try await run { bench in
            try await bench.set("mine", #","proof":"signed""#)
            #expect(await bench.ask("mine", ["order": "A1"]) == .unproved)
            #expect(bench.system.count == 0)
            guard case .found = await bench.ask("mine", ["order": "A1"], visitor: "u-7") else {
                Issue.record("not found")
                return
            }
            try await bench.set("matched", #","proof":"matching","proofValue":"phone","proofField":"phone""#)
            #expect(await bench.ask("matched", ["order": "A1", "phone": "13900000009"]) == .unproved)
            #expect(await bench.ask("matched", ["order": "A1"]) == .unproved)
            guard case .found = await bench.ask("matched", ["order": "A1", "phone": "13800000001"]) else {
                Issue.record("not found")
                return
            }
        }
    }

    @Test func `an answer is used again for a while, by the same visitor only`() async throws {
        try await run { bench in
            try await bench.set("orders", #","cacheSeconds":60"#)
            for _ in 1...3 { _ = await bench.ask("orders", ["order": "A1"], visitor: "u-7") }
            #expect(bench.system.count == 1)
            _ = await bench.ask("orders", ["order": "A1"], visitor: "u-8")
            #expect(bench.system.count == 2)
            bench.clock.advance(by: .seconds(61))
            _ = await bench.ask("orders", ["order": "A1"], visitor: "u-7")
            #expect(bench.system.count == 3)
        }
    }

    @Test func `a change carries a key that makes it happen once, and a look-up cannot change`() async throws {
        try await run { bench in
            try await bench.set("back", path: "/orders/{order}/returns", method: "POST")
            #expect(await bench.ask("back", ["order": "A1"]) == .failed("'back' uses POST"))
            #expect(bench.system.count == 0)
            guard case .found = await bench.ask("back", ["order": "A1"], changes: true) else {
                Issue.record("not done")
                return
            }
            #expect(bench.system.asked.withLock { $0.first?.once } == "s1-7")
        }
    }
}
