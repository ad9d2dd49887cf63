package import Basics
import Store

/// An agent was added, renamed, promoted, given another capacity or deactivated.
package struct AgentEdited: Fact {
    package static let name = "agent.edited"
    package let workspace: ID<Workspace>
    package let agent: ID<Agent>
    package let isActive: Bool
}

extension Organization {
    func tellChanged(_ agent: Agent, in transaction: any Transaction) {
        staffChanges(in: transaction)
        facts.announce(
            AgentEdited(workspace: agent.workspaceId, agent: agent.id, isActive: agent.isActive), after: transaction
        )
    }
}
