package import Basics
package import Channels
import Store

/// Anything in the thread: a message, a note, a hand-off, an assignment, a rating. Append-only.
package struct Entry: Codable, Hashable, Sendable {
    /// What stands there: something said, or something that happened.
    package enum Kind: String, Codable, Hashable, Sendable, CaseIterable, SQLConvertible {
        case message
        /// For the staff only; never sent to the customer.
        case note
        case opened
        case handedOff = "handed-off"
        case takenOver = "taken-over"
        case assigned
        case transferred
        case closed
        case rated
    }

    package let conversation: ID<Conversation>
    package let number: Int64
    package let session: ID<Session>
    package let at: Timestamp
    package let kind: Kind
    package let author: Author
    /// The sender's own id for this entry: the same id twice is the same entry once.
    package let client: String?
    package let text: String?
    package let attachment: Attached?
    package let answer: Answer?
    package let choices: [Choice]?
    package var parts: Parts?
    package let detail: Detail?
}

/// Who wrote an entry.
package struct Author: Codable, Hashable, Sendable {
    /// Which kind of party.
    package enum Kind: String, Codable, Hashable, Sendable, CaseIterable, SQLConvertible { case visitor, agent, bot, system }

    package let kind: Kind
    package let id: String?
    package let name: String?

    package init(_ kind: Kind, id: String? = nil, name: String? = nil) { (self.kind, self.id, self.name) = (kind, id, name) }

    package static let bot = Author(.bot)
    package static let system = Author(.system)
}

/// A file sent with a message, as clients see it.
package typealias Attached = Attachment.Shown

/// Where a bot's answer came from: every answer names the entry and the version.
package struct Answer: Codable, Hashable, Sendable {
    /// The knowledge entry.
    package let entry: String
    package let version: Int
    package let title: String
    /// The probability, 0 to 1, that this is the right answer.
    package let confidence: Double
    /// What the customer thought of it.
    package var helpful: Bool?
    /// What it rests on, where a language model wrote it.
    package var sources: [Cited]?
}

/// A published text that an answer names as its source.
package struct Cited: Codable, Hashable, Sendable {
    /// The knowledge entry.
    package let entry: String
    package let version: Int
    package let title: String

    package init(entry: String, version: Int, title: String) {
        (self.entry, self.version, self.title) = (entry, version, title)
    }
}

/// One of the questions that the bot offers to choose from.
package struct Choice: Codable, Hashable, Sendable {
    package let entry: String
    package let text: String

    package init(entry: String, text: String) { (self.entry, self.text) = (entry, text) }
}

/// What an entry that is not a message says; every property is optional, and which are there depends on the kind.
package struct Detail: Codable, Hashable, Sendable {
    /// Somebody or something with a name, as it was called then.
    package struct Named: Codable, Hashable, Sendable {
        package let id: String
        package let name: String

        package init(id: String, name: String) { (self.id, self.name) = (id, name) }
    }

    package var reason: String?
    package var agent: Named?
    package var team: Named?
    package var from: Named?
    package var by: String?
    package var category: String?
    package var stars: Int?
    /// Which topic it was about; only the staff sees it.
    package var topic: String?
    /// What happened before a hand-off; only the staff sees it.
    package var summary: HandOffSummary?

    package init(
        reason: String? = nil, agent: Named? = nil, team: Named? = nil, from: Named? = nil,
        by: String? = nil, category: String? = nil, stars: Int? = nil
    ) {
        (self.reason, self.agent, self.team, self.from) = (reason, agent, team, from)
        (self.by, self.category, self.stars) = (by, category, stars)
    }

    /// Without what only the staff may know.
    var forVisitors: Detail {
        var shown = self
        (shown.category, shown.topic, shown.summary) = (nil, nil, nil)
        if reason != nil, agent != nil || team != nil { shown.reason = nil }
        return shown
    }
}

extension Entry {
    /// The longest message in characters (Swift's, so a family emoji is one).
    package static let longestText = 8_000
    /// The longest sender's id in bytes.
    package static let longestClient = 64

    package var isForVisitors: Bool { kind != .note }
}
