package import Basics
package import Organization
package import Store

/// One company's synonyms in one language from one revision of its knowledge on. Written once, never changed.
package struct SynonymBook: Codable, Hashable, Sendable {
    package let workspaceId: ID<Workspace>
    package let language: Language
    package let revision: Int
    package let synonyms: Synonyms
    package let updatedAt: Timestamp
}

extension KnowledgeStore {
    static let synonymBooks = Migration(
        "knowledge.synonyms",
        """
        CREATE TABLE synonym_book (
            workspace_id BIGINT NOT NULL, language TEXT NOT NULL, revision BIGINT NOT NULL, synonyms TEXT NOT NULL,
            updated_at BIGINT NOT NULL, PRIMARY KEY (workspace_id, language, revision)
        )
        """
    )

    package func synonyms(in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> [Language: Synonyms] {
        try KnowledgeHistory().synonyms(in: workspace, transaction)
    }

    /// Replaces all in this language; the bot learns anew at once.
    package func write(
        _ synonyms: Synonyms, _ language: Language, in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws {
        let revision = try announceChange(in: workspace, transaction)
        let book = SynonymBook(
            workspaceId: workspace, language: language, revision: revision, synonyms: synonyms, updatedAt: surroundings.now())
        try KnowledgeHistory.books.insert(book, in: transaction)
    }
}

extension KnowledgeHistory {
    fileprivate static let books = Table<SynonymBook>("synonym_book", key: "workspace_id", "language", "revision")

    /// Those of each language in which some were written; with a revision those that held then.
    package func synonyms(
        at revision: Int = .max, in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws -> [Language: Synonyms] {
        try Language.allCases.reduce(into: [:]) { books, language in
            let book = try Self.books.first(
                "workspace_id = \(workspace) AND language = \(language) AND revision <= \(revision) ORDER BY revision DESC",
                in: transaction)
            books[language] = book?.synonyms
        }
    }
}
