import Basics
import Conversations
import Organization
import Support
import Testing

@testable import Routing

@Suite struct LeastBusyTests {
    private let morning = VirtualClock().now

    private func agent(
        _ id: Int64, serving: Int = 0, capacity: Int = 3, presence: Presence = .online, idleFor minutes: Int = 0
    ) -> Candidate {
        let colleague = Colleague(
            id: ID(rawValue: id), name: "a\(id)", role: .agent, presence: presence, serving: serving, capacity: capacity)
        return Candidate(colleague: colleague, lastAssigned: morning - .seconds(60 * minutes))
    }

    private func chosen(_ agents: Candidate...) -> Int64? { agents.leastBusy()?.colleague.id.rawValue }

    @Test func `the one with the fewest conversations is given the next`() {
        #expect(chosen(agent(1, serving: 2, idleFor: 9), agent(2, serving: 1), agent(3, serving: 2, idleFor: 99)) == 2)
    }

    @Test func `among equals the longest idle is given it`() {
        #expect(chosen(agent(1, serving: 1, idleFor: 1), agent(2, serving: 1, idleFor: 30), agent(3, serving: 1)) == 2)
    }

    @Test func `whoever was never given any comes first among equals`() {
        let newcomer = Candidate(colleague: agent(9).colleague, lastAssigned: Timestamp(milliseconds: 0))
        #expect([agent(1, idleFor: 500), newcomer].leastBusy() == newcomer)
    }

    @Test func `equal in everything, the first hired is given it, in whatever order they stand`() {
        #expect(chosen(agent(2), agent(1), agent(3)) == 1)
        #expect(chosen(agent(3), agent(2), agent(1)) == 1)
    }

    @Test func `the free come before the full, however few the full have`() {
        #expect(chosen(agent(1, serving: 1, capacity: 1, idleFor: 99), agent(2, serving: 5, capacity: 6)) == 2)
    }

    @Test(arguments: [Presence.busy, .offline])
    func `whoever is away is given nothing`(presence: Presence) {
        #expect(chosen(agent(1, presence: presence, idleFor: 99), agent(2, serving: 2)) == 2)
        #expect(chosen(agent(1, presence: presence)) == nil)
    }

    @Test func `a lowered capacity makes full, not negative`() {
        #expect(chosen(agent(1, serving: 4, capacity: 2)) == nil)
        #expect(chosen(agent(1, serving: 0, capacity: 0)) == nil)
    }

    @Test func `of nobody there is none`() { #expect([Candidate]().leastBusy() == nil) }
}

@Suite struct EstimatedWaitTests {
    @Test(
        arguments: [
            (1, 1, 60.0, 60), (2, 1, 60, 120), (2, 2, 60, 60), (1, 4, 60, 15), (3, 2, 100, 150), (1, 3, 100, 34),
        ] as [(Int, Int, Double, Int)])
    func `of all places together one frees every handling time over places`(
        position: Int, places: Int, handling: Double, seconds: Int
    ) {
        #expect(estimatedWait(position: position, places: places, handling: handling) == seconds)
    }

    @Test func `where nothing is known yet, two minutes each`() {
        #expect(estimatedWait(position: 3, places: 1, handling: nil) == 360)
    }

    @Test func `with nobody there the estimate is as for one`() {
        #expect(estimatedWait(position: 2, places: 0, handling: 60) == 120)
    }

    @Test func `odd handling times do not make odd promises`() {
        #expect(estimatedWait(position: 1, places: 1, handling: 0.5) == 10)
        #expect(estimatedWait(position: 1, places: 1, handling: 1e9) == 3_600)
    }
}
