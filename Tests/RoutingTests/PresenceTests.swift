import Basics
import Conversations
import Organization
import Store
import Support
import Testing

@testable import Routing

@Suite struct PresenceTests {
    private func colleague(_ clerk: TestClerk, at house: TestHouse) async throws -> Colleague? {
        try await house.database.read { try house.routing.dispatching.colleagues(in: clerk.staff.workspace, $0) }
            .first { $0.id == clerk.id }
    }

    @Test(arguments: [Presence.busy, .offline])
    func `whoever is away keeps what they have and is given no more`(presence: Presence) async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let (first, second) = (try await house.customer(), try await house.customer())
            try await first.say("hello")
            try await chen.choose(presence)
            try await second.say("hello")
            #expect(try await house.owner(of: first) == .agent(chen.id))
            #expect(try await house.owner(of: second) == .queue)
        }
    }

    @Test func `colleagues see what was chosen, and offline while no desk is connected`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen", presence: .busy)
            #expect(try await colleague(chen, at: house)?.presence == .busy)
            try await chen.standUp()
            #expect(try await colleague(chen, at: house)?.presence == .offline)
            try await chen.sitDown()
            #expect(try await colleague(chen, at: house)?.presence == .busy)
        }
    }

    @Test func `colleagues see how many somebody serves`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen", capacity: 4)
            let customer = try await house.customer()
            try await customer.say("hello")
            #expect(try await colleague(chen, at: house)?.serving == 1)
            #expect(try await colleague(chen, at: house)?.capacity == 4)
            try await chen.close(customer)
            #expect(try await colleague(chen, at: house)?.serving == 0)
        }
    }

    @Test func `whoever was dismissed is no colleague and is given nothing`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            _ = try await house.owner.put(
                "/api/agents/\(chen.id)", #"{"name":"Chen","role":"agent","capacity":5,"isActive":false}"#)
            let customer = try await house.customer()
            try await customer.say("hello")
            #expect(try await house.owner(of: customer) == .queue)
            #expect(try await colleague(chen, at: house) == nil)
        }
    }

    @Test func `desks are told when presence or load changes`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let changes: [() async throws -> Void] = [
                { try await chen.choose(.busy) }, { try await chen.choose(.online) },
                { try await house.customer().say("hello") }, { try await chen.standUp() },
            ]
            for change in changes {
                let before = house.bus.told("agents").count
                try await change()
                #expect(house.bus.told("agents").count > before)
            }
        }
    }

    @Test func `an unknown presence is refused`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            await #expect(throws: Refusal.self) { try await chen.person.put("/api/me/presence", #"{"presence":"asleep"}"#) }
        }
    }
}
