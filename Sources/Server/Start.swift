import Basics
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

    init(_ settings: Settings) throws {
        ground = try Ground(settings)
        contents = try Contents(ground)
    }

    /// Migrates, serves and works until the process is told to stop; then drains.
    func serve() async throws {
        try ground.folder.lock()
        try await ground.database.migrate(contents.features.flatMap(\.migrations))
        let demo = try await loadDemo()
        let setup = try await contents.organization.setupLink()
        var options = WebServer.Options()
        options.host = ground.settings[Operation.host]
        options.port = ground.settings[Operation.port]
        options.cookie = "nightdesk"
        options.trustsProxy = ground.settings[Operation.trustsProxy]
        options.perMinute = { [settings = ground.settings] in settings[$0.setting] }
        (options.title, options.version) = ("Nightdesk", Product.version)
        let server = WebServer(
            routes: contents.features.flatMap(\.routes), gate: contents.conversations.gate(contents.caller), options: options,
            metrics: ground.metrics, logger: ground.logger, originAllowed: contents.channels.accounts.names,
            authenticate: contents.caller
        )
        try await untilStopped(orFailed: ground.diskLosses) {
            try await withThrowingTaskGroup { group in
                for worker in contents.features.flatMap(\.workers) { group.addTask { await keepRunning(worker) } }
                defer { group.cancelAll() }
                try await server.run { port in
                    announce(port, setup)
                    announceDemo(port, demo)
                }
            }
        }
        try await ground.database.close()
    }

    /// A worker that fails (the disk is full, say) is logged and begins again a moment later.
    private func keepRunning(_ worker: Worker) async {
        while !Task.isCancelled {
            do { return try await worker.run() } catch is CancellationError { return } catch {
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

/// Runs until the body ends, the process is sent SIGTERM or SIGINT, or the disk is lost; who waits for an answer gets one.
private func untilStopped(
    orFailed losses: AsyncStream<StoreError>, _ body: @escaping @Sendable () async throws -> Void
) async throws {
    try await withThrowingTaskGroup { group in
        group.addTask { try await body() }
        group.addTask {
            for await loss in losses {
                endSoon(because: loss)
                throw loss
            }
        }
        group.addTask { for await _ in await UnixSignalsSequence(trapping: .sigterm, .sigint) { return } }
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
