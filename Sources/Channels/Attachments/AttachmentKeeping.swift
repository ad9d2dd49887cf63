package import Basics
package import Web

/// Where the files themselves are kept, by their ids: in a folder, or in a store that several nodes share. Files never change.
package protocol AttachmentKeeping: Sendable, CustomStringConvertible {
    /// Returns once the file is there for good.
    func write(_ content: [UInt8], as id: String) async throws

    func whole(_ id: String, size: Int) async throws -> Reply.Content
    func part(_ id: String, _ range: Range<Int>) async throws -> Reply.Content

    func remove(_ file: KeptFile) async throws

    /// Hands over, some hundreds at a time, all files that were last written before then.
    func look(throughFilesBefore limit: Timestamp, _ take: ([KeptFile]) async throws -> Void) async throws

    /// What ``leaveMark(_:)`` left here, if anything.
    func readMark() async throws -> String?

    /// Leaves a word beside the files that says whose they are.
    ///
    /// - Returns: Whether it is certain that nobody else left it: only a folder can tell.
    func leaveMark(_ text: String) async throws -> Bool
    func removeMark() async throws
}

extension AttachmentKeeping {
    func remove(_ id: String) async throws { try await remove(KeptFile(id: id)) }
}

/// A file as it lies there, perhaps not written to its end.
package struct KeptFile: Hashable, Sendable {
    package let id: String
    package let isDraft: Bool

    package init(id: String, isDraft: Bool = false) { (self.id, self.isDraft) = (id, isDraft) }

    /// Nil for what does not look like a file of ours.
    package init?(name: String) {
        guard name.wholeMatch(of: /[0-9a-f]{2}\/[0-9a-f]{30}/) != nil else { return nil }
        self.init(id: name.replacing("/", with: ""))
    }

    /// `ab/cdef…`, alike everywhere, so that files can be carried from a folder to a store and back. Ids are checked to be
    /// hexadecimal: none leads elsewhere.
    package static func name(of id: String) throws(Refusal) -> String {
        guard id.wholeMatch(of: /[0-9a-f]{32}/) != nil else { throw Refusal(.notFound, "attachment.unknown") }
        return "\(id.prefix(2))/\(id.dropFirst(2))"
    }
}

/// A word in a folder or a bucket by which those who share a database find that they share the files, too.
package enum AttachmentMark {
    /// Of the file or the key.
    package static let name = "nightdesk-attachments"
}
