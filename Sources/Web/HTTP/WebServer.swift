import Basics
import HummingbirdCore
package import Logging
import NIOCore
import NIOPosix

/// Serves routes over HTTP until its task is cancelled, then says goodbye to live connections and lets running requests end.
package struct WebServer: Sendable {
    package struct Options: Sendable {
        package var host = "127.0.0.1"
        /// 0 takes any free one.
        package var port = 8080
        /// The name of the sign-in cookie.
        package var cookie = "sign-in"
        /// Whether a proxy in front tells us the client's address and the host asked for.
        package var trustsProxy = false
        /// How many connections may wait to be accepted.
        package var backlog = 4096
        /// Where live connections are opened.
        package var socketPath = "/api/socket"
        /// The same for places where WebSockets do not pass.
        package var pollPath = "/api/polls"
        /// What the description of the API is headed with.
        package var title = "API"
        package var version = "1"
        /// How much of a rate is in force each minute; 0 is without end.
        package var perMinute: @Sendable (Rate) -> Int = { $0.perMinute }
        var timing = Live.Timing()
        var patience = Patience()

        package init() {}
    }

    /// All that is served: the given ones, those of live connections and the description of them all.
    package let routes: [Route]
    private let options: Options
    private let answering: Answering
    private let live: Live?
    private let polls: Polls?
    private let logger: Logger

    /// - Parameters:
    ///   - gate: lets live connections in; without one there are none.
    ///   - originAllowed: whether pages of another site, told as `https://shop.example`, may open live connections.
    package init(
        routes: [Route],
        gate: (any Gate)? = nil,
        options: Options = Options(),
        metrics: Metrics = Metrics(),
        logger: Logger,
        originAllowed: @escaping @Sendable (_ origin: String) async -> Bool = { _ in false },
        authenticate: @escaping @Sendable (Proof) async throws -> (any Caller)?
    ) {
        (self.options, self.logger) = (options, logger)
        let measured = WebMetrics(metrics)
        let routes = routes.limited(options.perMinute)
        let live = gate.map {
            Live(gate: $0, commands: Commands(routes, metrics: measured, logger: logger), timing: options.timing, logger: logger)
        }
        metrics.gauge("live_connections", "Live connections now.") { Double(live?.count ?? 0) }
        self.live = live
        polls = live.map { Polls(path: options.pollPath, live: $0) }
        let upgrade = SocketUpgrade(path: options.socketPath, originAllowed: originAllowed)
        let described = routes + (polls.map { [upgrade.route] + $0.routes } ?? [])
        self.routes = described + [APIDescription.route(of: described, options: options)]
        answering = Answering(
            table: RoutingTable(self.routes), authenticate: authenticate, cookie: options.cookie,
            trustsProxy: options.trustsProxy, metrics: measured, logger: logger
        )
    }

    /// - Parameter onListening: told the port once connections are accepted.
    package func run(onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }) async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let lanes = group.makeIterator().map { Lane($0) }
        for lane in lanes { lane.wheel.start() }
        let sweeping = lanes[0].loop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in polls?.sweep() }
        defer {
            sweeping.cancel()
            for lane in lanes { lane.wheel.stop() }
        }
        let server = Server(
            childChannelSetup: connections(on: lanes),
            configuration: ServerConfiguration(address: .hostname(options.host, port: options.port), backlog: options.backlog),
            onServerRunning: { await onListening($0.localAddress?.port ?? 0) },
            eventLoopGroup: group,
            logger: logger
        )
        do {
            try await withTaskCancellationHandler {
                try await Task { try await server.run() }.value
            } onCancel: {
                polls?.drain()
                Task { try await server.shutdownGracefully() }
            }
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw CannotListen(reason: "port \(options.port) of \(options.host) is already in use")
        }
    }

    func connections(on lanes: [Lane]) -> Connections {
        var byLoop: [ObjectIdentifier: Lane] = [:]
        for lane in lanes { byLoop[ObjectIdentifier(lane.loop)] = lane }
        return Connections(answering: answering, lanes: byLoop, live: live, patience: options.patience)
    }
}

/// Why serving cannot begin, for the person at the terminal.
package struct CannotListen: Error, CustomStringConvertible {
    package let reason: String
    package var description: String { reason }
}
