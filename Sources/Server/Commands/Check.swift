import Basics
import Organization
import Store

extension Command {
    static let check = Command("check", summary: "Look the settings and the database over; says what is wrong.") { _, settings in
        let installation = try Installation(settings)
        let database = installation.ground.database
        try await database.migrate(installation.contents.features.flatMap(\.migrations))
        print("settings    good, data in \(installation.ground.folder.path)")
        print("disk        \(try await wordOfIntegrity(database))")
        print("numbering   \(try await wordOfNumbering(database))")
        print("audit log   \(try await wordOfAudit(installation.contents.organization))")
        try await database.close()
    }

    static let auditVerify = Command("audit verify", summary: "Recompute the audit log's hash chain; fails where it is broken.") {
        _, settings in
        let installation = try Installation(settings)
        print("audit log   \(try await wordOfAudit(installation.contents.organization))")
        try await installation.ground.database.close()
    }

    private static func wordOfIntegrity(_ database: any Database) async throws -> String {
        let word = try await database.read { try $0.value("PRAGMA integrity_check", as: String.self) }
        guard word == "ok" else { throw StoreError.damaged(word ?? "unknown") }
        return "good"
    }

    /// Every conversation's entries are numbered 1 to its last number without a gap.
    private static func wordOfNumbering(_ database: any Database) async throws -> String {
        let (conversations, broken) = try await database.read { transaction in
            (
                try transaction.value("SELECT COUNT(*) FROM conversation", as: Int.self) ?? 0,
                try transaction.rows(
                    """
                    SELECT c.id FROM conversation c LEFT JOIN entry e ON e.conversation_id = c.id
                    GROUP BY c.id, c.last_number HAVING COUNT(e.number) <> c.last_number OR COALESCE(MAX(e.number), 0) <> c.last_number
                    """
                )
            )
        }
        guard broken.isEmpty else { throw StoreError.damaged("\(broken.count) conversations have gaps in their numbering") }
        return "good, \(conversations) conversations without a gap"
    }

    private static func wordOfAudit(_ organization: Organization) async throws -> String {
        let verified = try await organization.verifyAudit()
        if let broken = verified.first(where: { !$0.verification.valid }) {
            throw StoreError.damaged(
                "the audit log of \(broken.workspace.name) is broken at entry \(broken.verification.brokenAt ?? 0)")
        }
        return "good, \(verified.map(\.verification.count).reduce(0, +)) entries"
    }
}
