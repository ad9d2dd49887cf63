package import Basics
package import Channels
import Contacts
package import Conversations
package import Organization
package import Routing
import Satisfaction
package import Store
package import Web

/// The chapters put together as the product does it, with a bot that says what the test wants.
/// People use it through its routes, without a network between.
package struct TestHouse: Sendable {
    package let company: TestCompany
    package let channels: Channels
    package let conversations: Conversations
    package let store: ConversationStore
    package let routing: Routing
    package let bus: WatchedBus
    package let bot: ScriptedBot
    /// The public name of the site that customers come from.
    package let site: String

    /// Customers are given to people at once.
    package static let siteWithPeople = site(mode: "people", offHours: "people")
    /// Customers talk to the bot first.
    package static let siteWithBot = site(mode: "both", offHours: "both")

    package static func site(mode: String, offHours: String, botWhenBusy: Bool = false) -> String {
        #"{"kind":"web","name":"Shop","locale":"en","mode":"\#(mode)","offHoursMode":"\#(offHours)","botWhenBusy":\#(botWhenBusy)}"#
    }

    /// - Parameters:
    ///   - site: the policy of the web account, as the API takes it.
    ///   - isAlive: whether the bot takes its turns and live connections are told what changes.
    package static func run(
        site policy: String = siteWithPeople,
        isAlive: Bool = false, _ body: (TestHouse) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let made = Made()
        try await TestCompany.run { organization in
            made.build(organization, dataFolder: folder.path)
        } _: { company in
            let house = try await TestHouse(company, made, policy)
            try await house.living(isAlive) { try await body(house) }
        }
    }

    private init(_ company: TestCompany, _ made: Made, _ policy: String) async throws {
        (self.company, bus, bot) = (company, made.bus, made.bot)
        (channels, conversations, store, routing) = (made.channels!, made.conversations!, made.store!, made.routing!)
        let owner = TestPerson(company.staff(company.owner), routes: company.features.flatMap(\.routes))
        site = try await owner.post("/api/channels", policy)["key"]!
    }
}

extension TestHouse {
    package var clock: VirtualClock { company.clock }
    package var database: any Database { company.database }
    package var routes: [Route] { company.features.flatMap(\.routes) }
    package var owner: TestPerson { TestPerson(company.staff(company.owner), routes: routes) }

    /// A customer of the site, who has said nothing yet.
    package func customer() async throws -> TestCustomer {
        let stranger = TestPerson(nil, routes: routes)
        let token = try await stranger.post("/api/visitors", #"{"site":"\#(site)"}"#)["token"]!
        let visitor = try channels.tokens.visitor(proving: token, at: clock.now)!
        return TestCustomer(visitor: visitor, person: TestPerson(visitor, routes: routes))
    }

    /// Somebody on the staff. `online` ones have a desk connected and take conversations.
    package func clerk(
        _ name: String, as role: Role = .agent, capacity: Int = 5, presence: Presence = .online, teams: Set<ID<Team>> = [],
        isAtDesk: Bool = true
    ) async throws -> TestClerk {
        let agent = try await company.hire(name, as: role, capacity: capacity, presence: presence)
        try await database.write { transaction in
            for team in teams.sorted() {
                try transaction.run("INSERT INTO team_member (team_id, agent_id) VALUES (\(team), \(agent.id))")
            }
        }
        let staff = company.staff(agent, teams: teams)
        let clerk = TestClerk(staff: staff, person: TestPerson(staff, routes: routes), house: self)
        if isAtDesk { try await clerk.sitDown() }
        return clerk
    }

    package func team(_ name: String) async throws -> ID<Team> {
        let answer = try await owner.post("/api/teams", #"{"name":"\#(name)","members":[]}"#)
        return ID(answer["id"]!)!
    }

    /// Who owns the conversation now; nil when no session is under way.
    package func owner(of customer: TestCustomer) async throws -> Owner? {
        try await database.read { try store.conversation(customer.conversation, in: $0).service?.owner }
    }

    package func standing(of customer: TestCustomer) async throws -> Standing? {
        try await database.read { transaction in
            let found = try store.conversation(customer.conversation, in: transaction)
            guard let service = found.service else { return nil }
            return try routing.dispatching.standing(of: service.session, workspace: found.workspace, in: transaction)
        }
    }

    /// Waits until the bot has dealt with everything the customer said.
    package func botIsDone(with customer: TestCustomer) async throws {
        try await eventually {
            try await database.read { transaction in
                let found = try store.conversation(customer.conversation, in: transaction)
                guard let service = found.service, service.owner == .bot else { return true }
                let newest: Int64? = try transaction.value(
                    """
                    SELECT MAX(number) FROM entry WHERE session_id = \(service.session) AND conversation_id = \(found.id)
                        AND author = 'visitor' AND kind = 'message'
                    """
                )
                return try store.session(service.session, in: transaction)!.botSeen >= newest ?? 0
            }
        }
    }

    private func living(_ isAlive: Bool, _ body: () async throws -> Void) async throws {
        guard isAlive else { return try await body() }
        let alive: Set = [
            "conversations.bot", "conversations.unanswered", "conversations.live", "conversations.agents",
            "conversations.contacts", "conversations.gaps", "conversations.cases-told",
        ]
        let workers = company.features.flatMap(\.workers).filter { alive.contains($0.name) }
        let tasks = workers.map { worker in Task { try await worker.run() } }
        defer { tasks.forEach { $0.cancel() } }
        try await eventually { ["changes", "agents"].allSatisfy(bus.hasListener) }
        try await body()
    }
}

/// What is made while the features are listed.
private final class Made {
    let bus = WatchedBus()
    let bot = ScriptedBot()
    var channels: Channels?
    var conversations: Conversations?
    var store: ConversationStore?
    var routing: Routing?

    func build(_ organization: Organization, dataFolder: String) -> [Feature] {
        let chapters = TestChapters(organization, bus: bus, bot: bot, sender: NobodyListens(), dataFolder: dataFolder)
        (channels, conversations) = (chapters.channels, chapters.conversations)
        (store, routing) = (chapters.store, chapters.routing)
        return chapters.features
    }
}

/// No webhook leaves the house.
package struct NobodyListens: WebhookSender {
    package init() {}

    package func post(_ body: [UInt8], to url: String, headers: [String: String]) async throws -> Int { 503 }
}
