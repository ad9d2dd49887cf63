import Foundation

/// A connection that listens and notifies.
///
/// Subjects are spread over a fixed number of channels; the server passes on what is said on those that were asked for.
/// Payloads are text of less than 8000 bytes: letters are written in base64.
final class NotifyLine: Line {
    /// Every channel listened to is compared with every notification by the server: few enough for that.
    private static let channels: UInt32 = 256

    /// 7,996 characters of base64.
    let largest = 5997
    /// Every transaction that notifies waits for those of other nodes: two hundred a second from each are enough.
    let pace = Duration.milliseconds(5)
    let noticeBoard: String

    private let connection: NotifyConnection
    private let incoming: Incoming
    private let base: String
    private let own: String
    /// How many subjects need each channel.
    private var needed: [String: Int] = [:]

    init(_ address: String, prefix: String, _ incoming: Incoming) throws(BusError) {
        (connection, self.incoming) = (try NotifyConnection(address), incoming)
        // A commit of its own need not wait for the disk: it writes nothing.
        try connection.run("SET synchronous_commit = off")
        base = try prefix + "." + Self.word(connection.run("SELECT current_schema()") ?? "")
        noticeBoard = base + ".all"
        own = Data(incoming.sender).base64EncodedString()
        try connection.run("LISTEN \"\(noticeBoard)\"")
    }

    /// Channels are identifiers of at most 63 bytes.
    private static func word(_ schema: String) -> String {
        let isPlain = schema.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7a).contains($0) || $0 == 0x5f }
        return isPlain && schema.utf8.count <= 24 ? schema : "x" + String(schema.fingerprint, radix: 16)
    }

    var socket: CInt { connection.socket }

    func address(of subject: String) -> String { "\(base).\(subject.fingerprint % Self.channels)" }

    func listen(to added: [String], ignore removed: [String]) throws {
        let before = Set(needed.keys)
        for channel in added.map(address) { needed[channel, default: 0] += 1 }
        for channel in removed.map(address) {
            needed[channel, default: 1] -= 1
            if needed[channel] == 0 { needed[channel] = nil }
        }
        let now = Set(needed.keys)
        let statements =
            now.subtracting(before).map { "LISTEN \"\($0)\"" } + before.subtracting(now).map { "UNLISTEN \"\($0)\"" }
        if !statements.isEmpty { try connection.run(statements.joined(separator: ";")) }
    }

    /// Statements sent together are one transaction.
    func send(_ letters: [(address: String, bytes: [UInt8])]) throws {
        try connection.run(
            letters.map { "NOTIFY \"\($0.address)\",'\(Data($0.bytes).base64EncodedString())'" }.joined(separator: ";"))
        try receive()
    }

    func receive() throws {
        for text in try connection.notifications() where !text.hasPrefix(own) {
            guard let letter = Data(base64Encoded: text) else { continue }
            incoming.take(Array(letter))
        }
    }

    func check() throws {
        try connection.run("SELECT 1")
        try receive()
    }

    func close() { connection.close() }
}

extension String {
    /// The same on every node: FNV-1a (https://datatracker.ietf.org/doc/html/draft-eastlake-fnv).
    fileprivate var fingerprint: UInt32 { utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 } }
}
