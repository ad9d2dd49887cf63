import Basics
import HTTPTypes
import Organization
import Store
import Web

/// Words that mean the same to a company's customers, as the desk edits them: all of one language at once.
struct SynonymAPI: Sendable {
    let database: any Database
    let store: KnowledgeStore
    let audit: Audit

    struct Book: Codable, Sendable {
        let language: Language
        /// Each with at least two words; the first is what the others are read as.
        let groups: [[String]]
    }

    struct Books: Codable, Sendable {
        let rows: [Book]
    }

    var routes: [Route] {
        [
            Route(
                .get, "/api/knowledge/synonyms", access: .needs("knowledge.read"),
                summary: "Shows the words that mean the same to customers, by language.", takes: Nothing.self, gives: Books.self
            ) { call, _ in try await show(call) },
            Route(
                .put, "/api/knowledge/synonyms", access: .needs("knowledge.edit"),
                summary: "Replaces the words that mean the same in one language; the bot learns them at once.",
                takes: Book.self, gives: Book.self, handle: write
            ),
        ]
    }

    private func show(_ call: Call) async throws -> Books {
        let workspace = try call.staff.workspace
        let synonyms = try await database.read { try store.synonyms(in: workspace, $0) }
        return Books(rows: Language.allCases.map { Book(language: $0, groups: synonyms[$0]?.groups ?? []) })
    }

    private func write(_ call: Call, _ book: Book) async throws -> Book {
        let (staff, synonyms) = (try call.staff, try Synonyms(checking: book.groups))
        try await database.write { transaction in
            try store.write(synonyms, book.language, in: staff.workspace, transaction)
            let detail = ["language": book.language.rawValue, "groups": String(synonyms.groups.count)]
            try audit.record(AuditEvent("knowledge.synonyms", "synonyms", detail), by: staff.actor, in: transaction)
        }
        return Book(language: book.language, groups: synonyms.groups)
    }
}
