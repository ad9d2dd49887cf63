import Basics
import Channels
import Conversations
import Foundation
import Organization
import Store

extension Command {
    static let check = Command("check", summary: "Look the settings and the database over; says what is wrong.") { _, settings in
        let installation = try await Installation(existing: settings)
        let database = installation.ground.database
        print("settings    good, data in \(installation.ground.folder.path)")
        print("schema      \(try await wordOfSchema(installation))")
        print("key         \(try await installation.key.word())")
        print("attachments \(try await wordOfAttachments(installation))")
        print("disk        \(try await wordOfIntegrity(database))")
        print("numbering   \(try await wordOfNumbering(database))")
        print("audit log   \(try await wordOfAudit(installation.contents.organization))")
        print("evidence    \(try await wordOfEvidence(installation))")
        try await database.close()
    }

    static let auditVerify = Command(
        "audit verify",
        summary: "Recompute the hash chains of the audit log and of the bot's messages; fails where one is broken."
    ) {
        _, settings in
        let installation = try await Installation(existing: settings)
        print("audit log   \(try await wordOfAudit(installation.contents.organization))")
        print("evidence    \(try await wordOfEvidence(installation))")
        try await installation.ground.database.close()
    }

    /// Looks only: bringing the schema up to date is for whoever serves.
    private static func wordOfSchema(_ installation: Installation) async throws -> String {
        let missing = try await installation.missingMigrations().count
        return missing == 0 ? "good" : "\(missing) steps behind; the next start of 'nightdesk serve' brings it up to date"
    }

    private static func wordOfAttachments(_ installation: Installation) async throws -> String {
        try await installation.contents.place(installation.ground)?.check()
        return "good, in \(installation.contents.channels.attachments.files)"
    }

    private static func wordOfIntegrity(_ database: any Database) async throws -> String {
        let damage = try await database.read { [dialect = database.dialect] in try dialect.damage(in: $0) }
        if let damage { throw StoreError.damaged(damage) }
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

    /// What is kept of why the bot said what it said.
    private static func wordOfEvidence(_ installation: Installation) async throws -> String {
        guard try await installation.missingMigrations().isEmpty else { return "not looked at before the schema is up to date" }
        let (ground, organization) = (installation.ground, installation.contents.organization)
        let seals = Seals(database: ground.database, surroundings: ground.surroundings, audit: organization.audit)
        let verified = try await seals.verify(in: try await organization.verifyAudit().map(\.workspace.id))
        if let changed = verified.changed.first {
            throw StoreError.damaged("the evidence of the bot's message \(changed) is not as it was written")
        }
        if let line = verified.brokenSeals.first {
            throw StoreError.damaged("the seal in line \(line) of the audit log does not fit the bot's messages")
        }
        return "good, \(verified.count) messages of the bot"
    }
}

extension Installation {
    /// One that is there already: looking at a folder must not make anything in it.
    init(existing settings: Settings) async throws {
        let data = settings[SettingsInForce.data]
        let files = ["nightdesk.sqlite", "promotion.json"].filter { FileManager.default.fileExists(atPath: "\(data)/\($0)") }
        guard !settings[SettingsInForce.database].isEmpty || !files.isEmpty else {
            throw Misuse("there is no nightdesk database in \(data)")
        }
        try await self.init(settings, isLookedAt: true)
        guard try await hasBeenServed() else {
            let place = ground.truth.address.map { "at \(Forwarding.shown($0))" } ?? "in \(data)"
            throw Misuse("there is no nightdesk database \(place)")
        }
    }

    /// False where somebody made a database for us in which nothing is yet.
    private func hasBeenServed() async throws -> Bool {
        try await ground.database.read { [dialect = ground.database.dialect] in try dialect.hasTable("migration", in: $0) }
    }

    /// What the next start will bring up to date. A database that knows more than we do is refused.
    func missingMigrations() async throws -> Set<String> {
        let known = Set(migrations.map(\.name))
        let applied = try await ground.database.read { transaction in
            try Set(transaction.rows("SELECT name FROM migration").map { try $0("name", as: String.self) })
        }
        let unknown = applied.subtracting(known)
        guard unknown.isEmpty else { throw StoreError.newerVersion(unknown: unknown.sorted()) }
        return known.subtracting(applied)
    }
}
