import Basics
import Bus
import Channels
import Conversations
import Foundation
import Logging
import Organization
import Store
import UnixSignals
import Web

/// One installation: the ground, the contents, and the way from start to stop.
struct Installation: Sendable {
    let ground: Ground
    let contents: Contents
    let key: SharedKey

    /// - Parameters:
    ///   - isLookedAt: nothing is made that is missing.
    ///   - serves: it becomes the one that writes.
    ///   - further: features that come behind the others, such as a later version's.
    init(
        _ settings: Settings, isLookedAt: Bool = false, serves: Bool = false, further: (Ground) -> [Feature] = { _ in [] }
    ) async throws {
        ground = try await Ground(settings, serves: serves)
        key = try SharedKey(ground, isLookedAt: isLookedAt)
        contents = try Contents(ground, sealer: key.sealer, further: further(ground))
    }

    /// The whole schema, in the order in which it is made.
    var migrations: [Migration] { contents.features.flatMap(\.migrations) }

    /// Migrates, serves and works until it is told to stop; then drains.
    ///
    /// - Parameter stop: returns when that is; unless said otherwise, when the process is sent SIGTERM or SIGINT.
    func serve(until stop: @escaping @Sendable () async -> Void = signalled) async throws {
        try await ground.settlePromotion()
        try await ground.database.migrate(migrations)
        if ground.isCluster { try await key.agree() }
        try await contents.place(ground)?.agree()
        if ground.isCluster { try await joinNodes() }
        let demo = try await loadDemo()
        let setup = try await contents.organization.setupLink(besideOthers: ground.isCluster)
        var options = WebServer.Options()
        options.host = ground.settings[Operation.host]
        options.port = ground.settings[Operation.port]
        options.cookie = "nightdesk"
        options.trustsProxy = ground.settings[Operation.trustsProxy]
        options.perMinute = { [settings = ground.settings] in settings[$0.setting] }
        (options.title, options.version) = ("Nightdesk", Product.version)
        let server = WebServer(
            routes: routes, gate: contents.conversations.gate(contents.caller), options: options,
            metrics: ground.metrics, logger: ground.logger, originAllowed: contents.channels.accounts.names,
            authenticate: contents.caller
        )
        try await untilStopped(stop, orFailed: ground.diskLosses, drain) {
            try await withThrowingTaskGroup { group in
                group.addTask { await ground.promotions.watch() }
                for worker in workers { group.addTask { await keepRunning(worker) } }
                if ground.isCluster { group.addTask { try await ground.nodes.stay() } }
                defer { group.cancelAll() }
                try await server.run { port in
                    announce(port, setup)
                    announceDemo(port, demo)
                    Task { try await connectShop(port) }
                }
            }
        }
        if ground.isCluster { await leaveNodes() }
        ground.bus.close()
        try await ground.database.close()
    }

    private func drain() async throws {
        ground.farewell.say()
        try await Task.sleep(for: .seconds(ground.settings[Operation.drain]))
    }

    /// Those whose role this node has.
    private var workers: [Worker] {
        contents.features.flatMap(\.workers).filter { worker in
            switch worker.scope {
            case .everyNode: true
            case .gateways: ground.roles.contains(.gateway)
            case .oneNode: ground.roles.contains(.worker)
            }
        }
    }

    /// A node without visitors answers only those who ask how it is.
    private var routes: [Route] {
        let isGateway = ground.roles.contains(.gateway)
        return contents.features.filter { isGateway || $0.name == "operation" }.flatMap(\.routes)
    }

    private func joinNodes() async throws {
        let number = try await ground.nodes.join(name: ProcessInfo.processInfo.hostName, version: Product.version)
        ground.surroundings.become(node: number)
        ground.logger.notice("this node is one of those that serve the database", metadata: ["number": "\(number)"])
    }

    /// Where it cannot be said, the others notice by the silence.
    private func leaveNodes() async {
        do { try await ground.nodes.leave() } catch {
            ground.logger.warning("the other nodes could not be told that this one leaves", metadata: ["error": "\(error)"])
        }
    }

    /// A worker that fails (the disk is full, say) is logged and begins again a moment later.
    private func keepRunning(_ worker: Worker) async {
        while !Task.isCancelled {
            do {
                guard ground.isCluster, worker.scope == .oneNode else { return try await worker.run() }
                return try await ground.nodes.once(worker.name, worker.run)
            } catch is CancellationError { return } catch {
                ground.logger.error("worker failed", metadata: ["worker": "\(worker.name)", "error": "\(error)"])
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }

    private func announce(_ port: Int, _ setup: String?) {
        say("Nightdesk \(Product.version) is serving at http://localhost:\(port)")
        if let setup { say("Make the owner's account: http://localhost:\(port)/desk#setup=\(setup)") }
    }
}

/// A line for the person at the terminal, at once, also where the output is a pipe.
func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

private func signalled() async {
    var signals = await UnixSignalsSequence(trapping: .sigterm, .sigint).makeAsyncIterator()
    _ = await signals.next()
}

/// Runs until the body ends, it is told to stop, or the disk is lost; who waits for an answer gets one.
///
/// - Parameter drain: what is done between the order to stop and the end.
private func untilStopped(
    _ stop: @escaping @Sendable () async -> Void, orFailed losses: AsyncStream<StoreError>,
    _ drain: @escaping @Sendable () async throws -> Void,
    _ body: @escaping @Sendable () async throws -> Void
) async throws {
    try await withThrowingTaskGroup { group in
        group.addTask { try await body() }
        group.addTask {
            for await loss in losses {
                endSoon(because: loss)
                throw loss
            }
        }
        group.addTask {
            await stop()
            try await drain()
        }
        do { try await group.next() } catch is CancellationError {}
        group.cancelAll()
        while true { do { guard try await group.next() != nil else { return } } catch is CancellationError {} }
    }
}

/// Connections that do not let go must not keep a process alive that can acknowledge nothing.
private func endSoon(because loss: StoreError) {
    Task.detached {
        try await Task.sleep(for: .seconds(5))
        Nightdesk.fail(Explanation(of: loss).sentence)
    }
}
