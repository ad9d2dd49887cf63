package import Basics
package import Store
package import Web

/// Which rows somebody may see: everyone's, or those of their own and of their teams.
package enum Scope: Hashable, Sendable {
    case all
    case own(ID<Agent>, teams: Set<ID<Team>>)

    /// Whether a row that belongs to this agent or waits for this team may be seen.
    package func includes(agent: ID<Agent>?, team: ID<Team>?) -> Bool {
        switch self {
        case .all: true
        case .own(let me, let teams): agent == me || team.map(teams.contains) == true
        }
    }

    /// The same as a condition, e.g. `scope.condition(agent: "session.agent_id", team: "session.team_id")`.
    package func condition(agent: SQL, team: SQL) -> SQL {
        switch self {
        case .all: "1 = 1"
        case .own(let me, let teams): "(\(agent) = \(me) OR \(team) IN \(list: teams.sorted()))"
        }
    }
}

extension Staff {
    /// Everything for those who hold the permission, else what is their own.
    package func scope(all permission: Permission) -> Scope { may(permission) ? .all : .own(agent, teams: teams) }
}
