package import Basics
package import Organization

/// An entry was appended.
package struct EntryAdded: Fact {
    package static let name = "entry.added"
    package let entry: Entry
}

/// A conversation has another owner, was opened or was closed: its row as the desk's lists show it.
package struct RowChanged: Fact {
    package static let name = "row.changed"
    package let row: Inbox.Row
}

/// A conversation that the desk may have had in a list is no longer for it to see: a colleague serves it.
package struct RowGone: Fact {
    package static let name = "row.gone"
    package let conversation: ID<Conversation>
}

/// The visitor's session has another owner, or is over.
package struct SessionChanged: Fact {
    package static let name = "session.changed"
    package let session: ShownSession?
    /// A closed session that may still be rated.
    package let rating: Rateable?

    package struct Rateable: Codable, Hashable, Sendable { package let session: ID<Session> }
}

/// The visitor moved up in the queue.
package struct QueueMoved: Fact {
    package static let name = "queue.moved"
    package let position: Int
    package let wait: Int
}

/// Somebody is writing, or has stopped.
package struct Typing: Fact {
    package static let name = "typing"
    package let conversation: ID<Conversation>?
    package let by: Author
    package let on: Bool
    /// What the visitor has typed so far; only the staff sees it.
    package let text: String?
}

/// One side has received or read more.
package struct MarksChanged: Fact {
    package static let name = "marks.changed"
    package let conversation: ID<Conversation>
    package let marks: Marks
}

/// An agent came, went, or was given or relieved of a conversation.
package struct AgentChanged: Fact {
    package static let name = "agent.changed"
    package let agent: Colleague
}

/// What waits besides conversations changed; `GET /api/cases` says how.
package struct CasesChanged: Fact {
    package static let name = "cases.changed"
    package let at: Timestamp
}

/// A session as the visitor sees it.
package struct ShownSession: Codable, Hashable, Sendable {
    package struct ShownOwner: Codable, Hashable, Sendable {
        package let kind: String
        package let name: String?
    }

    package let id: ID<Session>
    package let owner: ShownOwner
    package let epoch: Int64
    package let queue: Standing?
}

/// A place in the queue: how many are before you plus one, and the estimated seconds until somebody is free.
package struct Standing: Codable, Hashable, Sendable {
    package let position: Int
    package let wait: Int
    package let since: Timestamp
    /// More are waiting before than were counted: the place and the seconds are the least they can be. Absent where it is exact.
    package let orMore: Bool?

    package init(position: Int, wait: Int, since: Timestamp, orMore: Bool? = nil) {
        (self.position, self.wait, self.since, self.orMore) = (position, wait, since, orMore)
    }
}

/// An agent as colleagues see one another.
package struct Colleague: Codable, Hashable, Sendable {
    package let id: ID<Agent>
    package let name: String
    package let role: Role
    /// What was chosen, or `offline` while no desk is connected.
    package let presence: Presence
    package let serving: Int
    package let capacity: Int

    package init(id: ID<Agent>, name: String, role: Role, presence: Presence, serving: Int, capacity: Int) {
        (self.id, self.name, self.role) = (id, name, role)
        (self.presence, self.serving, self.capacity) = (presence, serving, capacity)
    }
}
