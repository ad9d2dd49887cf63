import Basics
import Conversations
import Organization

/// A session that waits for a person: a stored object, so that a restart changes nobody's place.
struct QueueEntry: Codable, Hashable, Sendable {
    let sessionId: ID<Session>
    let workspaceId: ID<Workspace>
    let conversationId: ID<Conversation>
    /// The team whose members may serve it; nil for anybody.
    let teamId: ID<Team>?
    let since: Timestamp
}
