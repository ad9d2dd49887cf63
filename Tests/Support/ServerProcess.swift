import Foundation
import Synchronization

/// A server that a test starts, kills and starts again. It ends with the test's process, however that ends.
package final class ServerProcess: Sendable {
    /// Ends the server by the signal that is written to its own input. When that ends without one, the test's process is gone:
    /// then the folder goes, too. Bash, because Debian's sh waits for a signal that our mask may hold back.
    private static let keeper = """
        folder=$1; shift
        "$@" & server=$!
        read -r signal || signal=gone
        [ $signal != gone ] || signal=KILL leaves=$folder
        kill -$signal $server; wait $server
        [ -z "${leaves:-}" ] || rm -rf "$leaves"
        """

    /// It was not ready in time; what it wrote.
    package struct NotReady: Error { package let output: String }

    private let command: [String]
    private let folder: TemporaryFolder
    private let isReady: @Sendable () -> Bool
    private let running = Mutex<(ended: DispatchSemaphore, input: FileHandle)?>(nil)

    /// - Parameters:
    ///   - folder: for all that it writes.
    ///   - isReady: asked again and again, whether it serves.
    package init(_ command: [String], in folder: TemporaryFolder, isReady: @escaping @Sendable () -> Bool) {
        (self.command, self.folder, self.isReady) = (command, folder, isReady)
    }

    deinit {
        end("KILL")
        folder.remove()
    }

    /// Returns once it serves.
    package func start() throws {
        let (process, input) = (Process(), Pipe())
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", Self.keeper, "bash", folder.path] + command
        process.standardInput = input
        let log = folder.file("log")
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        let output = FileHandle(forWritingAtPath: log)
        (process.standardOutput, process.standardError) = (output, output)
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        running.withLock { $0 = (ended, input.fileHandleForWriting) }
        let end = ContinuousClock.now + .seconds(30)
        while !isReady() {
            guard .now < end else { throw NotReady(output: (try? String(contentsOfFile: log, encoding: .utf8)) ?? "") }
            Thread.sleep(forTimeInterval: 0.01)
        }
    }

    /// Returns once it is gone.
    package func end(_ signal: String) {
        let known = running.withLock { running in
            defer { running = nil }
            return running
        }
        guard let known else { return }
        try? known.input.write(contentsOf: Data((signal + "\n").utf8))
        known.ended.wait()
    }

    /// A port that nobody uses.
    package static func freePort() -> Int {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = bind(socket, address, length)
                _ = getsockname(socket, address, &length)
            }
        }
        return Int(address.sin_port.bigEndian)
    }

    /// Whether somebody takes connections there.
    package static func answers(port: Int) -> Bool {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = loopback(port: port)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    private static func loopback(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return address
    }
}
