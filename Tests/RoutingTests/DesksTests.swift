import Basics
import Organization
import Store
import Support
import Testing

@testable import Routing

/// Two nodes on one database; a node is told from another by its random number.
@Suite struct DesksTests {
    private let chen = ID<Agent>(rawValue: 1)

    private struct Place {
        let clock = VirtualClock()
        let database: any Database

        func node(_ seed: UInt64) -> (desks: Desks, nodes: Nodes) {
            let nodes = Nodes(database, surroundings: .fixed(clock, seed: seed))
            return (Desks(nodes: nodes, start: clock.now), nodes)
        }

        func change(_ desks: Desks, _ agent: ID<Agent>, came: Bool) async throws {
            if came { desks.came(agent) } else { desks.went(agent) }
            try await database.write { try desks.note(agent, at: clock.now, in: $0) }
        }

        func isThere(_ agent: ID<Agent>, for desks: Desks) async throws -> Bool {
            try await database.read { try desks.there(in: $0).contains(agent) }
        }

        func goneSince(_ agent: ID<Agent>, for desks: Desks) async throws -> Timestamp? {
            try await database.read { try desks.gone(in: $0)[agent] }
        }
    }

    private func play(_ scene: @Sendable @escaping (Place) async throws -> Void) async throws {
        try await withDatabase([Nodes.migration, Desks.migration]) { try await scene(Place(database: $0)) }
    }

    @Test func `whoever left is gone since then, and whoever never came is not known`() async throws {
        try await play { [chen] place in
            let (desks, _) = place.node(1)
            #expect(try await !place.isThere(chen, for: desks))
            #expect(try await place.goneSince(chen, for: desks) == nil)
            try await place.change(desks, chen, came: true)
            #expect(try await place.isThere(chen, for: desks))
            place.clock.advance(by: .seconds(60))
            try await place.change(desks, chen, came: false)
            #expect(try await !place.isThere(chen, for: desks))
            #expect(try await place.goneSince(chen, for: desks) == place.clock.now)
        }
    }

    @Test func `one of two desks may go, also late after a reload`() async throws {
        try await play { [chen] place in
            let (desks, _) = place.node(1)
            for came in [true, true, false] { try await place.change(desks, chen, came: came) }
            #expect(try await place.isThere(chen, for: desks))
            #expect(try await place.goneSince(chen, for: desks) == nil)
            try await place.change(desks, chen, came: false)
            #expect(try await !place.isThere(chen, for: desks))
        }
    }

    @Test func `a desk at one node counts for all, until that node is gone`() async throws {
        try await play { [chen] place in
            let ((here, _), (there, other)) = (place.node(1), place.node(2))
            _ = try await other.join(name: "b", version: "1")
            try await place.change(there, chen, came: true)
            #expect(try await place.isThere(chen, for: here))
            try await other.leave()
            #expect(try await !place.isThere(chen, for: here))
            #expect(try await place.goneSince(chen, for: here) != nil)
        }
    }

    @Test func `what could not be written down is found and corrected`() async throws {
        try await play { [chen] place in
            let (desks, _) = place.node(1)
            try await place.change(desks, chen, came: true)
            desks.went(chen)
            #expect(try await place.database.read { try desks.misnoted(in: $0) } == [chen])
            try await place.database.write { try desks.note(chen, at: place.clock.now, in: $0) }
            #expect(try await place.database.read { try desks.misnoted(in: $0) } == [])
        }
    }

    @Test func `what nobody remembers is removed, and nothing else`() async throws {
        try await play { [chen] place in
            let ((here, _), (old, _)) = (place.node(1), place.node(2))
            try await place.change(here, chen, came: true)
            try await place.change(old, chen, came: true)
            place.clock.advance(by: .seconds(10))
            let rows = try await place.database.write { transaction in
                try here.forgetOld(before: place.clock.now, in: transaction)
                return try transaction.rows("SELECT connected FROM desk").count
            }
            #expect(rows == 1)
            #expect(try await place.isThere(chen, for: here))
        }
    }
}
