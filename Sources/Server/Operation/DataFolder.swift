import Basics
import Foundation
import Store

/// The folder that holds everything. One process at a time works in it.
struct DataFolder: Sendable {
    let path: String

    var database: String { path + "/nightdesk.sqlite" }
    var attachments: String { path + "/attachments" }
    var secretKey: String { path + "/secret.key" }

    /// Makes the folder where it is missing, readable for us alone.
    init(_ path: String) throws {
        self.path = path
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw StoreError.unwritable(path: path, reason: "the folder cannot be made")
        }
        guard access(path, W_OK) == 0 else { throw StoreError.unwritable(path: path, reason: "no right to write") }
    }

    /// Held for as long as the process lives; a second server on the same folder is refused instead of doing harm.
    ///
    /// - Parameter token: what the process calls itself, for ``holder()``.
    func lock(as token: String = "") throws {
        let file = try openLock()
        // Whoever asks for the holder is in the way for a moment.
        for _ in 1...20 where flock(file, LOCK_EX | LOCK_NB) != 0 { usleep(10_000) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else { throw Misuse("another nightdesk is already serving from \(path)") }
        ftruncate(file, 0)
        _ = token.withCString { write(file, $0, strlen($0)) }
    }

    /// What the process calls itself that serves from here; nil where none does.
    func holder() throws -> String? {
        let file = try openLock()
        defer { close(file) }
        guard flock(file, LOCK_SH | LOCK_NB) != 0 else { return nil }
        return String(decoding: FileManager.default.contents(atPath: path + "/lock") ?? Data(), as: UTF8.self)
    }

    private func openLock() throws -> CInt {
        let file = open(path + "/lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw StoreError.unwritable(path: path, reason: String(cString: strerror(errno))) }
        return file
    }
}
