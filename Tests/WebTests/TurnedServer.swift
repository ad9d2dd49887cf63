import NIOCore
import NIOPosix
import Support

@testable import Web

/// A server whose seconds pass only when the test says so: nothing depends on how busy the machine is.
struct TurnedServer: Sendable {
    let port: Int
    private let lane: Lane

    static func run(_ server: WebServer, _ body: (TurnedServer) async throws -> Void) async throws {
        let lane = Lane(MultiThreadedEventLoopGroup.singleton.next())
        let connections = server.connections(on: [lane])
        let listening = try await ServerBootstrap(group: lane.loop).childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { connections.setup(channel: $0, logger: .silent).map { _ in } }
            .bind(host: "127.0.0.1", port: 0).get()
        defer { listening.close(promise: nil) }
        try await body(TurnedServer(port: listening.localAddress!.port!, lane: lane))
    }

    func pass(seconds: Int) async throws {
        try await lane.loop.submit { [lane] in for _ in 1...seconds { lane.wheel.turn() } }.get()
    }
}
