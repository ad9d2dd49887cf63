import Basics
import Store
import Support
import Testing
import Web

@testable import Organization

extension TestCompany {
    fileprivate func signIn() async throws -> Token {
        try await organization.signIn(owner.email, TestCompany.ownerPassword, from: "192.0.2.1").token
    }

    fileprivate func caller(_ token: Token) async throws -> Staff? { try await caller(cookie: token.text) }

    fileprivate func caller(bearer: String? = nil, cookie: String? = nil) async throws -> Staff? {
        try await organization.authenticator.caller(proving: Proof(bearer: bearer, cookie: cookie)) as? Staff
    }
}

@Suite struct AuthenticatorTests {
    @Test func `a sign-in lasts thirty days after its last use`() async throws {
        try await TestCompany.run { company in
            let token = try await company.signIn()
            for _ in 1...3 {
                company.clock.advance(by: .seconds(29 * 24 * 3600))
                #expect(try await company.caller(token)?.agent == company.owner.id)
            }
            company.clock.advance(by: .seconds(30 * 24 * 3600 + 1))
            #expect(try await company.caller(token)?.key == nil)
        }
    }

    @Test func `a bearer token of ours that does not hold is refused, one of another kind is left to others`() async throws {
        try await TestCompany.run { company in
            await #expect(throws: Refusal(.unauthorized, "sign-in.ended")) {
                _ = try await company.caller(bearer: "staff_00")
            }
            let strangers = [
                try await company.caller(bearer: "visitor_00"), try await company.caller(cookie: "staff_00"),
                try await company.caller(),
            ]
            #expect(strangers.allSatisfy { $0 == nil })
        }
    }

    @Test func `the database holds no token that opens anything`() async throws {
        try await TestCompany.run { company in
            let token = try await company.signIn()
            let stored = try await company.database.read { try $0.value("SELECT token_hash FROM sign_in", as: String.self) }
            #expect(stored == token.hash && stored != token.text)
            #expect(try await company.caller(Token(stored ?? ""))?.key == nil)
        }
    }

    @Test func `deactivating an agent ends the sign-in at once, though it was just remembered`() async throws {
        try await TestCompany.run { company in
            let agent = try await company.organization.hire(
                "Mo", email: "mo@lantern.example", password: "another good one", as: .agent, locale: "en",
                in: company.workspace.id
            )
            let (token, _) = try await company.organization.signIn(agent.email, "another good one", from: "")
            #expect(try await company.caller(token)?.key != nil)
            let change = Agent.Change(name: "Mo", role: .agent, capacity: 5, isActive: false)
            _ = try await company.organization.change(agent.id, to: change, by: company.staff(company.owner))
            #expect(try await company.caller(token)?.key == nil)
            await #expect(throws: Refusal(.unauthorized, "sign-in.wrong")) {
                _ = try await company.organization.signIn(agent.email, "another good one", from: "")
            }
        }
    }

    @Test func `a new role and a new team count with the next request`() async throws {
        try await TestCompany.run { company in
            let agent = try await company.organization.hire(
                "Mo", email: "mo@lantern.example", password: "another good one", as: .agent, locale: "en",
                in: company.workspace.id
            )
            let (token, _) = try await company.organization.signIn(agent.email, "another good one", from: "")
            #expect(try await company.caller(token)?.may("team.edit") == false)
            let owner = company.staff(company.owner)
            let change = Agent.Change(name: "Mo", role: .admin, capacity: 5, isActive: true)
            _ = try await company.organization.change(agent.id, to: change, by: owner)
            #expect(try await company.caller(token)?.may("team.edit") == true)
            let team = try await company.organization.addTeam("Night", members: [agent.id], by: owner)
            #expect(try await company.caller(token)?.teams == [team.id])
            try await company.organization.removeTeam(team.id, by: owner)
            #expect(try await company.caller(token)?.teams == [])
        }
    }

    @Test func `a new password ends the other sign-ins and keeps this one`() async throws {
        try await TestCompany.run { company in
            let (here, elsewhere) = (try await company.signIn(), try await company.signIn())
            let me = try #require(try await company.caller(here))
            #expect(try await company.caller(elsewhere)?.key != nil)
            await #expect(throws: Refusal(.invalid, "password.wrong")) {
                try await company.organization.changePassword(of: me, from: "wrong", to: "a brand new secret")
            }
            try await company.organization.changePassword(of: me, from: TestCompany.ownerPassword, to: "a brand new secret")
            #expect(try await company.caller(here)?.key != nil)
            #expect(try await company.caller(elsewhere)?.key == nil)
            await #expect(throws: Refusal(.unauthorized, "sign-in.wrong")) { _ = try await company.signIn() }
        }
    }
}
