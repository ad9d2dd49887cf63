import Basics
import HTTPTypes
import Organization
import Store
import Web

/// Shared snippets are changed by those who may share; one's own by oneself.
struct SnippetAPI: Sendable {
    let database: any Database
    let surroundings: Surroundings

    struct Shown: Codable, Sendable {
        let id: ID<Snippet>
        let shortcut: String
        let title: String
        let text: String
        let shared: Bool
    }

    struct Written: Codable, Sendable {
        let shortcut: String
        let title: String
        let text: String
        let shared: Bool
    }

    struct Listed: Codable, Sendable { let rows: [Shown] }

    var routes: [Route] {
        let desk = Access.needs("desk.use")
        return [
            Route(
                .get, "/api/snippets", command: "snippets", access: desk, summary: "Shared snippets and one's own.",
                takes: Nothing.self, gives: Listed.self, handle: list),
            Route(
                .post, "/api/snippets", access: desk, summary: "Keep a snippet.", takes: Written.self, gives: Shown.self,
                handle: add),
            Route(
                .put, "/api/snippets/{snippet}", access: desk, summary: "Change a snippet.", takes: Written.self,
                gives: Shown.self, handle: change),
            Route(
                .delete, "/api/snippets/{snippet}", access: desk, summary: "Remove a snippet.", takes: Nothing.self,
                gives: Nothing.self, handle: remove),
        ]
    }

    private let table = Table<Snippet>("snippet")

    init(database: any Database, surroundings: Surroundings) { (self.database, self.surroundings) = (database, surroundings) }

    private func list(_ call: Call, _: Nothing) async throws -> Listed {
        let staff = try call.staff
        let found = try await database.read { transaction in
            try table.find(
                "workspace_id = \(staff.workspace) AND (agent_id IS NULL OR agent_id = \(staff.agent)) ORDER BY shortcut, id LIMIT 1000",
                in: transaction
            )
        }
        return Listed(rows: found.map(Shown.init))
    }

    private func add(_ call: Call, _ written: Written) async throws -> Shown {
        let snippet = try written.snippet(surroundings.makeID(), by: try call.staff)
        try await database.write { try table.insert(snippet, in: $0) }
        return Shown(snippet)
    }

    private func change(_ call: Call, _ written: Written) async throws -> Shown {
        let id: ID<Snippet> = try call.parameter("snippet")
        let staff = try call.staff
        let snippet = try written.snippet(id, by: staff)
        try await database.write { transaction in
            try check(id, staff, in: transaction)
            try table.update(snippet, in: transaction)
        }
        return Shown(snippet)
    }

    private func remove(_ call: Call, _: Nothing) async throws -> Nothing {
        let id: ID<Snippet> = try call.parameter("snippet")
        let staff = try call.staff
        try await database.write { transaction in
            try check(id, staff, in: transaction)
            try table.delete("id = \(id)", in: transaction)
        }
        return Nothing()
    }

    private func check(_ id: ID<Snippet>, _ staff: Staff, in transaction: any Transaction) throws {
        let found = try table.first("id = \(id) AND workspace_id = \(staff.workspace)", in: transaction)
        guard let found, found.agentId == nil || found.agentId == staff.agent else { throw Refusal(.notFound, "snippet.unknown") }
        guard found.agentId != nil || staff.may("snippet.share") else { throw Refusal(.forbidden, "permission.missing") }
    }
}

extension SnippetAPI.Written {
    fileprivate func snippet(_ id: ID<Snippet>, by staff: Staff) throws(Refusal) -> Snippet {
        guard !shared || staff.may("snippet.share") else { throw Refusal(.forbidden, "permission.missing") }
        return try Snippet(
            id: id, workspaceId: staff.workspace, agentId: shared ? nil : staff.agent, shortcut: shortcut, title: title,
            text: text
        )
    }
}

extension SnippetAPI.Shown {
    fileprivate init(_ snippet: Snippet) {
        self.init(
            id: snippet.id, shortcut: snippet.shortcut, title: snippet.title, text: snippet.text, shared: snippet.agentId == nil)
    }
}
