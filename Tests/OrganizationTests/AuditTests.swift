import Basics
import Store
import Support
import Testing

@testable import Organization

/// Writes ten more lines into the log that the founding began.
private func write(_ company: TestCompany) async throws {
    let staff = company.staff(company.owner)
    for number in 1...10 {
        try await company.database.write { transaction in
            let event = AuditEvent("test.done", "thing.\(number)", ["to": "\(number)", "from": "问"])
            try company.organization.audit.record(event, by: staff.actor, in: transaction)
        }
    }
}

/// Somebody with the database file and time on their hands.
private func tamper(_ company: TestCompany, _ statements: SQL...) async throws {
    try await company.database.write { transaction in
        switch company.database.dialect {
        case .sqlite:
            try transaction.run("DROP TRIGGER audit_entry_stays")
            try transaction.run("DROP TRIGGER audit_entry_unchanged")
        case .postgres: try transaction.run("DROP TRIGGER audit_entry_stays ON audit_entry")
        }
        for statement in statements { try transaction.run(statement) }
    }
}

@Suite struct AuditTests {
    @Test func `lines are numbered without gaps and the log verifies`() async throws {
        try await TestCompany.run { company in
            try await write(company)
            let found = try await company.organization.verifyAudit(of: company.workspace.id)
            #expect(found.valid && found.count == 11 && found.brokenAt == nil)
        }
    }

    @Test func `an undone change leaves neither line nor gap`() async throws {
        try await TestCompany.run { company in
            let audit = company.organization.audit
            let actor = company.owner.actor
            await #expect(throws: Refusal(.conflict, "no")) {
                try await company.database.write { transaction in
                    try audit.record(AuditEvent("test.undone", "x"), by: actor, in: transaction)
                    throw Refusal(.conflict, "no")
                }
            }
            try await write(company)
            #expect(try await company.organization.verifyAudit(of: company.workspace.id).count == 11)
        }
    }

    @Test func `many writers at once share one chain`() async throws {
        try await TestCompany.run { company in
            let (audit, actor) = (company.organization.audit, company.owner.actor)
            await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        try await company.database.write { transaction in
                            try audit.record(AuditEvent("test.done", "thing.\(number)"), by: actor, in: transaction)
                            if number % 7 == 0 { throw Refusal(.conflict, "no") }
                        }
                    }
                }
                while let result = await group.nextResult() { _ = result }
            }
            let found = try await company.organization.verifyAudit(of: company.workspace.id)
            #expect(found.valid && found.count == 1 + 200 - 29)
        }
    }

    @Test(arguments: ["UPDATE audit_entry SET detail = '{}' WHERE number = 1", "DELETE FROM audit_entry WHERE number = 1"])
    func `the database itself refuses to change or remove lines`(statement: String) async throws {
        try await TestCompany.run { company in
            await #expect(throws: StoreError.self) {
                try await company.database.write { try $0.run(SQL(stringLiteral: statement)) }
            }
        }
    }

    /// Each planted by somebody who got around the triggers.
    static let plants: [(statement: String, brokenAt: Int64)] = [
        ("UPDATE audit_entry SET detail = '{\"to\":\"9\"}' WHERE number = 4", 4),
        ("UPDATE audit_entry SET actor_name = 'Somebody else' WHERE number = 1", 1),
        ("UPDATE audit_entry SET at = at - 1 WHERE number = 11", 11),
        ("UPDATE audit_entry SET actor_id = NULL WHERE number = 5", 5),
        ("DELETE FROM audit_entry WHERE number = 6", 6),
        ("DELETE FROM audit_entry WHERE number = 1", 1),
        ("DELETE FROM audit_entry WHERE number > 8", 9),
        ("DELETE FROM audit_entry", 1),
        ("DELETE FROM audit_head", 1),
        ("UPDATE audit_head SET number = 5", 6),
        ("UPDATE audit_head SET hash = 'a'", 12),
    ]

    @Test(arguments: plants)
    func `a changed line, a missing line and a missing end are found`(statement: String, brokenAt: Int64) async throws {
        try await TestCompany.run { company in
            try await write(company)
            try await tamper(company, SQL(stringLiteral: statement))
            let found = try await company.organization.verifyAudit(of: company.workspace.id)
            #expect(!found.valid && found.brokenAt == brokenAt)
        }
    }

    @Test func `a removed line is found even when those after it move up`() async throws {
        try await TestCompany.run { company in
            try await write(company)
            try await tamper(
                company, "DELETE FROM audit_entry WHERE number = 6",
                "UPDATE audit_entry SET number = number - 1 WHERE number > 6", "UPDATE audit_head SET number = 10"
            )
            #expect(try await company.organization.verifyAudit(of: company.workspace.id).brokenAt == 6)
        }
    }

    @Test func `a log longer than a page is read to its end`() async throws {
        try await TestCompany.run { company in
            let (audit, actor) = (company.organization.audit, company.owner.actor)
            try await company.database.write { transaction in
                for number in 1...2500 {
                    try audit.record(AuditEvent("test.done", "thing.\(number)"), by: actor, in: transaction)
                }
            }
            let found = try await company.organization.verifyAudit()
            #expect(found.map(\.verification.count) == [2501] && found[0].verification.valid)
        }
    }
}
