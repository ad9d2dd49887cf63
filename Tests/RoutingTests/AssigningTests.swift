import Basics
import Conversations
import Organization
import Store
import Support
import Testing

@testable import Routing

@Suite struct AssigningTests {
    @Test func `a customer who writes is given to the free agent at once`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            try await customer.say("hello")
            #expect(try await house.owner(of: customer) == .agent(chen.id))
            #expect(try await customer.visit().session?.owner.name == "Chen")
            let assigned = try await chen.open(customer).entries.first { $0.kind == .assigned }
            #expect(assigned?.detail?.agent == Detail.Named(id: "\(chen.id)", name: "Chen"))
        }
    }

    @Test func `customers are spread: the fewest first, then the longest idle`() async throws {
        try await TestHouse.run { house in
            let clerks = [try await house.clerk("Chen"), try await house.clerk("Wu"), try await house.clerk("Zhao")]
            var owners: [Owner?] = []
            for _ in 0..<6 {
                house.clock.advance(by: .seconds(1))
                let customer = try await house.customer()
                try await customer.say("hello")
                owners.append(try await house.owner(of: customer))
            }
            #expect(owners == (clerks + clerks).map { .agent($0.id) })
        }
    }

    @Test func `nobody is given more than they can serve`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen", capacity: 2)
            for _ in 0..<4 { try await house.customer().say("hello") }
            #expect(try await chen.counts().mine == 2)
            #expect(try await chen.counts().queue == 2)
        }
    }

    @Test func `customers who write at the same moment never overfill anybody`() async throws {
        try await TestHouse.run { house in
            let clerks = [try await house.clerk("Chen", capacity: 2), try await house.clerk("Wu", capacity: 3)]
            var customers: [TestCustomer] = []
            for _ in 0..<12 { customers.append(try await house.customer()) }
            try await withThrowingTaskGroup { group in
                for customer in customers { group.addTask { try await customer.say("hello") } }
                try await group.waitForAll()
            }
            #expect(try await clerks[0].counts().mine == 2)
            #expect(try await clerks[1].counts().mine == 3)
            #expect(try await clerks[0].counts().queue == 7)
        }
    }

    @Test func `an agent who chose online but has no desk connected is given nothing`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen", isAtDesk: false)
            let customer = try await house.customer()
            try await customer.say("hello")
            #expect(try await house.owner(of: customer) == .queue)
            try await chen.sitDown()
            #expect(try await house.owner(of: customer) == .agent(chen.id))
        }
    }

    @Test func `an agent of another company is given nothing`() async throws {
        try await TestHouse.run { house in
            let other = ID<Workspace>(rawValue: 2001)
            let spy = Agent(
                id: ID(rawValue: 2002), workspaceId: other, email: "spy@other.example", name: "Spy", role: .agent,
                presence: .online, passwordHash: "", locale: "en", createdAt: house.clock.now)
            try await house.database.write { transaction in
                try WorkspaceStore.table.insert(
                    Workspace(id: other, name: "Other", locale: "en", createdAt: house.clock.now), in: transaction)
                try AgentStore.table.insert(spy, in: transaction)
            }
            try await house.routing.dispatching.deskChanged(of: spy.id, workspace: other, isConnected: true)
            let customer = try await house.customer()
            try await customer.say("hello")
            #expect(try await house.owner(of: customer) == .queue)
        }
    }
}
