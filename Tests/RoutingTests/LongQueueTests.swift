import Basics
import Conversations
import Organization
import Store
import Support
import Testing

@testable import Routing

/// However many wait, a look at the queue costs what it shows.
@Suite struct LongQueueTests {
    /// So many who came before everybody, a millisecond apart, and wait for a team.
    private func fill(_ house: TestHouse, _ count: Int, for team: ID<Team>?, from first: Int = 1) async throws {
        let workspace = house.company.workspace.id
        try await house.database.write { transaction in
            try transaction.run(
                """
                WITH RECURSIVE counted (n) AS (SELECT CAST(\(first) AS BIGINT) UNION ALL SELECT n + 1 FROM counted WHERE n < \(first + count - 1))
                INSERT INTO queue_entry (session_id, workspace_id, conversation_id, team_id, since)
                SELECT n, \(workspace), n, \(team), n FROM counted
                """)
        }
    }

    @Test func `places are counted up to two hundred; whoever is behind learns that`() async throws {
        try await TestHouse.run { house in
            let customer = try await house.customer()
            try await customer.say("hello")
            try await fill(house, 199, for: nil)
            #expect(try await house.standing(of: customer) == Standing(position: 200, wait: 24_000, since: house.clock.now))
            for number in [200, 300] {
                try await fill(house, 1, for: nil, from: number)
                let far = Standing(position: 201, wait: 24_120, since: house.clock.now, orMore: true)
                #expect(try await house.standing(of: customer) == far)
            }
            #expect(try await customer.visit().session?.queue?.orMore == true)
        }
    }

    @Test func `who waits for another team costs nothing and counts for nothing`() async throws {
        try await TestHouse.run { house in
            let (repairs, sales) = (try await house.team("Repairs"), try await house.team("Sales"))
            try await fill(house, 1_000, for: repairs)
            try await fill(house, 1_000, for: sales, from: 2_001)
            try await fill(house, 1_000, for: nil, from: 4_001)
            let found = try await look(house, .first(50, after: nil, teams: [sales]))
            #expect(found.places.map(\.session.rawValue) == Array(2_001...2_050))
            #expect(found.places.map(\.standing.position) == Array(1...50))
            #expect(found.read < 450)
        }
    }

    @Test(arguments: [1, 1_500])
    func `a later page begins behind the earlier one and reads as little`(after: Int64) async throws {
        try await TestHouse.run { house in
            let sales = try await house.team("Sales")
            try await fill(house, 2_000, for: sales)
            let cursor = try #require(QueueCursor("\(after).\(after)"))
            for teams in [nil, [sales]] as [Set<ID<Team>>?] {
                let found = try await look(house, .first(50, after: cursor, teams: teams))
                #expect(found.places.map(\.session.rawValue) == Array(after + 1...after + 50))
                #expect(found.places.map(\.standing.position) == (2...51).map { after == 1 ? $0 : 201 })
                #expect(found.read < 400)
            }
        }
    }

    @Test func `places of single sessions are found without those between`() async throws {
        try await TestHouse.run { house in
            let sales = try await house.team("Sales")
            try await fill(house, 1_000, for: sales)
            try await fill(house, 1_000, for: nil, from: 2_001)
            let found = try await look(house, .sessions([7, 900, 2_003].map { ID(rawValue: $0) }))
            #expect(found.places.map(\.standing.position) == [7, 201, 3])
            #expect(found.places.map(\.standing.orMore) == [nil, true, nil])
            #expect(found.read < 450)
        }
    }

    @Test func `whoever becomes free reads no more of the queue than can be served at once`() async throws {
        try await TestHouse.run { house in
            let (repairs, sales) = (try await house.team("Repairs"), try await house.team("Sales"))
            let wu = try await house.clerk("Wu", presence: .busy, teams: [sales])
            try await fill(house, 1_000, for: repairs)
            try await fill(house, 1_000, for: sales, from: 2_001)
            let found = try await house.database.read { transaction in
                let counting = CountingTransaction(transaction)
                let store = house.routing.dispatcher.store
                let waiting = try store.waiting(for: [wu.id], in: house.company.workspace.id, limit: 20, counting)
                return (sessions: waiting.map(\.sessionId.rawValue), read: counting.read)
            }
            #expect(found.sessions == Array(2_001...2_020))
            #expect(found.read < 50)
        }
    }

    private func look(_ house: TestHouse, _ stretch: QueueStretch) async throws -> (places: [QueuePlace], read: Int) {
        try await house.database.read { transaction in
            let counting = CountingTransaction(transaction)
            let places = try house.routing.dispatching.places(stretch, in: house.company.workspace.id, counting)
            return (places, counting.read)
        }
    }
}
