package import Basics
package import Organization
package import Store

/// What was published at each revision, so that an old decision can be looked into: per change the entry, its version, and whether the bot
/// might use it from then on.
package struct KnowledgeHistory: Sendable {
    package init() {}

    /// What was published before the history began is noted under the revision of that moment.
    static let migration = Migration(
        "knowledge.history",
        """
        CREATE TABLE knowledge_history (
            workspace_id BIGINT NOT NULL, revision BIGINT NOT NULL, entry_id BIGINT NOT NULL, version BIGINT NOT NULL,
            published BIGINT NOT NULL, PRIMARY KEY (workspace_id, entry_id, revision)
        )
        """,
        """
        INSERT INTO knowledge_history (workspace_id, revision, entry_id, version, published)
        SELECT e.workspace_id, r.number, e.id, e.version, 1
        FROM knowledge_entry e JOIN knowledge_revision r ON r.workspace_id = e.workspace_id WHERE e.state = 'published'
        """
    )

    func note(_ entry: KnowledgeEntry, at revision: Int, _ transaction: any Transaction) throws {
        try transaction.run(
            """
            INSERT INTO knowledge_history (workspace_id, revision, entry_id, version, published)
            VALUES (\(entry.workspaceId), \(revision), \(entry.id), \(entry.version), \(entry.state == .published))
            """
        )
    }

    /// What was published at a revision, as it read then, in the order in which it was written; nil where nobody kept it.
    package func published(
        at revision: Int, in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws -> [KnowledgeEntry]? {
        let first: Int? = try transaction.value("SELECT MIN(revision) FROM knowledge_history WHERE workspace_id = \(workspace)")
        guard revision > 0 else { return [] }
        guard let first, revision >= first else { return nil }
        return try transaction.rows(
            """
            SELECT v.* FROM knowledge_history h JOIN entry_version v ON v.entry_id = h.entry_id AND v.number = h.version
            WHERE h.workspace_id = \(workspace) AND h.published = 1 AND h.revision = (
                SELECT MAX(later.revision) FROM knowledge_history later
                WHERE later.workspace_id = \(workspace) AND later.entry_id = h.entry_id AND later.revision <= \(revision))
            ORDER BY v.entry_id
            """
        ).map { KnowledgeEntry(published: try Table<EntryVersion>.decode($0)) }
    }
}
