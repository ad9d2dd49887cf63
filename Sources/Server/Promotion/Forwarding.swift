import Basics
import Foundation
import Store

/// The file in the data folder that says to which PostgreSQL its data was, or is being, promoted. It counts only where the
/// database itself says so, too.
struct Forwarding: Codable, Sendable {
    /// Of the promotion (``Promotion``).
    let id: String
    let address: String

    private static func path(_ folder: String) -> String { folder + "/promotion.json" }

    static func found(in folder: String) throws -> Forwarding? {
        guard let content = FileManager.default.contents(atPath: path(folder)) else { return nil }
        do { return try JSONDecoder().decode(Forwarding.self, from: content) } catch {
            throw Misuse("the file \(path(folder)) cannot be read")
        }
    }

    /// On the disk before this returns, and only for us: the address may hold a password.
    func write(to folder: String) throws {
        let (place, draft) = (Self.path(folder), Self.path(folder) + ".part")
        let file = open(draft, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw StoreError.unwritable(path: draft, reason: String(cString: strerror(errno))) }
        defer { close(file) }
        let content = try JSONEncoder().encode(self)
        guard content.withUnsafeBytes({ Glibc.write(file, $0.baseAddress, $0.count) }) == content.count, fsync(file) == 0,
            rename(draft, place) == 0
        else { throw StoreError.unwritable(path: place, reason: String(cString: strerror(errno))) }
        let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(directory) }
        fsync(directory)
    }

    static func remove(from folder: String) { try? FileManager.default.removeItem(atPath: path(folder)) }

    /// The address without what must not be shown.
    var shownAddress: String { Self.shown(address) }

    static func shown(_ address: String) -> String {
        address.replacing(/:[^:@\/]*@/, with: "@").replacing(/password=[^& ]*/, with: "password=…")
    }
}
