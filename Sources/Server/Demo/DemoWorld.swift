import Basics
import Foundation
import HTTPTypes
import Organization
import Web

/// The shop of the demo: its staff, teams, calendar, chat, knowledge and snippets, filled into a fresh installation through
/// the same routes that administrators use.
struct DemoWorld: Sendable {
    let pack: Pack
    let organization: Organization
    /// Every route of the product.
    let routes: [Route]
    /// The staff's language; knowledge and snippets come in both.
    let language: String

    /// Who can sign in; the passwords exist nowhere else.
    struct Account: Sendable {
        let name: String
        let role: String
        let email: String
        let password: String
    }

    /// Nil, and nothing done, where somebody has an account already.
    func load() async throws -> [Account]? {
        guard try await organization.isSetupNeeded() else { return nil }
        let staff = try pack.read("staff.json", as: StaffFile.self)
        let (client, owner) = try await found(staff)
        let others = try await staff.agents.dropFirst().asyncMap { try await hire($0, through: client) }
        let people = try await everybody(staff, through: client)
        try await open(staff, people, through: client)
        try await teach(through: client)
        return [owner] + others
    }

    private func found(_ staff: StaffFile) async throws -> (RouteClient, Account) {
        let first = staff.agents[0]
        let account = first.account(in: language, password: makePassword())
        let (workspace, owner) = try await organization.found(
            Founding(
                workspace: staff.workspace.text(in: language), name: account.name, email: account.email,
                password: account.password, locale: language
            )
        )
        let caller = Staff(
            agent: owner.id, workspace: workspace.id, name: owner.name, role: .owner, teams: [],
            permissions: organization.permissions.held(by: .owner)
        )
        return (RouteClient(routes, as: caller), account)
    }

    /// Invites somebody and accepts in their name.
    private func hire(_ person: StaffFile.Person, through client: RouteClient) async throws -> Account {
        let account = person.account(in: language, password: makePassword())
        let invited: Invited = try await client.send(
            .post, "/api/invitations", Invitation(email: account.email, role: person.role)
        )
        let acceptance = Acceptance(
            token: String(invited.link.split(separator: "=").last ?? ""), name: account.name, password: account.password,
            locale: person.locale
        )
        let _: Ignored = try await client.send(.post, "/api/invitations/acceptance", acceptance)
        return account
    }

    /// The ids of the staff by their key in the pack, with each one's capacity set.
    private func everybody(_ staff: StaffFile, through client: RouteClient) async throws -> [String: String] {
        let listed: Rows<Person> = try await client.receive(.get, "/api/agents")
        var ids: [String: String] = [:]
        for person in staff.agents {
            guard let agent = listed.rows.first(where: { $0.email == person.email }) else { continue }
            ids[person.key] = agent.id
            let change = AgentChange(name: person.name.text(in: language), role: person.role, capacity: person.capacity)
            let _: Ignored = try await client.send(.put, "/api/agents/\(agent.id)", change)
        }
        return ids
    }

    /// Teams, calendar, closing categories and the chat on the shop's site.
    private func open(_ staff: StaffFile, _ people: [String: String], through client: RouteClient) async throws {
        for team in staff.teams {
            let members = team.members.compactMap { people[$0] }
            let _: Ignored = try await client.send(
                .post, "/api/teams", TeamForm(name: team.name.text(in: language), members: members)
            )
        }
        let calendar = try pack.read("calendar.json", as: CalendarFile.self)
        let made: Made = try await client.send(.post, "/api/calendars", calendar.form(in: language))
        let site = try pack.read("site.json", as: SiteFile.self)
        let _: Made = try await client.send(.post, "/api/channels", site.form(in: language, calendar: made.id))
        let workspace = WorkspaceForm(
            name: staff.workspace.text(in: language), locale: language, categories: site.categories[language] ?? []
        )
        let _: Ignored = try await client.send(.put, "/api/workspace", workspace)
    }

    /// The knowledge and the snippets of both languages.
    private func teach(through client: RouteClient) async throws {
        for language in ["zh-CN", "en"] {
            let file = try pack.raw("knowledge.\(language).json")
            let preview: Preview = try await client.receive(.post, "/api/knowledge/imports?format=json", file)
            let _: Ignored = try await client.send(.post, "/api/knowledge/imports/\(preview.import)/confirmation", Nothing())
        }
        let snippets = try pack.read("snippets.json", as: [String: [SnippetForm]].self)
        for snippet in (snippets["zh-CN"] ?? []) + (snippets["en"] ?? []) {
            let _: Ignored = try await client.send(.post, "/api/snippets", snippet.shared)
        }
        let flows = pack.has("flows.json") ? try pack.read("flows.json", as: [String: [String]].self) : [:]
        for outline in (flows["zh-CN"] ?? []) + (flows["en"] ?? []) {
            let _: Ignored = try await client.send(.post, "/api/flows", FlowForm(outline: outline, publish: true))
        }
        // Trying a question out waits for the lessons: whoever asks first finds a bot that knows them.
        let _: Ignored = try await client.send(.post, "/api/knowledge/trials", QuestionForm(question: "delivery"))
    }

    /// Four short words' worth of letters that are hard to mistake for one another.
    private func makePassword() -> String {
        let letters = Array("abcdefghjkmnpqrstuvwxyz23456789")
        let chosen = organization.surroundings.randomBytes(16).map { letters[Int($0) % letters.count] }
        return stride(from: 0, to: 16, by: 4).map { String(chosen[$0..<$0 + 4]) }.joined(separator: "-")
    }
}

extension RouteClient {
    fileprivate func send<Answer: Decodable>(
        _ method: HTTPRequest.Method, _ path: String, _ request: some Encodable
    ) async throws -> Answer {
        try await receive(method, path, try JSON.write(request))
    }

    fileprivate func receive<Answer: Decodable>(
        _ method: HTTPRequest.Method, _ path: String, _ body: [UInt8] = []
    ) async throws -> Answer {
        try JSONDecoder().decode(Answer.self, from: Data(try await ask(method, path, body)))
    }
}

extension Sequence {
    fileprivate func asyncMap<Result>(_ transform: (Element) async throws -> Result) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
