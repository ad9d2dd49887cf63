package import Basics
package import Organization
package import Store

/// A page of entries, the last changed first, narrowed down by what is set.
package struct KnowledgeList: Sendable {
    /// Words that all occur in title, category, phrasings or answer; any part of a word does, as Chinese needs it.
    package var query = ""
    /// Nil: everything but the archive.
    package var state: KnowledgeEntry.State?
    package var category: String?
    package var language: Language?
    package var after: Cursor?
    package var limit = 50

    package init() {}

    /// Where a page ends.
    package struct Cursor: LosslessStringConvertible, Sendable {
        let updatedAt: Int64
        let id: Int64

        init(_ entry: KnowledgeEntry) { (updatedAt, id) = (entry.updatedAt.milliseconds, entry.id.rawValue) }

        package init?(_ description: String) {
            let parts = description.split(separator: ".").compactMap { Int64($0) }
            guard parts.count == 2 else { return nil }
            (updatedAt, id) = (parts[0], parts[1])
        }

        package var description: String { "\(updatedAt).\(id)" }
    }

    package func page(
        in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws -> (entries: [KnowledgeEntry], next: Cursor?) {
        let rows = try transaction.rows(
            """
            SELECT * FROM knowledge_entry WHERE workspace_id = \(workspace)\(narrowed)
            ORDER BY updated_at DESC, id DESC LIMIT \(limit + 1)
            """
        ).map(Table<KnowledgeEntry>.decode)
        let entries = Array(rows.prefix(limit))
        return (entries, rows.count > limit ? entries.last.map(Cursor.init) : nil)
    }

    private var narrowed: SQL {
        var conditions: SQL = ""
        if let state { conditions = "\(conditions) AND state = \(state)" } else { conditions = " AND state <> 'archived'" }
        if let category { conditions = "\(conditions) AND category = \(category)" }
        if let language { conditions = "\(conditions) AND language = \(language)" }
        if let after { conditions = "\(conditions) AND (updated_at, id) < (\(after.updatedAt), \(after.id))" }
        for word in query.folded.split(whereSeparator: \.isWhitespace).prefix(10) {
            conditions = "\(conditions) AND search LIKE \(Self.anywhere(String(word))) ESCAPE '!'"
        }
        return conditions
    }

    private static func anywhere(_ word: String) -> String {
        "%" + word.flatMap { "!%_".contains($0) ? ["!", $0] : [$0] } + "%"
    }
}
