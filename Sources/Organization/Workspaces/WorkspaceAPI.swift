import Basics
import HTTPTypes
import Store
import Web

extension Workspace {
    struct Shown: Codable, Sendable {
        let id: ID<Workspace>
        let name: String
        let locale: String
        let categories: [String]
    }

    struct Form: Codable, Sendable {
        let name: String
        let locale: String
        let categories: [String]
    }

    var shown: Shown { Shown(id: id, name: name, locale: locale, categories: categories.value) }
}

extension Organization {
    var workspaceRoutes: [Route] {
        [
            Route(
                .get, "/api/workspace", access: .needs("desk.use"), summary: "The company and its closing categories.",
                takes: Nothing.self, gives: Workspace.Shown.self
            ) { call, _ in
                let staff = try call.staff
                return try await database.read { try workspace(of: staff, in: $0).shown }
            },
            Route(
                .put, "/api/workspace", access: .needs("workspace.edit"),
                summary: "Changes the company's name, language and closing categories.",
                takes: Workspace.Form.self, gives: Workspace.Shown.self
            ) { call, form in
                try await changeWorkspace(to: form, by: call.staff).shown
            },
        ]
    }

    private func changeWorkspace(to form: Workspace.Form, by staff: Staff) async throws -> Workspace {
        try await database.write { transaction in
            let old = try workspace(of: staff, in: transaction)
            let new = try Workspace.named(
                form.name, locale: form.locale, categories: form.categories, id: old.id, at: old.createdAt
            )
            try WorkspaceStore.table.update(new, in: transaction)
            let detail = ["name": new.name, "locale": new.locale, "categories": new.categories.value.joined(separator: "; ")]
            try audit.record(AuditEvent("workspace.changed", "workspace.\(new.id)", detail), by: staff.actor, in: transaction)
            return new
        }
    }

    private func workspace(of staff: Staff, in transaction: any Transaction) throws -> Workspace {
        guard let workspace = try WorkspaceStore.workspace(staff.workspace, in: transaction) else {
            throw Refusal(.notFound, "workspace.unknown")
        }
        return workspace
    }
}
