package import Basics
package import Organization
package import Store

/// The knowledge base of every workspace. All functions run inside a transaction of the caller's.
package struct KnowledgeStore: Sendable {
    let surroundings: Surroundings
    private let facts: Facts
    private let entries = Table<KnowledgeEntry>("knowledge_entry")
    private let versions = Table<EntryVersion>("entry_version", key: "entry_id", "number")

    package init(surroundings: Surroundings, facts: Facts) { (self.surroundings, self.facts) = (surroundings, facts) }

    package static let migrations = [
        Migration(
            "knowledge.1",
            """
            CREATE TABLE knowledge_entry (
                id BIGINT PRIMARY KEY, workspace_id BIGINT NOT NULL, state TEXT NOT NULL, version BIGINT NOT NULL,
                language TEXT NOT NULL, category TEXT NOT NULL, title TEXT NOT NULL, phrasings TEXT NOT NULL, answer TEXT NOT NULL,
                effective_from BIGINT, effective_until BIGINT,
                hits BIGINT NOT NULL, helpful BIGINT NOT NULL, unhelpful BIGINT NOT NULL,
                updated_at BIGINT NOT NULL, search TEXT NOT NULL
            )
            """,
            "CREATE INDEX knowledge_entry_by_update ON knowledge_entry (workspace_id, updated_at, id)",
            "CREATE INDEX knowledge_entry_by_title ON knowledge_entry (workspace_id, title)",
            """
            CREATE TABLE entry_version (
                entry_id BIGINT NOT NULL, number BIGINT NOT NULL, workspace_id BIGINT NOT NULL,
                language TEXT NOT NULL, category TEXT NOT NULL, title TEXT NOT NULL, phrasings TEXT NOT NULL, answer TEXT NOT NULL,
                effective_from BIGINT, effective_until BIGINT, author BIGINT, created_at BIGINT NOT NULL,
                PRIMARY KEY (entry_id, number)
            )
            """,
            "CREATE TABLE knowledge_revision (workspace_id BIGINT PRIMARY KEY, number BIGINT NOT NULL)",
            """
            CREATE TABLE knowledge_import (
                id BIGINT PRIMARY KEY, workspace_id BIGINT NOT NULL, agent_id BIGINT NOT NULL,
                content TEXT NOT NULL, expires_at BIGINT NOT NULL
            )
            """
        ),
        KnowledgeHistory.migration,
        synonymBooks,
    ]
}

// Changing

extension KnowledgeStore {
    @discardableResult
    package func create(
        _ content: EntryContent, state: KnowledgeEntry.State, in workspace: ID<Workspace>, by author: ID<Agent>?,
        _ transaction: any Transaction
    ) throws -> KnowledgeEntry {
        let entry = KnowledgeEntry(
            id: surroundings.makeID(), workspace: workspace, content: content, state: state, at: surroundings.now()
        )
        try entries.insert(entry, in: transaction)
        try versions.insert(EntryVersion(of: entry, author: author), in: transaction)
        if state == .published { try announceChange(of: entry, transaction) }
        return entry
    }

    /// Writes a new version. `known` is the version that the author had before their eyes: a newer one is not overwritten.
    @discardableResult
    package func revise(
        _ id: ID<KnowledgeEntry>, to content: EntryContent, known: Int? = nil, in workspace: ID<Workspace>, by author: ID<Agent>?,
        _ transaction: any Transaction
    ) throws -> KnowledgeEntry {
        var entry = try entry(id, in: workspace, transaction)
        guard known == nil || known == entry.version else { throw Refusal(.conflict, "knowledge.version") }
        guard entry.revise(content, at: surroundings.now()) else { return entry }
        try entries.update(entry, in: transaction)
        try versions.insert(EntryVersion(of: entry, author: author), in: transaction)
        if entry.state == .published { try announceChange(of: entry, transaction) }
        return entry
    }

