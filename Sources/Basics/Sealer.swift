private import Crypto
private import Foundation
import Synchronization

/// Seals secrets before they are stored, and derives the keys that we sign with, from one key that never enters the database.
package struct Sealer: Sendable {
    /// Why a secret cannot be sealed or opened.
    package enum Failure: Error, Hashable, CustomStringConvertible {
        /// The key file cannot be used; the reason says what to do.
        case keyFile(path: String, reason: String)
        /// Sealed under another key, for another purpose, or changed since.
        case unopenable

        package var description: String {
            switch self {
            case .keyFile(let path, let reason): "\(path): \(reason)"
            case .unopenable: "a stored secret cannot be opened: it was sealed under another secret.key"
            }
        }
    }

    private let key: [UInt8]
    private let derived = DerivedKeys()

    /// - Parameter key: 32 bytes.
    package init(key: [UInt8]) {
        precondition(key.count == 32, "a sealing key has 32 bytes")
        self.key = key
    }

    /// `purpose` says what the secret is for and whose it is, e.g. `channel.42.webhook`: one sealed for something else does not open.
    package func seal(_ secret: [UInt8], for purpose: String) throws -> String {
        let box = try AES.GCM.seal(secret, using: SymmetricKey(data: key), authenticating: Array(purpose.utf8))
        return "v1." + box.combined!.base64EncodedString()
    }

    package func open(_ sealed: String, for purpose: String) throws -> [UInt8] {
        guard sealed.hasPrefix("v1."), let bytes = Foundation.Data(base64Encoded: String(sealed.dropFirst(3))) else {
            throw Failure.unopenable
        }
        do {
            let box = try AES.GCM.SealedBox(combined: bytes)
            return [UInt8](try AES.GCM.open(box, using: SymmetricKey(data: key), authenticating: Array(purpose.utf8)))
        } catch { throw Failure.unopenable }
    }

    /// A key of 32 bytes for one purpose; knowing it tells nothing about the others.
    package func derivedKey(for purpose: String) -> [UInt8] {
        derived.key(for: purpose) {
            HKDF<SHA256>.deriveKey(inputKeyMaterial: SymmetricKey(data: key), info: Array(purpose.utf8), outputByteCount: 32)
                .withUnsafeBytes { Array($0) }
        }
    }
}

/// Keys derived before: every visitor who connects proves the token with the same one.
private final class DerivedKeys: Sendable {
    private let keys = Mutex<[String: [UInt8]]>([:])

    func key(for purpose: String, orDerive derive: () -> [UInt8]) -> [UInt8] {
        keys.withLock { keys in
            if let known = keys[purpose] { return known }
            let key = derive()
            keys[purpose] = key
            return key
        }
    }
}

extension Sealer {
    /// Reads the key from the file, which only its owner may read, or makes it on the first start.
    package init(keyFile path: String, randomBytes: (_ count: Int) -> [UInt8]) throws(Failure) {
        if FileManager.default.fileExists(atPath: path) {
            self.init(key: try Self.key(in: path))
        } else {
            let key = randomBytes(32)
            try Self.write(key, to: path)
            self.init(key: key)
        }
    }

    private static func key(in path: String) throws(Failure) -> [UInt8] {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        if let mode = attributes?[.posixPermissions] as? Int, mode & 0o077 != 0 {
            throw .keyFile(path: path, reason: "others may read it; run: chmod 600 \(path)")
        }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw .keyFile(path: path, reason: "cannot be read by this user")
        }
        guard let key = Foundation.Data(base64Encoded: text.trimmingCharacters(in: .whitespacesAndNewlines)), key.count == 32
        else {
            throw .keyFile(path: path, reason: "does not hold a key; restore it from the backup, stored secrets need it")
        }
        return [UInt8](key)
    }

    /// Complete and on disk before it gets its name, so that a crash leaves no half key behind.
    private static func write(_ key: [UInt8], to path: String) throws(Failure) {
        let draft = path + ".new"
        unlink(draft)
        let file = Foundation.open(draft, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard file >= 0 else { throw .keyFile(path: path, reason: "cannot be created: \(String(cString: strerror(errno)))") }
        let line = Array((Foundation.Data(key).base64EncodedString() + "\n").utf8)
        let isWritten = Foundation.write(file, line, line.count) == line.count && fsync(file) == 0
        close(file)
        guard isWritten, rename(draft, path) == 0 else {
            throw .keyFile(path: path, reason: "cannot be written: \(String(cString: strerror(errno)))")
        }
    }
}
