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
                database: database, surroundings: .fixed(clock), facts: Facts(), bus: MemoryBus()
            )
            let features = [organization.feature()] + more(organization)
            try await database.migrate(features.flatMap(\.migrations))
            organization.permissions.adopt(features)
            let (workspace, owner) = try await organization.found(founding)
            try await body(
                TestCompany(
                    organization: organization, workspace: workspace, owner: owner, clock: clock, features: features
                )
            )
        }
    }

    private static var founding: Founding {
        Founding(
            workspace: "Lantern Tea", name: "Lin Yue", email: "lin@lantern.example", password: ownerPassword, locale: "en"
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
