import Basics
import Bus
import Organization
import Routing
import Store
import Support

@testable import Conversations

/// Everybody who can look at one customer's conversation, each with a live connection: the customer, Chen who is given
/// conversations, Wu who is not, the supervisor who watches. Another customer serves as a sign that all was told.
struct Floor: Sendable {
    let house: TestHouse
    let customer, lighthouse: TestCustomer
    let chen, wu, boss: TestClerk

    init(_ house: TestHouse) async throws {
        self.house = house
        chen = try await house.clerk("Chen")
        wu = try await house.clerk("Wu", presence: .busy, isAtDesk: false)
        boss = try await house.clerk("Boss", as: .supervisor, presence: .busy, isAtDesk: false)
        (customer, lighthouse) = (try await house.customer(), try await house.customer())
        try await lighthouse.say("hello")
        try await house.botIsDone(with: lighthouse)
    }

    /// Where things stand before something happens.
    enum Stage { case fresh, withBot, queued, withChen, closed }

    func reach(_ stage: Stage) async throws {
        guard stage != .fresh else { return }
        try await customer.say("hello")
        try await house.botIsDone(with: customer)
        guard stage != .withBot else { return }
        if stage == .queued { try await chen.choose(.busy) }
        try await customer.askForPerson()
        if stage == .closed { try await chen.close(customer, category: "Question") }
    }

    /// Everybody as they see it now.
    struct Watch {
        var visit: VisitView
        let visitor: LiveClient
        var desks: [(clerk: TestClerk, client: LiveClient, view: DeskView)]
        /// How many frames of each desk were folded. What was told before the snapshot is folded too and must do no harm.
        var folded: [Int]
    }

    func watch() async throws -> Watch {
        let visitor = try await LiveClient.enter(customer.visitor, at: house)
        var desks: [(TestClerk, LiveClient, DeskView)] = []
        for clerk in [chen, wu, boss] {
            let client = try await LiveClient.enter(clerk.staff, at: house)
            let isWatching = clerk.id != wu.id
            if isWatching { _ = try? await client.open(customer) }
            desks.append((clerk, client, try await fresh(clerk, isWatching: isWatching)))
        }
        try await allTold(desks.map(\.1))
        return Watch(
            visit: VisitView(try await customer.visit()), visitor: visitor, desks: desks,
            folded: Array(repeating: 0, count: desks.count))
    }

    /// What a desk that begins now is told.
    func fresh(_ clerk: TestClerk, isWatching: Bool) async throws -> DeskView {
        var view = DeskView(me: clerk.id)
        for list in [Inbox.List.closed, .bot, .queue, .mine] {
            for row in try await clerk.list(list).rows { view.rows[row.conversation] = row }
        }
        if isWatching, let opened = try? await clerk.open(customer) {
            view.threads[customer.conversation] = .init(entries: opened.entries, marks: opened.marks)
        }
        let colleagues = try await house.database.read { try house.routing.dispatching.colleagues(in: clerk.staff.workspace, $0) }
        view.agents = Dictionary(uniqueKeysWithValues: colleagues.map { ($0.id, $0) })
        return view
    }

    /// Waits until everything that happened before was told: changes are told in order, and the lighthouse is the last.
    func allTold(_ clients: [LiveClient]) async throws {
        func seen(_ client: LiveClient) -> Int {
            client.heard(RowChanged.self).count { $0.row.conversation == lighthouse.conversation }
        }
        let before = clients.map(seen)
        house.bus.publish(Hint(subject: Subject.changes, number: lighthouse.conversation.rawValue, payload: []))
        try await soon { zip(clients, before).allSatisfy { seen($0) > $1 } }
    }
}

/// Looks again and again for a while; what is not so by then is for the expectation that follows to say.
func soon(_ isSo: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(20)
    while try await !isSo(), ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(5)) }
}
