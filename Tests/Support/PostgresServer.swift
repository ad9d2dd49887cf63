import Foundation

/// A PostgreSQL of a test's own, in a temporary folder, on a free port of this machine only.
package final class PostgresServer: Sendable {
    /// Of its empty database.
    package let address: String
    private let process: ServerProcess

    /// Started.
    package init() throws {
        let (folder, port, programs) = (try TemporaryFolder(), ServerProcess.freePort(), try Self.programs())
        let address = "postgres://postgres@127.0.0.1:\(port)/postgres"
        self.address = address
        if geteuid() == 0 { try FileManager.default.setAttributes([.ownerAccountName: "postgres"], ofItemAtPath: folder.path) }
        let data = folder.file("data")
        try Self.run(Self.asNobodySpecial([programs + "/initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N"]))
        let options = [
            "port=\(port)", "listen_addresses=127.0.0.1", "unix_socket_directories=\(folder.path)", "fsync=off",
            "max_connections=200",
        ]
        process = ServerProcess(
            Self.asNobodySpecial([programs + "/postgres", "-D", data] + options.flatMap { ["-c", $0] }), in: folder
        ) { (try? Self.run([programs + "/pg_isready", "-q", "-d", address])) != nil }
        try start()
    }

    /// Returns once it serves.
    package func start() throws { try process.start() }
    /// At once, as at a crash.
    package func kill() { process.end("QUIT") }

    /// PostgreSQL's programs refuse to run as root.
    private static func asNobodySpecial(_ command: [String]) -> [String] {
        geteuid() == 0 ? ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] + command : command
    }

    /// Where Debian puts the newest version's.
    private static func programs() throws -> String {
        let root = "/usr/lib/postgresql"
        let versions = try FileManager.default.contentsOfDirectory(atPath: root).compactMap { Int($0) }
        guard let newest = versions.max() else { throw CocoaError(.fileNoSuchFile) }
        return "\(root)/\(newest)/bin"
    }

    private static func run(_ command: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: command[0])
        process.arguments = Array(command.dropFirst())
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        ended.wait()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    }
}
