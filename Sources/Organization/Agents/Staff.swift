package import Basics
package import Web

/// A signed-in agent: the caller of every staff route.
package struct Staff: Caller, Hashable {
    package let agent: ID<Agent>
    package let workspace: ID<Workspace>
    package let name: String
    package let role: Role
    package let teams: Set<ID<Team>>
    package let permissions: Set<Permission>
    /// Which of the agent's sign-ins this is: ending it ends the live connections that came with it.
    package let signIn: ID<SignIn>?

    package init(
        agent: ID<Agent>, workspace: ID<Workspace>, name: String, role: Role, teams: Set<ID<Team>>,
        permissions: Set<Permission>, signIn: ID<SignIn>? = nil
    ) {
        (self.agent, self.workspace, self.name, self.role) = (agent, workspace, name, role)
        (self.teams, self.permissions, self.signIn) = (teams, permissions, signIn)
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
