package import Basics
package import Organization

/// Words kept ready: the whole workspace's, or one agent's own.
package struct Snippet: Codable, Hashable, Sendable {
    package let id: ID<Snippet>
    package let workspaceId: ID<Workspace>
    /// Whose own it is; nil when shared.
    package let agentId: ID<Agent>?
    /// What is typed after `/`.
    package let shortcut: String
    package let title: String
    package let text: String

    package init(
        id: ID<Snippet>, workspaceId: ID<Workspace>, agentId: ID<Agent>?, shortcut: String, title: String, text: String
    ) throws(Refusal) {
        guard (1...40).contains(shortcut.count), !shortcut.contains(where: \.isWhitespace) else {
            throw Refusal(.invalid, "snippet.shortcut")
        }
        guard (1...100).contains(title.count) else { throw Refusal(.invalid, "snippet.title") }
        guard (1...4_000).contains(text.count) else { throw Refusal(.invalid, "snippet.text") }
        (self.id, self.workspaceId, self.agentId) = (id, workspaceId, agentId)
        (self.shortcut, self.title, self.text) = (shortcut, title, text)
    }
}
