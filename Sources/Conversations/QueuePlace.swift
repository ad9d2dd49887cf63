package import Basics
package import Organization

/// Somebody who waits, and where.
package struct QueuePlace: Hashable, Sendable {
    package let session: ID<Session>
    package let conversation: ID<Conversation>
    package let standing: Standing

    package init(session: ID<Session>, conversation: ID<Conversation>, standing: Standing) {
        (self.session, self.conversation, self.standing) = (session, conversation, standing)
    }

    var cursor: QueueCursor { QueueCursor(since: standing.since, session: session) }
}

/// Which places of the queue are asked for.
package enum QueueStretch: Sendable {
    case sessions([ID<Session>])
    /// The first of those who wait for anybody or for one of these teams (nil: whoever they wait for), after an earlier page's last.
    case first(Int, after: QueueCursor?, teams: Set<ID<Team>>?)
}

/// The last place of a page of the queue, on the wire `since.session`.
package struct QueueCursor: Hashable, Sendable, LosslessStringConvertible {
    package let since: Timestamp
    package let session: ID<Session>

    init(since: Timestamp, session: ID<Session>) { (self.since, self.session) = (since, session) }

    package init?(_ description: String) {
        let parts = description.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let since = Int64(parts[0]), let session = ID<Session>(String(parts[1])) else { return nil }
        self.init(since: Timestamp(milliseconds: since), session: session)
    }

    package var description: String { "\(since.milliseconds).\(session)" }
}
