package import Basics
package import Organization
import Store
import Web

/// The first frame of a desk's connection.
package struct DeskWelcome: Fact {
    package static let name = "welcome"

    package struct Me: Codable, Sendable {
        package let id: ID<Agent>
        package let name: String
        package let email: String
        package let role: Role
        package let locale: String
        package let capacity: Int
        package let presence: Presence
        package let permissions: [String]
    }

    package struct House: Codable, Sendable {
        package let id: ID<Workspace>
        package let name: String
        package let locale: String
        package let categories: [String]
    }

    package struct Group: Codable, Sendable {
        package let id: ID<Team>
        package let name: String
        package let members: [ID<Agent>]
    }

    package let heartbeat: Int
    package let me: Me
    package let workspace: House
    package let agents: [Colleague]
    package let teams: [Group]
    package let counts: Inbox.Counts
}

/// Puts the desk's welcome together.
struct DeskWelcomes: Sendable {
    let store: ConversationStore
    let inbox: Inbox
    let dispatching: any Dispatching

    /// The welcome, and the conversations that the agent is serving with their last numbers.
    func welcome(_ staff: Staff) async throws -> (DeskWelcome, own: [(ID<Conversation>, last: Int64)]) {
        try await store.database.read { transaction in
            let own = try transaction.rows(
                "SELECT id, last_number FROM conversation WHERE workspace_id = \(staff.workspace) AND owner_kind = 'agent' AND owner_id = \(staff.agent)"
            )
            let welcome = DeskWelcome(
                heartbeat: Visits.heartbeat,
                me: try me(staff, in: transaction), workspace: try house(staff, in: transaction),
                agents: try dispatching.colleagues(in: staff.workspace, transaction),
                teams: try TeamStore.teams(of: staff.workspace, in: transaction).map { team in
                    DeskWelcome.Group(id: team.id, name: team.name, members: try TeamStore.members(of: team.id, in: transaction))
                },
                counts: try inbox.counts(for: staff, in: transaction)
            )
            return (welcome, try own.map { try ($0("id"), $0("last_number")) })
        }
    }

    private func me(_ staff: Staff, in transaction: any Transaction) throws -> DeskWelcome.Me {
        guard let agent = try AgentStore.agent(staff.agent, of: staff.workspace, in: transaction) else {
            throw Refusal(.unauthorized, "sign-in.required")
        }
        return DeskWelcome.Me(
            id: agent.id, name: agent.name, email: agent.email, role: agent.role, locale: agent.locale, capacity: agent.capacity,
            presence: agent.presence, permissions: staff.permissions.map(\.rawValue).sorted()
        )
    }

    private func house(_ staff: Staff, in transaction: any Transaction) throws -> DeskWelcome.House {
        guard let workspace = try WorkspaceStore.workspace(staff.workspace, in: transaction) else {
            throw Refusal(.notFound, "workspace.unknown")
        }
        return DeskWelcome.House(
            id: workspace.id, name: workspace.name, locale: workspace.locale, categories: workspace.categories.value
        )
    }
}
