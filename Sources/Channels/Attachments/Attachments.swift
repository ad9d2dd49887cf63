package import Basics
private import Foundation
package import Organization
package import Store

/// Takes in files and gives them out again.
package struct Attachments: Sendable {
    /// More files than this waiting to be sent by one person are no accident.
    private static let mostUnsent = 20
    private static let patience: Duration = .seconds(24 * 60 * 60)

    let database: any Database
    let surroundings: Surroundings
    package let files: any AttachmentKeeping
    package let store = AttachmentStore()

    package init(database: any Database, surroundings: Surroundings, files: any AttachmentKeeping) {
        (self.database, self.surroundings, self.files) = (database, surroundings, files)
    }

    /// Returns after the file is kept and known.
    package func upload(
        _ content: [UInt8], named name: String, by uploader: String, of workspace: ID<Workspace>
    ) async throws -> Attachment {
        guard content.count <= Attachment.limit else { throw Refusal(.tooLarge, "attachment.size") }
        let type = try await FileType.recognised(in: content)
        try await checkUnsent(by: uploader, of: workspace)
        let attachment = Attachment(
            id: surroundings.makeToken(bytes: 16), workspaceId: workspace, name: FileName.cleaned(name, for: type),
            type: type.mediaType, size: content.count, uploadedBy: uploader, createdAt: surroundings.now()
        )
        try await files.write(content, as: attachment.id)
        try await note(attachment)
        return attachment
    }

    package func attachment(_ id: String) async throws -> Attachment {
        guard let found = try await database.read({ [store] in try store.attachment(id, in: $0) }) else {
            throw Refusal(.notFound, "attachment.unknown")
        }
        return found
    }

    /// Removes what was uploaded a day ago and never sent; how many files.
    @discardableResult
    package func removeForgotten() async throws -> Int {
        let limit = surroundings.now() - Self.patience
        let forgotten = try await database.write { [store] in try store.removeUnsent(before: limit, in: $0) }
        // What cannot be removed now is an orphan and goes with those.
        for id in forgotten { try? await files.remove(id) }
        return forgotten.count
    }

    /// Removes files a day old that no row knows, which a crash between file and row leaves; how many.
    @discardableResult
    package func removeOrphans() async throws -> Int {
        var removed = 0
        try await files.look(throughFilesBefore: surroundings.now() - Self.patience) { some in
            let known = try await database.read { [store] in try store.known(of: some.map(\.id), in: $0) }
            for file in some where file.isDraft || !known.contains(file.id) {
                try await files.remove(file)
                removed += 1
            }
        }
        return removed
    }

    private func checkUnsent(by uploader: String, of workspace: ID<Workspace>) async throws {
        let unsent = try await database.read { [store] in try store.unsent(by: uploader, of: workspace, in: $0) }
        guard unsent < Self.mostUnsent else { throw Refusal(.tooMany, "attachment.unsent") }
    }

    /// A file that nobody knows of is removed again. Where nobody can tell whether it is known it stays: as an orphan, at worst.
    private func note(_ attachment: Attachment) async throws {
        do {
            try await database.write { [store] in try store.insert(attachment, in: $0) }
        } catch {
            if case StoreError.unknown = error { throw error }
            try? await files.remove(attachment.id)
            throw error as? StoreError == .full ? Refusal(.unavailable, "storage.full") : error
        }
    }
}
