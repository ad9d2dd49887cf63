package import Basics
package import Channels
package import Contacts
package import Organization

/// Who has to answer. A session has exactly one owner at any moment.
package enum Owner: Hashable, Sendable {
    case bot
    case queue
    case agent(ID<Agent>)
}

extension Owner {
    /// As stored and sent: `bot`, `queue` or `agent`.
    package var kind: String {
        switch self {
        case .bot: "bot"
        case .queue: "queue"
        case .agent: "agent"
        }
    }

    package var agent: ID<Agent>? {
        guard case .agent(let id) = self else { return nil }
        return id
    }

    init?(kind: String?, agent: ID<Agent>?) {
        switch (kind, agent) {
        case ("bot", _): self = .bot
        case ("queue", _): self = .queue
        case ("agent", let agent?): self = .agent(agent)
        default: return nil
        }
    }
}

/// The lasting thread with one identity. Its entries are numbered 1, 2, 3 … without gaps.
package struct Conversation: Sendable {
    package let id: ID<Conversation>
    package let workspace: ID<Workspace>
    package let account: ID<ChannelAccount>
    package let contact: ID<Contact>
    package let identity: ID<Identity>
    /// The number of the newest entry.
    package let last: Int64
    /// The session under way, if any.
    package let service: Service?
    /// Since when the customer waits for a word; nil when the last word was ours.
    package let waitingSince: Timestamp?
    package let marks: Marks
    package let locale: String

    /// The live half of a session: who serves, and under which epoch. The epoch rises at every change of owner,
    /// and a reply written under an older one is refused: so the bot never talks over a person.
    package struct Service: Hashable, Sendable {
        package let session: ID<Session>
        package let owner: Owner
        package let team: ID<Team>?
        package let epoch: Int64
    }
}

/// How far each side has received and read, by entry number.
package struct Marks: Codable, Hashable, Sendable {
    /// The two marks of one side.
    package struct Side: Codable, Hashable, Sendable {
        package var delivered: Int64
        package var read: Int64
    }

    package var visitor: Side
    package var staff: Side
}

/// One episode of service inside a conversation, from the first word to the closing.
package struct Session: Codable, Hashable, Sendable {
    package let id: ID<Session>
    package let workspaceId: ID<Workspace>
    package let conversationId: ID<Conversation>
    package let openedAt: Timestamp
    package var closedAt: Timestamp?
    /// `visitor`, `agent` or `system`.
    package var closedBy: String?
    package var category: String?
    package var note: String?
    /// The agent who served last.
    package var servedBy: ID<Agent>?
    /// How many questions in a row the bot could not answer.
    package var botMisses: Int
    /// The number of the newest message that the bot has dealt with.
    package var botSeen: Int64
    package let sourceUrl: String?
    package let sourceTitle: String?
    package let referrer: String?
}
