package import Basics
import Bus
package import Organization
package import Store

/// A workspace with its owner, on a fresh database under a virtual clock.
package struct TestCompany: Sendable {
    package let organization: Organization
    package let workspace: Workspace
    package let owner: Agent
    package let clock: VirtualClock
    package let features: [Feature]

    package static let ownerPassword = "correct horse battery"

    /// The chapter under test adds its own features: their migrations run and their permissions count.
    package static func run(
        _ more: (Organization) -> [Feature] = { _ in [] }, _ body: (TestCompany) async throws -> Void
    ) async throws {
        try await withDatabase { database in
            let clock = VirtualClock()
            let organization = Organization(
                database: database, surroundings: .fixed(clock), bus: MemoryBus()
            )
            let features = [organization.feature()] + more(organization)
            try await database.migrate(features.flatMap(\.migrations))
            organization.permissions.adopt(features)
            let (workspace, owner) = (workspace(at: clock.now), owner(at: clock.now))
            try await database.write { try organization.begin(workspace, owner: owner, in: $0) }
            try await body(
                TestCompany(
                    organization: organization, workspace: workspace, owner: owner, clock: clock, features: features
                )
            )
        }
    }

    private static func workspace(at now: Timestamp) -> Workspace {
        Workspace(id: ID(rawValue: 1001), name: "Lantern Tea", locale: "en", categories: ["Question"], createdAt: now)
    }

    /// The hash is made beforehand, because making it takes longer than most tests.
    private static func owner(at now: Timestamp) -> Agent {
        Agent(
            id: ID(rawValue: 1002), workspaceId: ID(rawValue: 1001), email: "lin@lantern.example", name: "Lin Yue", role: .owner,
            passwordHash: "$scrypt$ln=15,r=8,p=1$bGFudGVybiB0ZWEgc2FsdA==$WwM5yZWJNQB2QphWPlWwkKKkVDSpcg8hV0t1ra6przQ=",
            locale: "en", createdAt: now
        )
    }
}

extension TestCompany {
    package var database: any Database { organization.database }

    /// What a request of this agent would carry.
    package func staff(_ agent: Agent, teams: Set<ID<Team>> = []) -> Staff {
        Staff(
            agent: agent.id, workspace: agent.workspaceId, name: agent.name, role: agent.role, teams: teams,
            permissions: organization.permissions.held(by: agent.role)
        )
    }

    /// Another member of the staff, straight into the table; nobody signs in as them.
    package func hire(
        _ name: String, as role: Role = .agent, capacity: Int = 5, presence: Presence = .offline
    ) async throws -> Agent {
        let agent = Agent(
            id: organization.surroundings.makeID(), workspaceId: workspace.id,
            email: "\(organization.surroundings.makeToken(bytes: 4))@lantern.example", name: name, role: role,
            capacity: capacity, presence: presence, passwordHash: "", locale: "en", createdAt: clock.now
        )
        try await database.write { try AgentStore.table.insert(agent, in: $0) }
        return agent
    }
}
