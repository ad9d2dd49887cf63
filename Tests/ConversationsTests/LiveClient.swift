import Basics
import Conversations
import Organization
import Store
import Support
import Synchronization

@testable import Web

/// A live connection without a network: it hears the frames that were sent to it and asks by commands.
final class LiveClient: Link {
    private struct State {
        var heard: [[UInt8]] = []
        var isClosed = false
    }

    let number: Int
    private let state = Mutex(State())
    private let caller: any Caller
    private let commands: Commands
    private let gate: any Gate

    private static let numbers = Atomic<Int>(1_000)

    private init(_ caller: any Caller, at house: TestHouse, gate: any Gate) {
        number = Self.numbers.add(1, ordering: .relaxed).newValue
        commands = Commands(house.routes, metrics: WebMetrics(Metrics()), logger: .silent)
        (self.caller, self.gate) = (caller, gate)
    }

    /// Says hello; the welcome is the first frame heard.
    static func enter(
        _ caller: any Caller, at house: TestHouse, hello: String = #"{"type":"hello"}"#
    ) async throws -> LiveClient {
        let client = LiveClient(caller, at: house, gate: house.conversations.gate { _ in nil })
        let (_, welcome) = try await client.gate.enter(
            Array(hello.utf8), call: Call(caller: caller, link: client), link: client)
        client.state.withLock { $0.heard.insert(welcome.bytes, at: 0) }
        return client
    }

    func leave() { gate.leave(self) }
    func send(_ frame: Frame) { state.withLock { $0.heard.append(frame.bytes) } }
    func close(_ reason: CloseReason) { state.withLock { $0.isClosed = true } }

    var heard: [[UInt8]] { state.withLock { $0.heard } }

    /// The facts of one kind that were heard so far.
    func heard<Told: Fact>(_ fact: Told.Type) -> [Told] {
        heard.filter { (try? JSON.read(Kind.self, from: $0, ignoresUnknown: true))?.type == Told.name }
            .compactMap { try? JSON.read(Told.self, from: $0, ignoresUnknown: true) }
    }

    /// Asks by a frame such as `{"type":"open","conversation":"7"}` and gives the answer's bytes.
    func ask(_ frame: String) async throws -> [UInt8] {
        let answer = await commands.answer(
            try JSONText(Array(frame.utf8)), caller: caller, link: self, remoteAddress: ""
        ).bytes
        let kind = try JSON.read(Kind.self, from: answer, ignoresUnknown: true)
        guard kind.type == "done" else { throw Refusal(.conflict, kind.code ?? "") }
        return answer
    }

    func open(_ customer: TestCustomer) async throws -> Opened {
        try JSON.read(
            from: try await ask(#"{"type":"open","conversation":"\#(customer.conversation)"}"#), ignoresUnknown: true)
    }

    struct Kind: Decodable {
        let type: String
        let code: String?
    }
}
