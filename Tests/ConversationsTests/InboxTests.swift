import Basics
import Channels
import Organization
import Store
import Support
import Testing

@testable import Conversations

@Suite struct InboxTests {
    /// One customer for each list of Chen's: served, waiting, with the bot, closed.
    private struct Lists {
        let chen: TestClerk
        let mine, queue, bot, closed: TestCustomer

        init(_ house: TestHouse) async throws {
            chen = try await house.clerk("Chen", presence: .busy)
            (mine, queue) = (try await house.customer(), try await house.customer())
            (bot, closed) = (try await house.customer(), try await house.customer())
            for customer in [mine, queue, bot, closed] {
                house.clock.advance(by: .seconds(1))
                try await customer.say("hello")
            }
            try await chen.take(mine)
            try await queue.askForPerson()
            try await chen.take(closed)
            try await chen.close(closed, category: "Question")
        }
    }

    @Test func `each conversation stands in the list of its owner, and the counts agree`() async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot) { house in
            let lists = try await Lists(house)
            let expected: [(Inbox.List, [TestCustomer])] = [
                (.mine, [lists.mine]), (.queue, [lists.queue]), (.bot, [lists.bot]), (.closed, [lists.closed]),
                (.all, [lists.bot, lists.queue, lists.mine]),
            ]
            for (list, customers) in expected {
                #expect(try await lists.chen.list(list).rows.map(\.conversation) == customers.map(\.conversation), "\(list)")
            }
            #expect(try await lists.chen.counts() == Inbox.Counts(mine: 1, queue: 1, bot: 1, closed: 1))
        }
    }

    @Test func `a row tells who, where, since when and the last words`() async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot) { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            try await customer.say("hello")
            let openedAt = house.clock.now
            house.clock.advance(by: .seconds(9))
            try await customer.say(String(repeating: "长", count: 200))
            try await chen.take(customer)
            let row = try #require(try await chen.list(.mine).rows.first)
            #expect(row.contact.id == "\(customer.visitor.contact)")
            #expect(row.contact.name.hasPrefix("Visitor "))
            #expect(row.account.name == "Shop" && row.account.kind == "web")
            #expect(row.owner == .init(kind: "agent", id: "\(chen.id)", name: "Chen"))
            #expect(row.preview == String(repeating: "长", count: 120) && row.previewBy == .visitor)
            #expect(row.unread == 2)
            #expect(row.at == house.clock.now)
            #expect(row.waitingSince == openedAt && row.openedAt == openedAt && row.closedAt == nil)
        }
    }

    @Test func `lists are paged, the newest session first`() async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot) { house in
            let chen = try await house.clerk("Chen")
            var customers: [TestCustomer] = []
            for _ in 0..<5 {
                customers.append(try await house.customer())
                try await customers.last?.say("hello")
            }
            var (pages, cursor): ([[ID<Conversation>]], String?) = ([], nil)
            repeat {
                let page = try await chen.list(.bot, limit: 2, after: cursor)
                pages.append(page.rows.map(\.conversation))
                cursor = page.next
            } while cursor != nil
            #expect(pages.map(\.count) == [2, 2, 1])
            #expect(pages.flatMap(\.self) == customers.reversed().map(\.conversation))
        }
    }

    @Test func `the queue begins with who waits longest, also page by page`() async throws {
        try await TestHouse.run { house in
            var customers: [TestCustomer] = []
            for _ in 0..<3 {
                house.clock.advance(by: .seconds(1))
                customers.append(try await house.customer())
                try await customers.last?.say("hello")
            }
            let chen = try await house.clerk("Chen", presence: .busy)
            let first = try await chen.list(.queue, limit: 2)
            #expect(first.rows.map(\.conversation) == customers.prefix(2).map(\.conversation))
            #expect(first.rows.map { $0.queue?.position } == [1, 2])
            let second = try await chen.list(.queue, limit: 2, after: first.next)
            #expect(second.rows.map(\.conversation) == [customers[2].conversation])
            #expect(second.next == nil)
        }
    }

    @Test func `the queue goes by who was handed over first, not by who came first, also page by page`() async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot) { house in
            let chen = try await house.clerk("Chen", presence: .busy)
            var customers: [TestCustomer] = []
            for _ in 0..<6 {
                customers.append(try await house.customer())
                try await customers.last?.say("hello")
            }
            // The last two are handed over in the same moment: then the earlier session is first.
            let order = [3, 0, 5, 1, 2, 4].map { customers[$0] }
            for (place, customer) in order.enumerated() {
                if place < 5 { house.clock.advance(by: .seconds(1)) }
                try await customer.askForPerson()
            }
            var (rows, sizes, cursor): ([Inbox.Row], [Int], String?) = ([], [], nil)
            repeat {
                let page = try await chen.list(.queue, limit: 2, after: cursor)
                rows += page.rows
                sizes.append(page.rows.count)
                cursor = page.next
            } while cursor != nil
            #expect(sizes == [2, 2, 2])
            #expect(rows.map(\.conversation) == order.map(\.conversation))
            #expect(rows.map { $0.queue?.position } == [1, 2, 3, 4, 5, 6])
        }
    }

    @Test(arguments: [Inbox.List.queue, .all])
    func `a page costs as many statements with many who wait as with few`(list: Inbox.List) async throws {
        try await TestHouse.run { house in
            let boss = try await house.clerk("Boss", as: .supervisor, presence: .busy)
            let team = try await house.team("Lamps")
            func costs(with waiting: Int) async throws -> Int {
                for number in 0..<waiting {
                    let customer = try await house.customer()
                    try await customer.say("hello")
                    if number % 2 == 0 { try await boss.transfer(customer, to: team) }
                }
                return try await house.database.read { transaction in
                    let counting = CountingTransaction(transaction)
                    _ = try house.conversations.serving.inbox.page(list, for: boss.staff, after: nil, limit: 200, in: counting)
                    return counting.statements
                }
            }
            let (few, many) = (try await costs(with: 2), try await costs(with: 10))
            #expect(few == many)
        }
    }

    @Test func `closed sessions are counted for a day and listed for ever`() async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot) { house in
            let lists = try await Lists(house)
            house.clock.advance(by: .seconds(86_401))
            #expect(try await lists.chen.counts().closed == 0)
            #expect(try await lists.chen.list(.closed).rows.count == 1)
            #expect(try await lists.chen.list(.closed).rows.first?.category == "Question")
        }
    }

    @Test func `a closed session tells of itself, also while a colleague serves the next one`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            try await customer.say("about a lamp")
            try await chen.close(customer)
            try await chen.choose(.busy)
            _ = try await house.clerk("Wu")
            try await customer.say("my address is secret")
            let row = try #require(try await chen.list(.closed).rows.first)
            #expect(row.owner == .init(kind: "none", id: "\(chen.id)", name: "Chen"))
            #expect(row.preview == "about a lamp")
            #expect(row.waitingSince == nil)
        }
    }

    @Test func `a list that is none, and a cursor that is none, are refused`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            for (query, code) in [
                ("list=theirs", "query.list"), ("", "query.list"), ("list=mine&cursor=x", "query.cursor"),
                ("list=queue&cursor=7", "query.cursor"), ("list=queue&cursor=7.x", "query.cursor"),
            ] {
                await #expect(throws: Refusal(.invalid, code)) { try await chen.person.get("/api/conversations?\(query)") }
            }
        }
    }
}
