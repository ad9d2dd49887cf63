package import Basics
import Organization
package import Store

/// Keeps the grounds of every message of the bot's. Each conversation is a chain of its own: whoever appends to it holds its row already,
/// so that nobody waits for anybody else's message.
package struct EvidenceStore: Sendable {
    private let table = Table<EvidenceLink>("bot_evidence", key: "conversation_id", "number")

    package init() {}

    static let migration = Migration(
        "conversations.evidence",
        """
        CREATE TABLE bot_evidence (
            conversation_id BIGINT NOT NULL,
            number BIGINT NOT NULL,
            workspace_id BIGINT NOT NULL,
            at BIGINT NOT NULL,
            grounds TEXT NOT NULL,
            hash TEXT NOT NULL,
            seal BIGINT,
            PRIMARY KEY (conversation_id, number)
        ) WITHOUT ROWID
        """,
        "CREATE INDEX bot_evidence_unsealed ON bot_evidence (workspace_id, conversation_id, number) WHERE seal IS NULL",
        "CREATE INDEX bot_evidence_sealed ON bot_evidence (workspace_id, seal) WHERE seal IS NOT NULL"
    )

    /// Writes down why an entry was said, in the transaction that appends it.
    func keep(_ grounds: Grounds, of entry: Entry, in workspace: ID<Workspace>, _ transaction: any Transaction) throws {
        var grounds = grounds
        grounds.said = Grounds.digest(entry.text ?? "")
        let previous = try last(of: entry.conversation, before: .max, transaction)?.hash ?? EvidenceLink.beginning
        try table.insert(EvidenceLink(grounds, of: entry, in: workspace, after: previous), in: transaction)
    }

    private func last(
        of conversation: ID<Conversation>, before number: Int64, _ transaction: any Transaction
    ) throws -> EvidenceLink? {
        try table.first(
            "conversation_id = \(conversation) AND number < \(number) ORDER BY number DESC", in: transaction)
    }

    /// A link and the hash that it must follow.
    package func evidence(
        of number: Int64, in conversation: ID<Conversation>, _ transaction: any Transaction
    ) throws -> (evidence: EvidenceLink, previous: String)? {
        let found = try table.first("conversation_id = \(conversation) AND number = \(number)", in: transaction)
        guard let found else { return nil }
        return (found, try last(of: conversation, before: number, transaction)?.hash ?? EvidenceLink.beginning)
    }

    /// What stands in an entry, and who wrote it; nil where there is no such entry.
    package func words(
        of number: Int64, in conversation: ID<Conversation>, _ transaction: any Transaction
    ) throws -> (text: String, author: Author.Kind)? {
        try transaction.row(
            "SELECT text, author FROM entry WHERE conversation_id = \(conversation) AND number = \(number)"
        ).map { (try $0.optional("text") ?? "", try $0("author")) }
    }

    /// The whole chain of one conversation.
    func chain(of conversation: ID<Conversation>, _ transaction: any Transaction) throws -> [EvidenceLink] {
        try table.find("conversation_id = \(conversation) ORDER BY number", in: transaction)
    }

    func conversations(after last: Int64, limit: Int, _ transaction: any Transaction) throws -> [ID<Conversation>] {
        try transaction.rows(
            """
            SELECT DISTINCT conversation_id FROM bot_evidence WHERE conversation_id > \(last)
            ORDER BY conversation_id LIMIT \(limit)
            """
        ).map { try $0("conversation_id") }
    }
}

// Seals

extension EvidenceStore {
    func workspacesToSeal(_ transaction: any Transaction) throws -> [ID<Workspace>] {
        try transaction.rows("SELECT DISTINCT workspace_id FROM bot_evidence WHERE seal IS NULL").map { try $0("workspace_id") }
    }

    func unsealed(in workspace: ID<Workspace>, limit: Int, _ transaction: any Transaction) throws -> [EvidenceLink] {
        try table.find(
            "workspace_id = \(workspace) AND seal IS NULL ORDER BY conversation_id, number LIMIT \(limit)", in: transaction)
    }

    /// Marks all unsealed links up to this one, in the order of ``unsealed(in:limit:_:)``.
    func mark(_ seal: Int64, upTo last: EvidenceLink, _ transaction: any Transaction) throws {
        try transaction.run(
            """
            UPDATE bot_evidence SET seal = \(seal) WHERE workspace_id = \(last.workspaceId) AND seal IS NULL
                AND (conversation_id, number) <= (\(last.conversationId), \(last.number))
            """
        )
    }

    func sealed(_ seal: Int64, in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> [EvidenceLink] {
        try table.find("workspace_id = \(workspace) AND seal = \(seal) ORDER BY conversation_id, number", in: transaction)
    }
}
