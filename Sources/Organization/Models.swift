package import Basics
import Store
package import Web

/// One company; every row carries its id.
package struct Workspace: Codable, Hashable, Sendable {
    package let id: ID<Workspace>
    package var name: String
    /// The staff's language, `zh-CN` or `en`.
    package var locale: String
    package let createdAt: Timestamp

    package init(id: ID<Workspace>, name: String, locale: String, createdAt: Timestamp) {
        (self.id, self.name, self.locale, self.createdAt) = (id, name, locale, createdAt)
    }
}

/// Whether an agent takes on conversations.
package enum Presence: String, Codable, Hashable, Sendable, CaseIterable, SQLConvertible {
    /// Is given new conversations.
    case online
    /// Keeps the open ones, is given none.
    case busy
    case offline
}

/// Somebody on the staff who signs in and answers.
package struct Agent: Codable, Hashable, Sendable {
    package let id: ID<Agent>
    package let workspaceId: ID<Workspace>
    package var email: String
    package var name: String
    package var role: Role
    /// How many conversations at once.
    package var capacity: Int
    /// What the agent chose; routing also asks whether a desk is connected.
    package var presence: Presence
    package var isActive: Bool
    package var passwordHash: String
    package var locale: String
    package let createdAt: Timestamp

    package init(
        id: ID<Agent>, workspaceId: ID<Workspace>, email: String, name: String, role: Role, capacity: Int = 5,
        presence: Presence = .offline, isActive: Bool = true, passwordHash: String, locale: String, createdAt: Timestamp
    ) {
        (self.id, self.workspaceId, self.email, self.name, self.role) = (id, workspaceId, email, name, role)
        (self.capacity, self.presence, self.isActive) = (capacity, presence, isActive)
        (self.passwordHash, self.locale, self.createdAt) = (passwordHash, locale, createdAt)
    }
}

/// A group of agents that conversations can be sent to.
package struct Team: Codable, Hashable, Sendable {
    package let id: ID<Team>
    package let workspaceId: ID<Workspace>
    package var name: String

    package init(id: ID<Team>, workspaceId: ID<Workspace>, name: String) {
        (self.id, self.workspaceId, self.name) = (id, workspaceId, name)
    }
}

/// A signed-in agent: the caller of every staff route.
package struct Staff: Caller {
    package let agent: ID<Agent>
    package let workspace: ID<Workspace>
    package let name: String
    package let role: Role
    package let teams: Set<ID<Team>>
    package let permissions: Set<Permission>

    package init(
        agent: ID<Agent>, workspace: ID<Workspace>, name: String, role: Role, teams: Set<ID<Team>>, permissions: Set<Permission>
    ) {
        (self.agent, self.workspace, self.name, self.role) = (agent, workspace, name, role)
        (self.teams, self.permissions) = (teams, permissions)
    }

    package var key: String { "agent.\(agent)" }
    package func may(_ permission: Permission) -> Bool { permissions.contains(permission) }
}

extension Call {
    /// The signed-in agent; on a staff route there always is one.
    package var staff: Staff {
        get throws(Refusal) {
            guard let staff = caller as? Staff else { throw Refusal(.unauthorized, "sign-in.required") }
            return staff
        }
    }
}
