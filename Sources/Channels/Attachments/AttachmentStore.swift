package import Basics
package import Organization
package import Store

/// The table `attachment`.
package struct AttachmentStore: Sendable {
    private let table = Table<Attachment>("attachment")

    package init() {}

    /// Puts an uploaded file into a conversation. Only its uploader may, and only into one; again into the same is no change.
    package func attach(
        _ id: String, by uploader: String, to conversation: Int64, of workspace: ID<Workspace>, in transaction: any Transaction
    ) throws -> Attachment {
        guard
            var attachment = try attachment(id, in: transaction), attachment.workspaceId == workspace,
            attachment.uploadedBy == uploader, [nil, conversation].contains(attachment.conversationId)
        else { throw Refusal(.notFound, "attachment.unknown") }
        attachment.conversationId = conversation
        try table.update(attachment, in: transaction)
        return attachment
    }

    package func attachment(_ id: String, in transaction: any Transaction) throws -> Attachment? {
        try table.first("id = \(id)", in: transaction)
    }

    func insert(_ attachment: Attachment, in transaction: any Transaction) throws {
        try table.insert(attachment, in: transaction)
    }

    /// How many files somebody has uploaded and not sent.
    func unsent(by uploader: String, of workspace: ID<Workspace>, in transaction: any Transaction) throws -> Int {
        try transaction.value(
            """
            SELECT COUNT(*) FROM attachment
            WHERE uploaded_by = \(uploader) AND workspace_id = \(workspace) AND conversation_id IS NULL
            """
        ) ?? 0
    }

    /// Which of these ids have a row.
    func known(of ids: [String], in transaction: any Transaction) throws -> Set<String> {
        Set(try table.find("id IN \(list: ids)", in: transaction).map(\.id))
    }

    /// Forgets what was uploaded before then and never sent, and says which.
    func removeUnsent(before limit: Timestamp, in transaction: any Transaction) throws -> [String] {
        let forgotten = try table.find(
            "conversation_id IS NULL AND created_at < \(limit) ORDER BY created_at LIMIT 500", in: transaction)
        try table.delete("conversation_id IS NULL AND id IN \(list: forgotten.map(\.id))", in: transaction)
        return forgotten.map(\.id)
    }
}
