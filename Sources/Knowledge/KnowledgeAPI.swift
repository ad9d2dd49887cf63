import Basics
import HTTPTypes
import Organization
import Store
import Web

/// Entries as the desk works on them.
struct KnowledgeAPI: Sendable {
    let database: any Database
    let store: KnowledgeStore
    let audit: Audit

    struct Shown: Codable, Sendable {
        let id: ID<KnowledgeEntry>
        let language: Language
        let category: String
        let title: String
        let phrasings: Phrasings
        let answer: String
        let state: KnowledgeEntry.State
        let effectiveFrom: Timestamp?
        let effectiveUntil: Timestamp?
        let version: Int
        let hits: Int
        let helpful: Int
        let unhelpful: Int
        let updatedAt: Timestamp

        init(_ entry: KnowledgeEntry) {
            (id, language, category, title) = (entry.id, entry.language, entry.category, entry.title)
            (phrasings, answer, state) = (entry.phrasings, entry.answer, entry.state)
            (effectiveFrom, effectiveUntil, version) = (entry.effectiveFrom, entry.effectiveUntil, entry.version)
            (hits, helpful, unhelpful, updatedAt) = (entry.hits, entry.helpful, entry.unhelpful, entry.updatedAt)
        }
    }

    struct Written: Codable, Sendable {
        let language: Language
        let category: String?
        let title: String
        let phrasings: [String]?
        let answer: String
        let effectiveFrom: Timestamp?
        let effectiveUntil: Timestamp?
        /// `published` puts it to use at once; new entries are drafts otherwise.
        let state: KnowledgeEntry.State?
        /// The version that the author started from; a newer one is not overwritten.
        let version: Int?

        var content: EntryContent {
            get throws(Refusal) {
                try EntryContent(
                    language: language, category: category ?? "", title: title, phrasings: phrasings ?? [], answer: answer,
                    effectiveFrom: effectiveFrom, effectiveUntil: effectiveUntil
                )
            }
        }
    }

    struct Page: Codable, Sendable {
        let rows: [Shown]
        let next: String?
    }

    struct Versions: Codable, Sendable {
        let rows: [Version]
    }

    struct Version: Codable, Sendable {
        let version: Int
        let language: Language
        let category: String
        let title: String
        let phrasings: Phrasings
        let answer: String
        let effectiveFrom: Timestamp?
        let effectiveUntil: Timestamp?
        let author: ID<Agent>?
        let at: Timestamp

        init(_ version: EntryVersion) {
            (self.version, language, category) = (version.number, version.language, version.category)
            (title, phrasings, answer) = (version.title, version.phrasings, version.answer)
            (effectiveFrom, effectiveUntil) = (version.effectiveFrom, version.effectiveUntil)
            (author, at) = (version.author, version.createdAt)
        }
    }

    struct Categories: Codable, Sendable {
        struct Category: Codable, Sendable {
            let name: String
            let count: Int
        }

        let rows: [Category]
    }
}

extension KnowledgeAPI {
    var routes: [Route] {
        [
            Route(
                .get, "/api/knowledge", command: "knowledge", access: .needs("knowledge.read"),
                summary: "Lists knowledge entries, the last changed first.",
                query: [
                    "query": "Words that all occur in the entry",
                    "state": "draft, published or archived; without it all but the archive",
                    "category": "Exactly this category", "language": "zh-CN or en",
                    "cursor": "Where the last page ended", "limit": "At most this many, up to 200",
                ],
                takes: Nothing.self, gives: Page.self
            ) { call, _ in try await list(call) },
            Route(
                .post, "/api/knowledge", access: .needs("knowledge.edit"), summary: "Writes a new entry.",
                takes: Written.self, gives: Shown.self, handle: create
            ),
            Route(
                .get, "/api/knowledge/categories", access: .needs("knowledge.read"),
                summary: "Lists the categories in use with the number of their entries.", takes: Nothing.self,
                gives: Categories.self
            ) { call, _ in try await categories(call) },
            Route(
                .get, "/api/knowledge/{entry}", access: .needs("knowledge.read"), summary: "Shows one entry.",
                takes: Nothing.self, gives: Shown.self
            ) { call, _ in try await show(call) },
            Route(
                .put, "/api/knowledge/{entry}", access: .needs("knowledge.edit"), summary: "Writes a new version of an entry.",
                takes: Written.self, gives: Shown.self, handle: revise
            ),
            Route(
                .delete, "/api/knowledge/{entry}", access: .needs("knowledge.edit"), summary: "Archives an entry.",
                takes: Nothing.self, gives: Nothing.self
            ) { call, _ in
                _ = try await move(call, to: .archived)
                return Nothing()
            },
            Route(
                .post, "/api/knowledge/{entry}/publication", access: .needs("knowledge.edit"),
                summary: "Lets the bot answer with an entry.", takes: Nothing.self, gives: Shown.self
            ) { call, _ in try await move(call, to: .published) },
            Route(
                .delete, "/api/knowledge/{entry}/publication", access: .needs("knowledge.edit"),
                summary: "Takes an entry back from the bot.", takes: Nothing.self, gives: Shown.self
            ) { call, _ in try await move(call, to: .draft) },
            Route(
                .get, "/api/knowledge/{entry}/versions", access: .needs("knowledge.read"),
                summary: "Lists what an entry has said, the newest first.", takes: Nothing.self, gives: Versions.self
            ) { call, _ in try await versions(call) },
        ]
    }

