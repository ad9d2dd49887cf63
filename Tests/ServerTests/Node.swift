import Basics
import Organization
import Store
import Support
import Synchronization

@testable import Server

/// One node as `nightdesk serve` runs it, with whatever its version has beyond today's.
final class Node: Sendable {
    /// By which people reach it.
    let server = TestServer(port: ServerProcess.freePort())
    private let stop: AsyncStream<Void>.Continuation
    private let serving: Task<Void, any Error>
    private let state: State

    private final class State: Sendable {
        let installation = Mutex<Installation?>(nil)
        let isOver = Atomic(false)
    }

    init(_ name: String, of cluster: Cluster, further: @escaping @Sendable (Ground) -> [Feature]) {
        let settings = Settings([
            "data": cluster.folder.file(name), "database": cluster.address, "host": "127.0.0.1", "port": "\(server.port)",
            "secret-key": cluster.folder.file("secret.key"), "attachments": cluster.folder.file("attachments"), "drain": "1",
            "rate.visitor-commands": "0", "rate.desk-commands": "0",
        ])
        let (orders, stop) = AsyncStream.makeStream(of: Void.self)
        let state = State()
        serving = Task {
            defer { state.isOver.store(true, ordering: .releasing) }
            let installation = try await Installation(settings, serves: true, further: further)
            state.installation.withLock { $0 = installation }
            try await installation.serve { for await _ in orders {} }
        }
        (self.stop, self.state) = (stop, state)
    }

    /// Whether it serves; throws what ended it instead.
    var isReady: Bool {
        get async throws {
            if state.isOver.load(ordering: .acquiring) { try await serving.value }
            return await (try? server.ask("GET", "/readyz"))?.status == 200
        }
    }

    /// How the database knows it.
    var number: Int64 { state.installation.withLock { $0!.ground.nodes.own } }

    /// What the link says with which the owner's account is made.
    func setupToken() async throws -> String {
        let installation = state.installation.withLock { $0! }
        return try await installation.contents.organization.setupLink(besideOthers: true)!
    }

    /// As SIGTERM would.
    func tellToStop() { stop.finish() }

    /// Throws what went wrong, on its way out or before.
    func end() async throws { try await serving.value }
}
