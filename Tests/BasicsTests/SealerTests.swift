import Foundation
import Testing

@testable import Basics

@Suite struct SealerTests {
    private let sealer = Sealer(key: Array(0..<32))
    private let secret = Array("the secret of the site".utf8)

    @Test func `what is sealed opens again, and looks different each time`() throws {
        let sealed = try sealer.seal(secret, for: "channel.1.webhook")
        #expect(try sealer.open(sealed, for: "channel.1.webhook") == secret)
        #expect(try sealer.seal(secret, for: "channel.1.webhook") != sealed)
        #expect(!sealed.contains("secret"))
    }

    @Test func `a secret moved to another place does not open`() throws {
        let sealed = try sealer.seal(secret, for: "channel.1.webhook")
        #expect(throws: Sealer.Failure.unopenable) { try sealer.open(sealed, for: "channel.2.webhook") }
    }

    @Test func `another key opens nothing`() throws {
        let sealed = try sealer.seal(secret, for: "x")
        #expect(throws: Sealer.Failure.unopenable) { try Sealer(key: Array(1..<33)).open(sealed, for: "x") }
    }

    @Test(arguments: ["", "v1.", "v1.AAAA", "v2.AAAA", "plain text"])
    func `what was never sealed does not open`(text: String) {
        #expect(throws: Sealer.Failure.unopenable) { try sealer.open(text, for: "x") }
    }

    @Test func `keys for different purposes differ and are always the same`() {
        #expect(sealer.derivedKey(for: "a") == Sealer(key: Array(0..<32)).derivedKey(for: "a"))
        #expect(sealer.derivedKey(for: "a") != sealer.derivedKey(for: "b"))
        #expect(sealer.derivedKey(for: "a").count == 32)
    }
}

@Suite struct SealerKeyFileTests {
    private let folder = NSTemporaryDirectory() + "nightdesk-sealer-" + UUID().uuidString
    private var path: String { folder + "/secret.key" }
    private let key: [UInt8] = (0..<32).map { $0 * 3 }

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

    private func open() throws -> Sealer { try Sealer(keyFile: path) { _ in key } }
    private func reason() -> String {
        do {
            _ = try open()
            return "it opened"
        } catch { return "\(error)" }
    }

    @Test func `the key is made once, readable by its owner only, and found again`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let sealed = try open().seal([1, 2, 3], for: "x")
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let again = try Sealer(keyFile: path) { _ in
            Issue.record("a second key"); return key
        }
        #expect(try again.open(sealed, for: "x") == [1, 2, 3])
    }

    @Test func `of several who make it at once one does, and all have its key`() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let sealers = try await withThrowingTaskGroup(of: Sealer.self) { [path] group in
            for number in 1...16 {
                group.addTask { try Sealer(keyFile: path) { count in Array(repeating: UInt8(number), count: count) } }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(sealers.map(\.fingerprint)).count == 1)
        #expect(sealers.filter(\.isNew).count == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["secret.key"])
    }

    @Test func `a fingerprint tells keys apart and is not the key`() {
        #expect(Sealer(key: key).fingerprint != Sealer(key: Array(0..<32)).fingerprint)
        #expect(Sealer(key: key).fingerprint.count == 64)
        #expect(!Sealer(key: key).fingerprint.contains(key.prefix(8).hexadecimal))
    }

    @Test func `a link to a key leads to it`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let sealed = try open().seal([1], for: "x")
        try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: path)
        #expect(try Sealer(keyFile: folder + "/link") { _ in [] }.open(sealed, for: "x") == [1])
    }

    @Test(
        .enabled(if: geteuid() == 0, "only root can give a file away"),
        arguments: [(0o440, true), (0o460, false), (0o444, false)])
    func `somebody else's key may be lent to our group, and to nobody else`(mode: Int, isTaken: Bool) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try open()
        try FileManager.default.setAttributes([.posixPermissions: mode, .ownerAccountID: 65534], ofItemAtPath: path)
        #expect(((try? open()) != nil) == isTaken)
    }

    @Test func `a key that others may read is refused with the remedy`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try open()
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        #expect(reason().contains("chmod 600"))
    }

    @Test(arguments: ["", "abc", "AAAA"])
    func `a damaged key is not replaced`(content: String) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data(content.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        #expect(reason().contains("restore it from the backup"))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == content)
    }

    @Test func `a folder that is not there is named`() throws {
        try FileManager.default.removeItem(atPath: folder)
        #expect(reason().contains("cannot be created"))
    }
}
