import HTTPTypes
import Support
import Synchronization
import Web

@testable import Channels

/// A company's own server that receives our webhooks: it answers as told, and may keep us waiting.
final class Hook: Sendable {
    struct Received: Sendable {
        let headers: [String: String]
        let body: String
    }

    private struct State {
        var received: [Received] = []
        var answers: [Int] = []
        var isHolding = false
        var held: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    var received: [Received] { state.withLock { $0.received } }
    var bodies: [String] { received.map(\.body) }

    /// The statuses of the next answers; 200 afterwards.
    func answer(_ statuses: Int...) { state.withLock { $0.answers = statuses } }
    /// Whether requests that arrive are kept waiting for their answer.
    func hold(_ isHolding: Bool) {
        state.withLock { state in
            state.isHolding = isHolding
            defer { state.held = isHolding ? state.held : [] }
            return isHolding ? [] : state.held
        }.forEach { $0.resume() }
    }

    static func run(_ body: @escaping @Sendable (Hook, String) async throws -> Void) async throws {
        let hook = Hook()
        let route = Route(.post, "/hook", access: .open(because: "a test"), summary: "Receives.", takes: ["*/*"], gives: []) {
            call in
            try await hook.take(call)
        }
        try await TestServer.run([route]) { server in try await body(hook, server.url("/hook")) }
    }

    private func take(_ call: Call) async throws -> Reply {
        let headers = Dictionary(call.headers.map { ($0.name.canonicalName, $0.value) }) { first, _ in first }
        let status = state.withLock { state in
            state.received.append(Received(headers: headers, body: String(decoding: call.body, as: UTF8.self)))
            return state.answers.isEmpty ? 200 : state.answers.removeFirst()
        }
        await release()
        return Reply(HTTPResponse.Status(code: status))
    }

    /// Handlers run on event loops: waiting there must not spin.
    private func release() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                if state.isHolding { state.held.append(continuation) }
                return !state.isHolding
            }
            if isFree { continuation.resume() }
        }
    }
}

/// Sends to servers on this machine, too.
struct InsideSender: WebhookSender {
    func post(_ body: [UInt8], to url: String, headers: [String: String]) async throws -> Int {
        var fields = HTTPFields()
        for (name, value) in headers { fields[HTTPField.Name(name)!] = value }
        return try await Egress(allowsInside: true).send(.post, url, headers: fields, body: body).status.code
    }
}
