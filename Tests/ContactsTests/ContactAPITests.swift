import Basics
import Bus
import Organization
import Store
import Support
import Testing
import Web

@testable import Contacts

@Suite(.serialized, .timeLimit(.minutes(1))) struct ContactAPITests {
    /// A contact of the company, an agent who may see it, and the server.
    private let reach = AgentsReach()

    private func withContact(_ body: @escaping @Sendable (TestServer, Contact, TestCompany) async throws -> Void) async throws {
        try await TestCompany.run { [reach] organization in
            [
                ContactAPI(
                    database: organization.database, store: ContactStore(surroundings: organization.surroundings),
                    facts: Facts(bus: MemoryBus()), audit: organization.audit, reach: reach
                ).feature
            ]
        } _: { company in
            let store = ContactStore(surroundings: company.organization.surroundings)
            let contact = try await company.database.write { [workspace = company.workspace.id] in
                try store.identify(
                    key: "k1", account: 7, workspace: workspace, profile: Profile(name: "Wang"), verified: true, in: $0
                ).contact
            }
            let agent = try await company.hire("Chen")
            let stranger = Staff(
                agent: agent.id, workspace: ID(rawValue: 99), name: "Eve", role: .owner, teams: [], permissions: ["desk.use"])
            try await TestServer.run(company.features, bearers: ["agent": company.staff(agent), "foreign": stranger]) { server in
                try await body(server, contact, company)
            }
        }
    }

    @Test func `an agent reads and corrects a contact`() async throws {
        try await withContact { server, contact, company in
            let changed = try await server.ask(
                "PUT", "/api/contacts/\(contact.id)", #"{"name":"王芳","phone":"+86 138 0000","note":"prefers tea"}"#,
                token: "agent"
            )
            #expect(changed.status == 200)
            let shown = try await server.ask("GET", "/api/contacts/\(contact.id)", token: "agent")
            #expect(shown["name"] == "王芳" && shown["phone"] == "+86 138 0000" && shown["note"] == "prefers tea")
            #expect(shown["identities.0.key"] == "k1" && shown["identities.0.account"] == "7" && shown["id"] == "\(contact.id)")
            #expect(shown["email"] == nil)
        }
    }

    @Test func `a correction is written into the audit log: who, whose and which details, never the details themselves`()
        async throws
    {
        try await withContact { server, contact, company in
            for _ in 1...2 {
                _ = try await server.ask(
                    "PUT", "/api/contacts/\(contact.id)", #"{"name":"Wang","phone":"+86 138 0000","note":"prefers tea"}"#,
                    token: "agent")
            }
            let lines = try await company.database.read { transaction in
                try transaction.rows("SELECT * FROM audit_entry WHERE action = 'contact.changed'")
                    .map(Table<AuditEntry>.decode)
            }
            // The second time nothing changed.
            #expect(lines.map(\.detail.value) == [["changed": "phone note"]])
            #expect(lines.map(\.subject) == ["contact.\(contact.id)"] && lines.map(\.actorName) == ["Chen"])
        }
    }

    @Test func `another company's contact does not exist`() async throws {
        try await withContact { server, contact, company in
            let read = try await server.ask("GET", "/api/contacts/\(contact.id)", token: "foreign")
            let write = try await server.ask("PUT", "/api/contacts/\(contact.id)", #"{"name":"Mine"}"#, token: "foreign")
            #expect(read.status == 404 && read.code == "contact.unknown" && write.status == 404)
            #expect(try await server.ask("GET", "/api/contacts/\(contact.id)", token: "agent")["name"] == "Wang")
        }
    }

    @Test func `a contact out of reach does not exist`() async throws {
        try await withContact { server, contact, company in
            reach.hide(contact.id)
            let read = try await server.ask("GET", "/api/contacts/\(contact.id)", token: "agent")
            let write = try await server.ask("PUT", "/api/contacts/\(contact.id)", #"{"name":"Mine"}"#, token: "agent")
            #expect(read.status == 404 && read.code == "contact.unknown" && write.status == 404)
        }
    }

    @Test(arguments: [
        (#"{"name":""}"#, 422, "contact.name"), (#"{"name":"A","workspaceId":"2"}"#, 422, "field.unknown"),
        (#"{"name":"A","email":"x"}"#, 422, "contact.email"), (#"{"#, 400, "json.malformed"),
    ])
    func `what does not hold is refused and changes nothing`(body: String, status: Int, code: String) async throws {
        try await withContact { server, contact, _ in
            let answer = try await server.ask("PUT", "/api/contacts/\(contact.id)", body, token: "agent")
            #expect(answer.status == status && answer.code == code)
            #expect(try await server.ask("GET", "/api/contacts/\(contact.id)", token: "agent")["name"] == "Wang")
        }
    }

    @Test func `nobody reads contacts without signing in`() async throws {
        try await withContact { server, contact, _ in
            let answer = try await server.ask("GET", "/api/contacts/\(contact.id)")
            #expect(answer.status == 401)
        }
    }
}