    @discardableResult
    package func move(
        _ id: ID<KnowledgeEntry>, to state: KnowledgeEntry.State, in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws -> KnowledgeEntry {
        var entry = try entry(id, in: workspace, transaction)
        guard entry.state != state else { return entry }
        let wasPublished = entry.state == .published
        entry.move(to: state, at: surroundings.now())
        try entries.update(entry, in: transaction)
        if wasPublished || state == .published { try announceChange(of: entry, transaction) }
        return entry
    }

    private func announceChange(of entry: KnowledgeEntry, _ transaction: any Transaction) throws {
        let revision = try announceChange(in: entry.workspaceId, transaction)
        try KnowledgeHistory().note(entry, at: revision, transaction)
    }

    /// Gives the new revision, which is told after the commit.
    func announceChange(in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> Int {
        let revision: Int? = try transaction.value(
            """
            INSERT INTO knowledge_revision (workspace_id, number) VALUES (\(workspace), 1)
            ON CONFLICT (workspace_id) DO UPDATE SET number = knowledge_revision.number + 1 RETURNING number
            """
        )
        facts.announce(KnowledgeChanged(workspace: workspace, revision: revision ?? 0), after: transaction)
        return revision ?? 0
    }
}

// Counting

extension KnowledgeStore {
    /// The bot answered with it.
    package func countHit(of id: ID<KnowledgeEntry>, in workspace: ID<Workspace>, _ transaction: any Transaction) throws {
        try transaction.run(
            "UPDATE knowledge_entry SET hits = hits + 1 WHERE id = \(id) AND workspace_id = \(workspace)"
        )
    }

    /// A customer judged an answer; a changed mind moves from one count to the other.
    package func judge(
        _ id: ID<KnowledgeEntry>, helpful: Bool, earlier: Bool?, in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws {
        guard helpful != earlier else { return }
        let (more, less) = (helpful ? 1 : 0, earlier == nil ? 0 : 1)
        try transaction.run(
            """
            UPDATE knowledge_entry
            SET helpful = helpful + \(more) - \(less * (1 - more)), unhelpful = unhelpful + \(1 - more) - \(less * more)
            WHERE id = \(id) AND workspace_id = \(workspace)
            """
        )
    }
}

// Asking

extension KnowledgeStore {
    package func entry(
        _ id: ID<KnowledgeEntry>, in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws -> KnowledgeEntry {
        guard let entry = try entries.first("id = \(id) AND workspace_id = \(workspace)", in: transaction) else {
            throw Refusal(.notFound, "entry.unknown")
        }
        return entry
    }

    package func entries(
        _ ids: [ID<KnowledgeEntry>], in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws -> [KnowledgeEntry] {
        try entries.find("workspace_id = \(workspace) AND id IN \(list: ids)", in: transaction)
    }

    /// The entry that an import with this title and language replaces.
    package func entry(
        titled title: String, _ language: Language, in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws -> KnowledgeEntry? {
        try entries.first(
            "workspace_id = \(workspace) AND title = \(title) AND language = \(language) AND state <> 'archived' ORDER BY id",
            in: transaction
        )
    }

    /// Everything not archived, in the order in which it was written.
    package func all(in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> [KnowledgeEntry] {
        try entries.find("workspace_id = \(workspace) AND state <> 'archived' ORDER BY id", in: transaction)
    }

    package func published(in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> [KnowledgeEntry] {
        try entries.find("workspace_id = \(workspace) AND state = 'published' ORDER BY id", in: transaction)
    }

    /// Newest first.
    package func versions(
        of id: ID<KnowledgeEntry>, in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws -> [EntryVersion] {
        try versions.find("entry_id = \(id) AND workspace_id = \(workspace) ORDER BY number DESC", in: transaction)
    }

    /// The number of the last change of published knowledge, 0 before the first.
    package func revision(in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> Int {
        try transaction.value("SELECT number FROM knowledge_revision WHERE workspace_id = \(workspace)") ?? 0
    }

    /// The workspaces that have published anything yet.
    package func workspaces(_ transaction: any Transaction) throws -> [ID<Workspace>] {
        try transaction.rows("SELECT workspace_id FROM knowledge_revision ORDER BY workspace_id").map { try $0("workspace_id") }
    }

    package func categories(in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> [(name: String, count: Int)] {
        try transaction.rows(
            """
            SELECT category, COUNT(*) AS entries FROM knowledge_entry
            WHERE workspace_id = \(workspace) AND state <> 'archived' GROUP BY category ORDER BY category
            """
        ).map { (try $0("category"), try $0("entries")) }
    }
}
