import Basics
import HTTPTypes
import Store
import Web

extension AuditEntry {
    struct Shown: Codable, Sendable {
        let number: Int64
        let at: Timestamp
        let actor: Acting
        let action: String
        let subject: String
        let detail: [String: String]
    }

    struct Acting: Codable, Sendable {
        let id: ID<Agent>?
        let name: String
    }

    var shown: Shown {
        Shown(
            number: number, at: at, actor: Acting(id: actorId, name: actorName), action: action, subject: subject,
            detail: detail.value
        )
    }
}

extension Organization {
    var auditRoutes: [Route] {
        [
            Route(
                .get, "/api/audit", access: .needs("audit.read"), summary: "Who did what, the newest first.",
                query: ["cursor": "From the page before.", "limit": "At most 200; 50 unless given."],
                takes: Nothing.self, gives: Page<AuditEntry.Shown>.self
            ) { call, _ in
                try await auditPage(of: call.staff.workspace, before: call.query("cursor"), limit: call.limit)
            },
            Route(
                .get, "/api/audit/verification", access: .needs("audit.read"),
                summary: "Whether every line of the log is there and as it was written.",
                takes: Nothing.self, gives: AuditVerification.self
            ) { call, _ in
                try await verifyAudit(of: call.staff.workspace)
            },
        ]
    }

    private func auditPage(
        of workspace: ID<Workspace>, before number: Int64?, limit: Int
    ) async throws -> Page<AuditEntry.Shown> {
        let entries = try await database.read {
            try AuditStore.entries(of: workspace, before: number ?? .max, limit: limit + 1, in: $0)
        }
        return Page(entries.map(\.shown), limit: limit) { String($0.number) }
    }
}
