import Basics
import Channels
import Web

/// Attachments in an S3-compatible store, under the names that they have in a folder.
struct BucketAttachments: AttachmentKeeping {
    let description: String
    private let bucket: Bucket

    init(_ address: BucketAddress, _ bucket: Bucket) { (description, self.bucket) = (address.description, bucket) }

    func write(_ content: [UInt8], as id: String) async throws { try await bucket.put(content, as: KeptFile.name(of: id)) }

    func whole(_ id: String, size: Int) async throws -> Reply.Content { try await part(id, 0..<size) }

    func part(_ id: String, _ range: Range<Int>) async throws -> Reply.Content {
        let name = try KeptFile.name(of: id)
        return .pieces(size: range.count) { [bucket] piece in
            let wanted = range.lowerBound + piece.lowerBound..<range.lowerBound + piece.upperBound
            guard let content = try await bucket.get(name, wanted) else { throw Refusal(.notFound, "attachment.unknown") }
            return content
        }
    }

    func remove(_ file: KeptFile) async throws { try await bucket.remove(KeptFile.name(of: file.id)) }

    func look(throughFilesBefore limit: Timestamp, _ take: ([KeptFile]) async throws -> Void) async throws {
        var page = try await bucket.list(500)
        while true {
            try await take(page.objects.filter { $0.written < limit }.compactMap { KeptFile(name: $0.key) })
            guard let next = page.next else { return }
            page = try await bucket.list(500, after: next)
        }
    }

    func readMark() async throws -> String? {
        // Carried here from a folder it ends with a line feed.
        try await bucket.get(AttachmentMark.name).map { String(decoding: $0, as: UTF8.self).filter { !$0.isWhitespace } }
    }

    func leaveMark(_ text: String) async throws -> Bool {
        try await bucket.put(Array(text.utf8), as: AttachmentMark.name)
        return false
    }

    func removeMark() async throws { try await bucket.remove(AttachmentMark.name) }
}
