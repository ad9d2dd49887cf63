import Basics
import Store
import Testing
import Web

@testable import Organization

private func agent(_ number: Int64, _ role: Role) -> Agent {
    Agent(
        id: ID(rawValue: number), workspaceId: ID(rawValue: 1), email: "\(number)@lantern.example", name: "Someone", role: role,
        passwordHash: "", locale: "en", createdAt: Timestamp(milliseconds: 0)
    )
}

private func staff(_ agent: Agent) -> Staff {
    let permissions: Set<Permission> =
        switch agent.role {
        case .owner: ["team.edit", "ownership"]
        case .admin: ["team.edit"]
        case .supervisor, .agent: []
        }
    return agent.staff(teams: [], permissions: permissions, signIn: nil)
}

private let (owner, admin, colleague) = (agent(1, .owner), agent(2, .admin), agent(3, .agent))

@Suite struct AgentRulesTests {
    /// Who may turn whom into what.
    @Test(arguments: [
        (owner, admin, Role.owner, true), (owner, admin, .agent, true), (owner, colleague, .admin, true),
        (admin, colleague, .supervisor, true), (admin, colleague, .admin, false), (admin, colleague, .owner, false),
        (admin, owner, .agent, false), (admin, agent(9, .admin), .agent, false), (admin, admin, .owner, false),
        (admin, admin, .admin, true), (colleague, agent(8, .agent), .agent, false),
    ])
    func `only owners decide who is owner or admin`(by: Agent, of: Agent, to: Role, isAllowed: Bool) {
        let change = Agent.Change(name: "New Name", role: to, capacity: 7, isActive: true)
        let changed = try? of.changed(by: staff(by), to: change, isLastOwner: false)
        #expect((changed != nil) == isAllowed)
        if let changed { #expect(changed.role == to && changed.capacity == 7 && changed.name == "New Name") }
    }

    @Test(arguments: [(Role.admin, true), (.owner, false)])
    func `the last owner stays an active owner`(role: Role, isActive: Bool) {
        let change = Agent.Change(name: "Lin", role: role, capacity: 5, isActive: isActive)
        #expect(throws: Refusal(.conflict, "agent.last-owner")) {
            try owner.changed(by: staff(owner), to: change, isLastOwner: true)
        }
    }

    @Test(arguments: [0, 51, -1])
    func `capacity is one to fifty`(capacity: Int) {
        let change = Agent.Change(name: "Lin", role: .agent, capacity: capacity, isActive: true)
        #expect(throws: Refusal(.invalid, "agent.capacity", detail: "1 to 50")) {
            try colleague.changed(by: staff(owner), to: change, isLastOwner: false)
        }
    }

    @Test func `a deactivated agent is offline`() throws {
        var present = colleague
        present.presence = .online
        let change = Agent.Change(name: "Lin", role: .agent, capacity: 5, isActive: false)
        #expect(try present.changed(by: staff(admin), to: change, isLastOwner: false).presence == .offline)
    }
}

@Suite struct WordsTests {
    @Test(arguments: ["lin@lantern.example", "  Lin@Lantern.EXAMPLE\n", "林@例子.中国", "a+b@c.de"])
    func `an e-mail address has one form`(text: String) throws {
        let email = try Words.email(text)
        #expect(email == email.lowercased() && !email.contains(" "))
    }

    @Test(arguments: ["", "lin", "@", "a@", "@b", "a@b@c", "a b@c.de", "a\u{0}@b.c", "<a@b.c>", "a@b.c,d@e.f"])
    func `what cannot be an address is refused`(text: String) {
        #expect(throws: Refusal(.invalid, "email.malformed")) { try Words.email(text) }
    }

    @Test(arguments: ["", "  ", "a\nb", "a\u{7}b", String(repeating: "长", count: 81)])
    func `a name is one line of 1 to 80 characters`(text: String) {
        #expect(throws: Refusal.self) { try Words.name(text) }
    }
}
