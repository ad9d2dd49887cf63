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
    /// Who passed it on.
    var notFor: ID<Agent>?

    /// Nobody is given at once what they have just passed on; after a minute anybody is better than waiting.
    func spares(_ agent: ID<Agent>, at now: Timestamp) -> Bool { agent == notFor && now < since + .seconds(60) }
}
