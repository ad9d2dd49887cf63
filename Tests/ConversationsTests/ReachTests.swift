import Basics
import Contacts
import Organization
import Store
import Support
import Testing

@testable import Conversations

@Suite struct ReachTests {
    /// Where a conversation can stand, seen from an agent who is in the team Lamps.
    private enum Place: CaseIterable {
        case bot, queue, ownTeam, otherTeam, mine, colleague, closedByMe, closedByColleague

        var isSeen: Bool {
            switch self {
            case .bot, .queue, .ownTeam, .mine, .closedByMe: true
            case .otherTeam, .colleague, .closedByColleague: false
            }
        }
    }

    private struct Floor {
        let me, boss, foreigner: TestClerk
        var customers: [Place: TestCustomer] = [:]

        init(_ house: TestHouse) async throws {
            let (lamps, chairs) = (try await house.team("Lamps"), try await house.team("Chairs"))
            me = try await house.clerk("Me", capacity: 9, presence: .busy, teams: [lamps])
            boss = try await house.clerk("Boss", as: .supervisor, capacity: 9, presence: .busy)
            let abroad = Staff(
                agent: boss.id, workspace: ID(rawValue: 99), name: "Eve", role: .owner, teams: [],
                permissions: house.company.organization.permissions.held(by: .owner))
            foreigner = TestClerk(staff: abroad, person: TestPerson(abroad, routes: house.routes), house: house)
            for place in Place.allCases {
                let customer = try await house.customer()
                customers[place] = customer
                try await customer.say("hello")
                switch place {
                case .bot: break
                case .queue: try await customer.askForPerson()
                case .ownTeam: try await boss.transfer(customer, to: lamps)
                case .otherTeam: try await boss.transfer(customer, to: chairs)
                case .mine: try await me.take(customer)
                case .colleague: try await boss.take(customer)
                case .closedByMe:
                    try await me.take(customer)
                    try await me.close(customer)
                case .closedByColleague:
                    try await boss.take(customer)
                    try await boss.close(customer)
                }
            }
        }

        func customers(where isSeen: (Place) -> Bool) -> Set<ID<Conversation>> {
            Set(customers.filter { isSeen($0.key) }.values.map(\.conversation))
        }
    }

    private func listed(_ clerk: TestClerk) async throws -> Set<ID<Conversation>> {
        var found: Set<ID<Conversation>> = []
        for list in [Inbox.List.all, .closed, .mine, .queue, .bot] {
            found.formUnion(try await clerk.list(list).rows.map(\.conversation))
        }
        return found
    }

    @Test func `lists hold what one may see, and nothing else`() async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot) { house in
            let floor = try await Floor(house)
            #expect(try await listed(floor.me) == floor.customers(where: \.isSeen))
            #expect(try await listed(floor.boss) == floor.customers { _ in true })
            #expect(try await listed(floor.foreigner) == [])
            #expect(try await floor.me.counts() == Inbox.Counts(mine: 1, queue: 2, bot: 1, closed: 1))
            #expect(try await floor.foreigner.counts() == Inbox.Counts(mine: 0, queue: 0, bot: 0, closed: 0))
        }
    }

    @Test func `what one may not see does not exist, whatever one asks of it`() async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot) { house in
            let floor = try await Floor(house)
            for (place, customer) in floor.customers {
                let hidden = place.isSeen ? [floor.foreigner] : [floor.me, floor.foreigner]
                for clerk in hidden {
                    let asked: [() async throws -> Void] = [
                        { _ = try await clerk.open(customer) }, { try await clerk.say("hi", to: customer) },
                        { try await clerk.note("hi", on: customer) }, { try await clerk.take(customer) },
                        { try await clerk.close(customer) }, { try await clerk.transfer(customer, to: floor.boss) },
                        { try await clerk.read(customer, upTo: 1) },
                        { _ = try await clerk.person.get("/api/conversations/\(customer.conversation)/entries") },
                    ]
                    for ask in asked {
                        await #expect(throws: Refusal(.notFound, "conversation.unknown"), "\(place)") { try await ask() }
                    }
                }
            }
        }
    }

    @Test func `what one may see opens`() async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot) { house in
            let floor = try await Floor(house)
            for (place, customer) in floor.customers {
                #expect(try await floor.boss.open(customer).row.conversation == customer.conversation)
                if place.isSeen { #expect(try await floor.me.open(customer).row.conversation == customer.conversation) }
            }
        }
    }

    @Test func `a contact is known to whoever may look into a conversation with them`() async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot) { house in
            let floor = try await Floor(house)
            for (place, customer) in floor.customers {
                let contact: ID<Contact> = try await house.database.read {
                    try $0.value("SELECT contact_id FROM conversation WHERE id = \(customer.conversation)")!
                }
                let path = "/api/contacts/\(contact)"
                #expect(try await floor.boss.person.get(path)["id"] == "\(contact)")
                for clerk in [floor.me, floor.foreigner] {
                    if clerk.staff == floor.me.staff, place.isSeen {
                        #expect(try await clerk.person.get(path)["id"] == "\(contact)", "\(place)")
                    } else {
                        await #expect(throws: Refusal(.notFound, "contact.unknown"), "\(place)") {
                            try await clerk.person.get(path)
                        }
                    }
                }
            }
        }
    }

    @Test func `a visitor cannot use the desk, and the desk cannot visit`() async throws {
        try await TestHouse.run { house in
            let customer = try await house.customer()
            let chen = try await house.clerk("Chen")
            await #expect(throws: Refusal(.forbidden, "permission.missing", detail: "desk.use")) {
                try await customer.person.get("/api/conversations/counts")
            }
            await #expect(throws: Refusal(.forbidden, "permission.missing", detail: "visit")) {
                try await chen.person.get("/api/visit")
            }
        }
    }
}
