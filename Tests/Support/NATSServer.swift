import Foundation

/// A NATS of a test's own, on a free port of this machine only.
package final class NATSServer: Sendable {
    package let port = ServerProcess.freePort()
    private let process: ServerProcess

    /// Started.
    ///
    /// - Parameters:
    ///   - settings: what its configuration file says beside the port; `FOLDER` stands for the folder.
    ///   - files: what the settings name, put into the folder.
    package init(_ settings: String = "", files: [String: String] = [:]) throws {
        let (folder, port) = (try TemporaryFolder(), port)
        for (name, content) in files { try content.write(toFile: folder.file(name), atomically: true, encoding: .utf8) }
        try settings.replacing("FOLDER", with: folder.path)
            .write(toFile: folder.file("nats.conf"), atomically: true, encoding: .utf8)
        let program = ["/usr/sbin", "/usr/bin", "/usr/local/bin"].map { $0 + "/nats-server" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
        process = ServerProcess(
            [program ?? "nats-server", "-a", "127.0.0.1", "-p", "\(port)", "-c", folder.file("nats.conf")], in: folder
        ) { ServerProcess.answers(port: port) }
        try start()
    }

    /// Without a user.
    package var address: String { "nats://127.0.0.1:\(port)" }

    /// Returns once it serves.
    package func start() throws { try process.start() }
    /// At once, as at a crash.
    package func kill() { process.end("KILL") }
}
