import Basics
import Bus
import Conversations
import HTTPTypes
import Organization
import Store
import Support
import Web

@testable import Channels

/// The company in which every simulation plays, made once: four agents in two teams, and three ways in.
struct Company: Sendable {
    /// Copied for each simulation.
    let database: MemoryDatabase
    let owner: Staff
    let clerks: [Staff]
    let teams: [ID<Team>]
    let visitors: [Visitor]
    /// The system that hands in the messages of the API channel.
    let inbound: Inbound

    static let webhook = "https://receiver.example/hook"

    static func founded() async throws -> Company {
        let (database, clock) = (try MemoryDatabase(), VirtualClock(at: Scheduler.beginning - .seconds(3600)))
        let organization = Organization(database: database, surroundings: .fixed(clock), bus: MemoryBus())
        let chapters = TestChapters(
            organization, bus: MemoryBus(), bot: ScriptedBot(), sender: Nobody(), dataFolder: "/nowhere")
        let features = [organization.feature()] + chapters.features
        try await database.migrate(features.flatMap(\.migrations))
        organization.permissions.adopt(features)
        return try await Founding(organization: organization, chapters: chapters, features: features, clock: clock).company(
            in: database)
    }
}

private struct Nobody: WebhookSender {
    func post(_ body: [UInt8], to url: String, headers: [String: String]) async throws -> Int { 503 }
}

private struct Founding {
    let organization: Organization
    let chapters: TestChapters
    let features: [Feature]
    let clock: VirtualClock

    func company(in database: MemoryDatabase) async throws -> Company {
        let workspace = Workspace(
            id: ID(rawValue: 1001), name: "Lantern Tea", locale: "en", categories: [], createdAt: clock.now)
        let owner = agent(1002, "Lin", .owner)
        try await database.write { try organization.begin(workspace, owner: owner, in: $0) }
        let clerks = (0..<4).map { agent(1010 + Int64($0), ["Chen", "Wu", "Zhao", "Sun"][$0], .agent) }
        try await database.write { transaction in
            for clerk in clerks { try AgentStore.table.insert(clerk, in: transaction) }
        }
        let boss = TestPerson(staff(owner, []), routes: features.flatMap(\.routes))
        let teams = try await [[0, 1], [1, 2]].asyncMap { members in
            let ids = members.map { "\"\(clerks[$0].id)\"" }.joined(separator: ",")
            return ID<Team>(try await boss.post("/api/teams", #"{"name":"Team \#(members)","members":[\#(ids)]}"#)["id"]!)!
        }
        let visitors = try await visitors(boss, teams)
        let api = try await boss.post(
            "/api/channels",
            #"{"kind":"api","name":"App","mode":"both","offHoursMode":"both","webhookURL":"\#(Company.webhook)"}"#)["id"]!
        return Company(
            database: database, owner: staff(owner, []),
            clerks: clerks.enumerated().map { index, clerk in
                staff(clerk, Set([0: [teams[0]], 1: teams, 2: [teams[1]]][index] ?? []))
            }, teams: teams, visitors: visitors, inbound: Inbound(account: ID(api)!, workspace: workspace.id))
    }

    /// Two sites: one where the bot comes first, and one whose customers wait for the second team.
    private func visitors(_ boss: TestPerson, _ teams: [ID<Team>]) async throws -> [Visitor] {
        let policies = [
            #"{"kind":"web","name":"Shop","mode":"both","offHoursMode":"both"}"#,
            #"{"kind":"web","name":"Trade","mode":"people","offHoursMode":"people","botWhenBusy":false,"team":"\#(teams[1])"}"#,
            #"{"kind":"web","name":"Stall","mode":"people","offHoursMode":"people","botWhenBusy":false}"#,
        ]
        let sites = try await policies.asyncMap { try await boss.post("/api/channels", $0)["key"]! }
        let stranger = TestPerson(nil, routes: features.flatMap(\.routes))
        return try await (0..<9).map { sites[$0 % 3] }.asyncMap { site in
            let token = try await stranger.post("/api/visitors", #"{"site":"\#(site)"}"#)["token"]!
            return try chapters.channels.tokens.visitor(proving: token, at: clock.now)!
        }
    }

    private func agent(_ id: Int64, _ name: String, _ role: Role) -> Agent {
        Agent(
            id: ID(rawValue: id), workspaceId: ID(rawValue: 1001), email: "\(name.lowercased())@lantern.example", name: name,
            role: role, capacity: 2, presence: .offline, passwordHash: "", locale: "en", createdAt: clock.now)
    }

    private func staff(_ agent: Agent, _ teams: Set<ID<Team>>) -> Staff {
        Staff(
            agent: agent.id, workspace: agent.workspaceId, name: agent.name, role: agent.role, teams: teams,
            permissions: organization.permissions.held(by: agent.role))
    }
}

extension Sequence {
    fileprivate func asyncMap<New>(_ transform: (Element) async throws -> New) async throws -> [New] {
        var all: [New] = []
        for element in self { all.append(try await transform(element)) }
        return all
    }
}