    private func list(_ call: Call) async throws -> Page {
        let workspace = try call.staff.workspace
        var list = KnowledgeList()
        list.query = try call.query("query") ?? ""
        list.state = try call.word("state")
        list.category = try call.query("category")
        list.language = try call.word("language")
        list.after = try call.query("cursor")
        list.limit = min(max(try call.query("limit") ?? 50, 1), 200)
        let page = try await database.read { [list] in try list.page(in: workspace, $0) }
        return Page(rows: page.entries.map(Shown.init), next: page.next?.description)
    }

    private func create(_ call: Call, _ written: Written) async throws -> Shown {
        let (staff, content) = (try call.staff, try written.content)
        let state = written.state ?? .draft
        return try await database.write { transaction in
            let entry = try store.create(content, state: state, in: staff.workspace, by: staff.agent, transaction)
            try record("knowledge.written", entry, by: staff, transaction)
            return Shown(entry)
        }
    }

    private func show(_ call: Call) async throws -> Shown {
        let (workspace, id) = (try call.staff.workspace, try call.entry)
        return try await database.read { Shown(try store.entry(id, in: workspace, $0)) }
    }

    private func revise(_ call: Call, _ written: Written) async throws -> Shown {
        let (staff, id, content) = (try call.staff, try call.entry, try written.content)
        return try await database.write { transaction in
            let entry = try store.revise(
                id, to: content, known: written.version, in: staff.workspace, by: staff.agent, transaction
            )
            try record("knowledge.revised", entry, by: staff, transaction)
            guard let state = written.state else { return Shown(entry) }
            return Shown(try store.move(id, to: state, in: staff.workspace, transaction))
        }
    }

    private func move(_ call: Call, to state: KnowledgeEntry.State) async throws -> Shown {
        let (staff, id) = (try call.staff, try call.entry)
        return try await database.write { transaction in
            let entry = try store.move(id, to: state, in: staff.workspace, transaction)
            try record("knowledge.\(state)", entry, by: staff, transaction)
            return Shown(entry)
        }
    }

    private func record(_ action: String, _ entry: KnowledgeEntry, by staff: Staff, _ transaction: any Transaction) throws {
        let detail = ["title": entry.title, "version": String(entry.version), "state": entry.state.rawValue]
        try audit.record(AuditEvent(action, "knowledge.\(entry.id)", detail), by: staff.actor, in: transaction)
    }

    private func versions(_ call: Call) async throws -> Versions {
        let (workspace, id) = (try call.staff.workspace, try call.entry)
        return try await database.read { transaction in
            _ = try store.entry(id, in: workspace, transaction)
            return Versions(rows: try store.versions(of: id, in: workspace, transaction).map(Version.init))
        }
    }

    private func categories(_ call: Call) async throws -> Categories {
        let workspace = try call.staff.workspace
        return try await database.read { transaction in
            Categories(rows: try store.categories(in: workspace, transaction).map(Categories.Category.init))
        }
    }
}

extension Call {
    fileprivate var entry: ID<KnowledgeEntry> { get throws(Refusal) { try parameter("entry") } }

    /// One of a few words in the query string.
    func word<Word: RawRepresentable<String>>(_ name: String) throws(Refusal) -> Word? {
        guard let text: String = try query(name) else { return nil }
        guard let word = Word(rawValue: text) else { throw Refusal(.invalid, "query.\(name)") }
        return word
    }
}
