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
    /// Whether nobody had the key before.
    package private(set) var isNew = false
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

    /// Tells keys apart, and tells nothing about them.
    package var fingerprint: String { derivedKey(for: "fingerprint").hexadecimal }

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
    /// Reads the key from the file, which only its owner may read, or makes it on the first start. Where several make it at the
    /// same time in a folder that they share, the first one's is everybody's.
    package init(keyFile path: String, randomBytes: (_ count: Int) -> [UInt8]) throws(Failure) {
        if !FileManager.default.fileExists(atPath: path) {
            let key = randomBytes(32)
            if try Self.make(path, with: key) {
                self.init(key: key)
                isNew = true
                return
            }
        }
        self.init(key: try Self.key(in: path))
    }

    /// One that nobody kept, for looking at an installation whose key is missing.
    package static func unkept(randomBytes: (_ count: Int) -> [UInt8]) -> Sealer {
        var sealer = Sealer(key: randomBytes(32))
        sealer.isNew = true
        return sealer
    }

    private static func key(in path: String) throws(Failure) -> [UInt8] {
        if isOpenToOthers(path) { throw .keyFile(path: path, reason: "others may read it; run: chmod 600 \(path)") }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw .keyFile(path: path, reason: "cannot be read by this user")
        }
        guard let key = Foundation.Data(base64Encoded: text.trimmingCharacters(in: .whitespacesAndNewlines)), key.count == 32
        else {
            throw .keyFile(path: path, reason: "does not hold a key; restore it from the backup, stored secrets need it")
        }
        return [UInt8](key)
    }

    /// The file that a link leads to counts. One that belongs to somebody else may be ours to read as one of its group: so
    /// Kubernetes hands out secrets.
    private static func isOpenToOthers(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return false }
        return status.st_mode & (status.st_uid == geteuid() ? 0o077 : 0o037) != 0
    }

    /// Complete and on disk before it gets its name, so that a crash leaves no half key behind; false where there is one.
    private static func make(_ path: String, with key: [UInt8]) throws(Failure) -> Bool {
        let draft = "\(path).\(getpid()).\(UInt64.random(in: 0 ... .max))"
        let file = Foundation.open(draft, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard file >= 0 else { throw .keyFile(path: path, reason: "cannot be created: \(String(cString: strerror(errno)))") }
        defer { unlink(draft) }
        let line = Array((Foundation.Data(key).base64EncodedString() + "\n").utf8)
        let isWritten = Foundation.write(file, line, line.count) == line.count && fsync(file) == 0
        close(file)
        if isWritten, link(draft, path) == 0 { return true }
        guard !isWritten || errno != EEXIST else { return false }
        throw .keyFile(path: path, reason: "cannot be written: \(String(cString: strerror(errno)))")
    }
}
