import Basics
import Support
import Synchronization
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1))) struct PollTests {
    struct Opened: Decodable { let poll: String; let frames: [Welcome] }
    struct Welcome: Decodable { let type: String; let name: String? }
    struct Fetched: Decodable { let frames: [Welcome]; let next: Int }

    private func open(_ port: Int) async throws -> String {
        let answer = try await ask(port, "POST", "/api/polls", #"{"type":"hello","token":"cook"}"#)
        let opened = try JSON.read(Opened.self, from: answer.body)
        #expect(opened.frames.map(\.type) == ["welcome"])
        return opened.poll
    }

    private func fetch(_ port: Int, _ poll: String, after: Int) async throws -> Fetched {
        try JSON.read(Fetched.self, from: try await ask(port, "GET", "/api/polls/\(poll)?after=\(after)").body)
    }

    @Test func `frames are numbered, fetched again with the same number and forgotten with a higher one`() async throws {
        let gate = KitchenGate()
        try await withServer(kitchen(gate: gate)) { port in
            let poll = try await open(port)
            for name in ["a", "b"] { gate.links.withLock { $0[0] }.send(try .fact("bell", ["name": name])) }
            for _ in 1...2 {
                let fetched = try await fetch(port, poll, after: 0)
                #expect(fetched.frames.map(\.name) == ["a", "b"])
                #expect(fetched.next == 2)
            }
            let rest = try await fetch(port, poll, after: 1)
            #expect(rest.frames.map(\.name) == ["b"])
        }
    }

    @Test func `whoever asks early waits until something happens`() async throws {
        let gate = KitchenGate()
        try await withServer(kitchen(gate: gate)) { port in
            let poll = try await open(port)
            async let fetched = fetch(port, poll, after: 0)
            // A second request of the same client sends the first one home, which shows that it was waiting.
            async let again = fetch(port, poll, after: 0)
            let link = gate.links.withLock { $0[0] }
            link.send(try .fact("bell", ["name": "a"]))
            let both = try await [fetched, again]
            #expect(both.contains { $0.frames.map(\.name) == ["a"] })
        }
    }

    @Test func `a command is answered, also a wrong one`() async throws {
        try await withServer(kitchen(gate: KitchenGate())) { port in
            let poll = try await open(port)
            let done = try await ask(
                port, "POST", "/api/polls/\(poll)/frames", #"{"type":"cook","ref":"a","title":"soup","parts":[]}"#)
            #expect(done.text == #"{"type":"done","ref":"a","title":"soup","parts":[]}"#)
            let refused = try await ask(port, "POST", "/api/polls/\(poll)/frames", #"{"type":"burn","ref":"b"}"#)
            #expect(refused.text == #"{"type":"refused","ref":"b","code":"command.unknown"}"#)
            let malformed = try await ask(port, "POST", "/api/polls/\(poll)/frames", "{")
            #expect(malformed.code == "json.malformed")
        }
    }

    @Test func `wrong hellos and unknown mailboxes are refused`() async throws {
        try await withServer(kitchen(gate: KitchenGate())) { port in
            let thief = try await ask(port, "POST", "/api/polls", #"{"type":"hello","token":"thief"}"#)
            #expect((thief.status, thief.code) == (401, "token.invalid"))
            let lost = try await ask(port, "GET", "/api/polls/0123?after=0")
            #expect((lost.status, lost.code) == (404, "poll.unknown"))
        }
    }

    @Test func `a closed mailbox is gone and the gate hears of it`() async throws {
        let gate = KitchenGate()
        try await withServer(kitchen(gate: gate)) { port in
            let poll = try await open(port)
            async let waiting = fetch(port, poll, after: 0)
            gate.links.withLock { $0[0] }.close(.revoked)
            #expect(try await waiting.frames.isEmpty)
            try await eventually { try await ask(port, "GET", "/api/polls/\(poll)?after=0").status == 404 }
            try await eventually { gate.left.load(ordering: .relaxed) == 1 }
        }
    }

    @Test func `a mailbox that closes is kept until its owner has come for the last frames`() async throws {
        let gate = KitchenGate()
        try await withServer(kitchen(gate: gate)) { port in
            let poll = try await open(port)
            let link = gate.links.withLock { $0[0] }
            link.send(try .fact("bell", ["name": "last"]))
            link.close(.goingAway)
            try await eventually { gate.left.load(ordering: .relaxed) == 1 }
            let late = try await ask(port, "POST", "/api/polls/\(poll)/frames", #"{"type":"cook","ref":"a"}"#)
            #expect((late.status, late.code) == (404, "poll.unknown"))
            #expect(try await fetch(port, poll, after: 0).frames.map(\.name) == ["last"])
            #expect(try await ask(port, "GET", "/api/polls/\(poll)?after=0").status == 404)
        }
    }

    @Test func `a mailbox that nobody empties is closed beyond a quarter of a mebibyte, and holds nothing more`() async throws {
        let gate = KitchenGate()
        try await withServer(kitchen(gate: gate)) { port in
            let poll = try await open(port)
            let link = gate.links.withLock { $0[0] }
            for _ in 1...4 { link.send(try .fact("bell", ["name": String(repeating: "x", count: 64 * 1024)])) }
            #expect(try await fetch(port, poll, after: 0).frames.isEmpty)
            #expect(try await ask(port, "GET", "/api/polls/\(poll)?after=0").status == 404)
        }
    }

    @Test func `mailboxes nobody empties and nobody asks for end`() {
        let now = ContinuousClock.now
        let link = PollLink(number: 1, now: now)
        #expect(!link.isExpired(at: now + .seconds(59)))
        #expect(link.isExpired(at: now + .seconds(60)))
        let frame = Frame([UInt8](repeating: 0x20, count: 100_000))
        for _ in 1...3 { link.send(frame) }
        #expect(link.isClosed)
    }
}
