import Basics
import Conversations
import Store
import Support
import Testing

@testable import Satisfaction

@Suite struct RatingAPITests {
    /// A customer whose session Chen has closed.
    private func withClosedSession(
        _ body: @escaping @Sendable (TestHouse, TestCustomer, TestClerk, ID<Session>) async throws -> Void
    ) async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            try await customer.say("hello")
            let session = try await customer.visit().session!.id
            try await chen.close(customer)
            try await body(house, customer, chen, session)
        }
    }

    private func ratings(_ house: TestHouse) async throws -> [Rating] {
        try await house.database.read { try RatingStore.table.find("1 = 1", in: $0) }
    }

    @Test func `a closed session is rated with stars and a reason`() async throws {
        try await withClosedSession { house, customer, _, session in
            try await customer.rate(session, stars: 4, reason: #"kind, "fast""#)
            let rating = try await ratings(house)
            #expect(rating.map(\.stars) == [4])
            #expect(rating.first?.reason == #"kind, "fast""#)
            #expect(rating.first?.at == house.clock.now)
        }
    }

    @Test func `a rating leaves an entry in the thread and with the session`() async throws {
        try await withClosedSession { _, customer, chen, session in
            try await customer.rate(session, stars: 2, reason: "slow")
            let opened = try await chen.open(customer)
            #expect(opened.entries.last?.kind == .rated)
            #expect(opened.entries.last?.detail?.stars == 2)
            #expect(opened.entries.last?.detail?.reason == "slow")
            #expect(opened.entries.last?.session == session)
            #expect(opened.sessions.first?.stars == 2)
        }
    }

    @Test func `a session is rated once`() async throws {
        try await withClosedSession { house, customer, _, session in
            try await customer.rate(session, stars: 4)
            await #expect(throws: Refusal(.conflict, "rating.given")) { try await customer.rate(session, stars: 1) }
            #expect(try await ratings(house).map(\.stars) == [4])
            #expect(try await customer.visit().entries.filter { $0.kind == .rated }.count == 1)
        }
    }

    @Test func `of ratings given at the same moment one counts`() async throws {
        try await withClosedSession { house, customer, _, session in
            let given = await withTaskGroup { group in
                for stars in 1...5 {
                    group.addTask { (try? await customer.rate(session, stars: stars)) != nil }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            let kept = try await ratings(house)
            #expect(given == 1)
            #expect(kept.count == 1)
        }
    }

    @Test func `an open session cannot be rated`() async throws {
        try await TestHouse.run { house in
            let customer = try await house.customer()
            try await customer.say("hello")
            let session = try await customer.visit().session!.id
            await #expect(throws: Refusal(.conflict, "session.open")) { try await customer.rate(session, stars: 5) }
        }
    }

    @Test func `somebody else's session does not exist`() async throws {
        try await withClosedSession { house, _, _, session in
            let stranger = try await house.customer()
            await #expect(throws: Refusal(.notFound, "session.unknown")) { try await stranger.rate(session, stars: 1) }
            await #expect(throws: Refusal(.notFound, "session.unknown")) {
                try await stranger.rate(ID(rawValue: 5), stars: 1)
            }
        }
    }

    @Test func `bad stars leave nothing behind`() async throws {
        try await withClosedSession { house, customer, _, session in
            await #expect(throws: Refusal(.invalid, "rating.stars")) { try await customer.rate(session, stars: 6) }
            let (kept, visit) = (try await ratings(house), try await customer.visit())
            #expect(kept.isEmpty)
            #expect(visit.rating?.session == session)
        }
    }

    @Test func `the customer is asked until it is rated, at most for a day`() async throws {
        try await withClosedSession { house, customer, _, session in
            #expect(try await customer.visit().rating?.session == session)
            house.clock.advance(by: .seconds(86_401))
            #expect(try await customer.visit().rating == nil)
            try await customer.rate(session, stars: 5)
        }
    }

    @Test func `only the last session is asked about, and not while the next is under way`() async throws {
        try await withClosedSession { _, customer, chen, first in
            try await customer.say("one more thing")
            #expect(try await customer.visit().rating == nil)
            let second = try await customer.visit().session!.id
            try await chen.close(customer)
            #expect(try await customer.visit().rating?.session == second)
            try await customer.rate(second, stars: 5)
            #expect(try await customer.visit().rating?.session == first)
        }
    }

    @Test func `the staff cannot rate`() async throws {
        try await withClosedSession { _, _, chen, session in
            await #expect(throws: Refusal(.forbidden, "permission.missing", detail: "visit")) {
                try await chen.person.post("/api/visit/ratings", #"{"session":"\#(session)","stars":5}"#)
            }
        }
    }
}
