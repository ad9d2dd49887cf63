package import Basics
private import Foundation
package import Organization

/// A file that came with a message, or waits for being sent.
package struct Attachment: Codable, Hashable, Sendable {
    /// 128 random bits in hexadecimal: who knows it may read the file.
    package let id: String
    package let workspaceId: ID<Workspace>
    package let name: String
    /// By content, never by name.
    package let type: String
    package let size: Int
    /// The ``Caller/key`` of who sent it; nobody else may put it into a message.
    package let uploadedBy: String
    /// Nil until it was sent.
    package internal(set) var conversationId: Int64?
    package let createdAt: Timestamp
}

extension Attachment {
    /// The largest file: 20 MiB.
    package static let limit = 20 * 1024 * 1024

    /// As clients see it.
    package struct Shown: Codable, Hashable, Sendable {
        package let id: String
        package let name: String
        package let type: String
        package let size: Int
        package let url: String

        package init(_ attachment: Attachment) {
            (id, name, type, size) = (attachment.id, attachment.name, attachment.type, attachment.size)
            url = "/api/attachments/\(id)/\(name.percentEncoded)"
        }
    }
}

extension String {
    /// For one part of a path, or an extended header parameter (RFC 8187).
    var percentEncoded: String {
        var allowed = CharacterSet(charactersIn: "a"..."z")
        allowed.insert(charactersIn: "A"..."Z")
        allowed.insert(charactersIn: "0123456789-._~")
        return addingPercentEncoding(withAllowedCharacters: allowed)!
    }
}
