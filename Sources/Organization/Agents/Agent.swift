package import Basics
import Store

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
