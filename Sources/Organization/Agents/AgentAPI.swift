import Basics
import HTTPTypes
import Store
import Web

extension Agent {
    struct Shown: Codable, Sendable {
        let id: ID<Agent>
        let name: String
        let email: String
        let role: Role
        let capacity: Int
        let presence: Presence
        let isActive: Bool
        let locale: String
        let createdAt: Timestamp
    }

    struct Changing: Codable, Sendable {
        let name: String
        let role: Role
        let capacity: Int
        let isActive: Bool
    }

    var shown: Shown {
        Shown(
            id: id, name: name, email: email, role: role, capacity: capacity, presence: presence, isActive: isActive,
            locale: locale, createdAt: createdAt
        )
    }
}

extension Organization {
    var agentRoutes: [Route] {
        [
            Route(
                .get, "/api/agents", access: .needs("team.read"), summary: "Everybody on the staff, the deactivated included.",
                takes: Nothing.self, gives: Page<Agent.Shown>.self
            ) { call, _ in
                let workspace = try call.staff.workspace
                return Page(try await database.read { try AgentStore.agents(of: workspace, in: $0).map(\.shown) })
            },
            Route(
                .put, "/api/agents/{agent}", access: .needs("team.edit"),
                summary: "Changes a colleague's name, role, capacity, or ends their access at once.",
                takes: Agent.Changing.self, gives: Agent.Shown.self
            ) { call, new in
                let change = Agent.Change(name: new.name, role: new.role, capacity: new.capacity, isActive: new.isActive)
                return try await self.change(call.parameter("agent"), to: change, by: call.staff).shown
            },
        ]
    }
}
