package import Basics

/// A group of agents that conversations can be sent to.
package struct Team: Codable, Hashable, Sendable {
    package let id: ID<Team>
    package let workspaceId: ID<Workspace>
    package var name: String

    package init(id: ID<Team>, workspaceId: ID<Workspace>, name: String) {
        (self.id, self.workspaceId, self.name) = (id, workspaceId, name)
    }
}
