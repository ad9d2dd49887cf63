import Basics
import NIOCore
import Support
import Synchronization
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1))) struct SocketTests {
    private func withGuest<Result: Sendable>(
        _ server: WebServer = kitchen(gate: KitchenGate()),
        _ use: @escaping @Sendable (inout RawClient.Connection) async throws -> Result
    ) async throws -> Result {
        try await withServer(server) { port in try await RawClient.dial(port) { try await use(&$0) } }
    }

    @Test func `the upgrade is answered as the standard's example is, also late on a connection`() async throws {
        try await withGuest { guest in
            try await guest.send("GET /api/dishes/7 HTTP/1.1\r\nHost: shop.example\r\n\r\n")
            #expect(try await guest.answer().status == 200)
            let answer = try await guest.upgrade()
            #expect(answer.status == 101)
            #expect(answer.headers["sec-websocket-accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
            #expect(answer.headers["content-length"] == nil)
        }
    }

    @Test func `commands are answered in order with the request's fields on top`() async throws {
        try await withGuest { guest in
            #expect(try await guest.enter() == #"{"type":"welcome","name":"cook"}"#)
            try await guest.say(#"{"type":"cook","ref":"a","title":"soup","parts":[]}"#)
            try await guest.say(#"{"type":"cook","ref":"b","title":"rice","parts":[],"price":3}"#)
            try await guest.say(#"{"type":"serve","ref":"c","dish":"7","title":"tea"}"#)
            try await guest.say(#"{"type":"burn","ref":"d"}"#)
            #expect(try await guest.hear() == #"{"type":"done","ref":"a","title":"soup","parts":[]}"#)
            #expect(try await guest.hear() == #"{"type":"refused","ref":"b","code":"field.unknown","detail":"price"}"#)
            #expect(try await guest.hear() == #"{"type":"done","ref":"c","title":"tea","parts":[]}"#)
            #expect(try await guest.hear() == #"{"type":"refused","ref":"d","code":"command.unknown"}"#)
        }
    }

    @Test func `routes of one name are told apart by who may use them`() async throws {
        try await withGuest { guest in
            _ = try await guest.enter()
            try await guest.say(#"{"type":"taste","ref":"a"}"#)
            #expect(try await guest.hear() == #"{"type":"done","ref":"a","title":"cook's","parts":[]}"#)
        }
    }

    @Test func `whoever asks too often over a live connection is refused, told which, and lives on`() async throws {
        try await withGuest { guest in
            _ = try await guest.enter()
            for ref in 1...3 { try await guest.say(#"{"type":"ring","ref":"\#(ref)"}"#) }
            for ref in 1...2 { #expect(try await guest.hear() == #"{"type":"done","ref":"\#(ref)"}"#) }
            let refusal = try await guest.hear()
            #expect((1...61).map { #"{"type":"refused","ref":"3","code":"rate.limited","retryAfter":\#($0)}"# }.contains(refusal))
            try await guest.say(#"{"type":"serve","ref":"4","dish":"7"}"#)
            #expect(try await guest.hear().hasPrefix(#"{"type":"done","ref":"4""#))
        }
    }

    @Test func `an outage that passes says over a live connection when to try again`() async throws {
        try await withGuest { guest in
            _ = try await guest.enter()
            try await guest.say(#"{"type":"bake","ref":"a"}"#)
            #expect(try await guest.hear() == #"{"type":"refused","ref":"a","code":"oven.cold","retryAfter":5}"#)
        }
    }

    @Test func `bad texts are refused and the connection lives on`() async throws {
        try await withGuest { guest in
            _ = try await guest.enter()
            for text in ["{", "[]", #"{"ref":"a"}"#, #"{"type":7}"#] {
                try await guest.say(text)
                #expect(try await guest.hear() == #"{"type":"refused","code":"frame.malformed"}"#)
            }
            try await guest.say(#"{"type":"ping"}"#)
            #expect(try await guest.hear() == #"{"type":"pong"}"#)
        }
    }

    @Test func `the first text must be hello, and a refused hello ends`() async throws {
        try await withGuest { guest in
            #expect(try await guest.upgrade().status == 101)
            try await guest.say(#"{"type":"cook","ref":"a"}"#)
            #expect(try await guest.hear() == #"{"type":"refused","code":"hello.expected"}"#)
            #expect(try await guest.closeCode() == 4001)
        }
        try await withGuest { guest in
            let refusal = try await guest.enter(token: "thief")
            #expect(refusal == #"{"type":"refused","code":"token.invalid"}"#)
            #expect(try await guest.closeCode() == 4001)
        }
    }

    enum Fault: CaseIterable {
        case binary, unmasked, reserved, badText, tooLarge, tooLargeInPieces, strayContinuation, textWithinText, longPing,
            brokenPing, unknownOpcode

        var code: Int {
            switch self {
            case .binary: 1003
            case .badText: 1007
            case .tooLarge, .tooLargeInPieces: 1009
            default: 1002
            }
        }

        func commit(_ guest: RawClient.Connection) async throws {
            let piece = [UInt8](repeating: 0x20, count: 40_000)
            switch self {
            case .binary: try await guest.frame(2, [1])
            case .unmasked: try await guest.frame(1, Array("{}".utf8), masked: false)
            case .reserved: try await guest.frame(1, Array("{}".utf8), reserved: 0x40)
            case .badText: try await guest.frame(1, Array(#"{"type":""#.utf8) + [0xC3, 0x28])
            case .tooLarge: try await guest.frame(1, [UInt8](repeating: 0x20, count: 65_537))
            case .tooLargeInPieces:
                try await guest.frame(1, piece, fin: false)
                try await guest.frame(0, piece)
            case .strayContinuation: try await guest.frame(0, Array("{}".utf8))
            case .textWithinText:
                try await guest.frame(1, Array("{".utf8), fin: false)
                try await guest.frame(1, Array("}".utf8))
            case .longPing: try await guest.frame(9, [UInt8](repeating: 1, count: 126))
            case .brokenPing: try await guest.frame(9, [1], fin: false)
            case .unknownOpcode: try await guest.frame(5, [1])
            }
        }
    }

    @Test(arguments: Fault.allCases)
    func `faults in the framing end with their code`(fault: Fault) async throws {
        try await withGuest { guest in
            _ = try await guest.enter()
            try await fault.commit(guest)
            #expect(try await guest.closeCode() == fault.code)
        }
    }

    @Test func `pieces make one text, a ping may come between`() async throws {
        try await withGuest { guest in
            _ = try await guest.enter()
            try await guest.frame(1, Array(#"{"type":"cook","title":"麻"#.utf8.dropLast()), fin: false)
            try await guest.frame(9, [1, 2, 3])
            try await guest.frame(0, Array("麻".utf8.suffix(1)) + Array(#"","ref":"a","parts":[]}"#.utf8))
            let pong = try await guest.next()
            #expect(pong.opcode == 10)
            #expect(pong.payload == [1, 2, 3])
            #expect(try await guest.hear() == #"{"type":"done","ref":"a","title":"麻","parts":[]}"#)
        }
    }

    @Test func `a goodbye is answered, and the gate hears of it once`() async throws {
        let gate = KitchenGate()
        try await withGuest(kitchen(gate: gate)) { guest in
            _ = try await guest.enter()
            try await guest.frame(8, [3, 232])
            #expect(try await guest.closeCode() == 1000)
            _ = try await guest.rest()
        }
        #expect(gate.left.load(ordering: .relaxed) == 1)
    }

    @Test(arguments: [
        (["Origin": "http://shop.example"], 101), (["Origin": "https://friend.example"], 101),
        (["Origin": "https://foe.example"], 403),
        ([:], 101), (["Sec-WebSocket-Version": "8"], 400),
    ])
    func `pages of other sites need leave`(headers: [String: String], status: Int) async throws {
        try await withGuest { guest in
            let answer = try await guest.upgrade(headers: headers)
            #expect(answer.status == status)
        }
    }

    @Test func `a plain request for a socket is told to upgrade`() async throws {
        try await withServer(kitchen(gate: KitchenGate())) { port in
            let answer = try await ask(port, "GET", "/api/socket")
            #expect(answer.status == 426)
            #expect(answer.headers["upgrade"] == "websocket")
        }
    }

    @Test func `a cookie opens no connection from another site`() async throws {
        try await withGuest { guest in
            #expect(try await guest.upgrade(headers: ["Cookie": "apron=cook", "Origin": "http://shop.example"]).status == 101)
            try await guest.say(#"{"type":"hello"}"#)
            #expect(try await guest.hear() == #"{"type":"welcome","name":"cook"}"#)
        }
        try await withGuest { guest in
            #expect(try await guest.upgrade(headers: ["Cookie": "apron=cook", "Origin": "https://friend.example"]).status == 101)
            try await guest.say(#"{"type":"hello"}"#)
            #expect(try await guest.closeCode() == 4001)
        }
    }

    @Test func `silence before hello ends`() async throws {
        try await TurnedServer.run(kitchen(gate: KitchenGate())) { server in
            try await RawClient.dial(server.port) { guest in
                try await guest.open()
                try await server.pass(seconds: 10)
                #expect(try await guest.closeCode() == 4002)
            }
        }
    }

    @Test func `whoever is silent for 20 seconds is asked, and cut when no answer comes within 5`() async throws {
        let gate = KitchenGate()
        try await TurnedServer.run(kitchen(gate: gate)) { server in
            try await RawClient.dial(server.port) { guest in
                _ = try await guest.enter()
                for _ in 1...2 {
                    try await server.pass(seconds: 20)
                    #expect(try await guest.hear() == #"{"type":"ping"}"#)
                    try await guest.say(#"{"type":"pong"}"#)
                    // Whoever is answered has been heard.
                    try await guest.say(#"{"type":"ping"}"#)
                    #expect(try await guest.hear() == #"{"type":"pong"}"#)
                }
                try await server.pass(seconds: 24)
                #expect(try await guest.hear() == #"{"type":"ping"}"#)
                #expect(gate.left.load(ordering: .relaxed) == 0)
                try await server.pass(seconds: 1)
                #expect(try await guest.closeCode() == 4002)
                #expect(gate.left.load(ordering: .relaxed) == 1)
            }
        }
    }

    @Test func `a reader too slow for its queue is told to resume`() async throws {
        let gate = KitchenGate()
        try await withGuest(kitchen(gate: gate)) { guest in
            _ = try await guest.enter()
            let frame = Frame(Array("\"\(String(repeating: "x", count: 100_000))\"".utf8))
            for _ in 1...200 { gate.links.withLock { $0.first }?.send(frame) }
            #expect(try await guest.closeCode() == 4000)
        }
    }

    @Test func `whoever stops reading for good is cut`() async throws {
        let (gate, metrics) = (KitchenGate(), Metrics())
        var timing = Live.Timing()
        // Only the full queue can end it in time.
        (timing.silence, timing.goodbye) = (3_600, 1)
        try await withGuest(kitchen(gate: gate, timing: timing, metrics: metrics)) { guest in
            _ = try await guest.enter()
            #expect(metrics.text.contains("live_connections 1"))
            let frame = Frame(Array("\"\(String(repeating: "x", count: 100_000))\"".utf8))
            for _ in 1...200 { gate.links.withLock { $0.first }?.send(frame) }
            try await eventually { metrics.text.contains("live_connections 0") }
            #expect(gate.left.load(ordering: .relaxed) == 1)
        }
    }

    @Test func `more commands than are worked off at once are all answered in order`() async throws {
        try await withGuest { guest in
            _ = try await guest.enter()
            for number in 1...200 { try await guest.say(#"{"type":"cook","ref":"\#(number)","title":"a","parts":[]}"#) }
            for number in 1...200 { #expect(try await guest.hear().contains(#""ref":"\#(number)""#)) }
        }
    }

    @Test func `at the end everybody is told when to come back`() async throws {
        let gate = KitchenGate()
        let server = kitchen(gate: gate)
        let (ports, told) = AsyncStream.makeStream(of: Int.self)
        let serving = Task { try await server.run { told.yield($0) } }
        let port = await ports.first { _ in true }!
        try await RawClient.dial(port) { guest in
            _ = try await guest.enter()
            serving.cancel()
            let goodbye = try await guest.hear()
            #expect(goodbye.hasPrefix(#"{"type":"reconnect","after":"#))
            #expect(try await guest.closeCode() == 1001)
        }
        try await serving.value
    }

    @Test func `a revoked caller is sent away`() async throws {
        let gate = KitchenGate()
        try await withGuest(kitchen(gate: gate)) { guest in
            _ = try await guest.enter()
            gate.links.withLock { $0.first }?.close(.revoked)
            #expect(try await guest.closeCode() == 4003)
        }
    }
}

/// Lets in whoever says `cook`, by token or by cookie.
final class KitchenGate: Gate {
    struct Hello: Codable { let type: String; let token: String? }

    let links = Mutex<[any Link]>([])
    let left = Atomic<Int>(0)

    func enter(_ hello: [UInt8], call: Call, link: any Link) async throws -> (caller: any Caller, welcome: Frame) {
        let hello = try JSON.read(Hello.self, from: hello)
        guard hello.token == "cook" || call.caller != nil else { throw Refusal(.unauthorized, "token.invalid") }
        links.withLock { $0.append(link) }
        return (Cook(), try .fact("welcome", ["name": "cook"]))
    }

    func leave(_ link: any Link) {
        links.withLock { $0.removeAll { $0 === link } }
        left.add(1, ordering: .relaxed)
    }
}
