package import Basics
package import Channels
package import Contacts
import Organization
import Store

/// A conversation as the desk opens it: its row, the customer's card, the newest entries, earlier sessions.
package struct Opened: Codable, Sendable {
    /// What is known of the customer.
    package struct Card: Codable, Sendable {
        /// One of the identities by which channels know them.
        package struct Known: Codable, Sendable {
            package let id: ID<Identity>
            package let account: String
            package let key: String
            package let verified: Bool
        }

        package let id: ID<Contact>
        package let name: String
        package let email: String?
        package let phone: String?
        package let note: String?
        package let locale: String
        package let createdAt: Timestamp
        package let identities: [Known]
    }

    /// An earlier session, or the one under way.
    package struct Episode: Codable, Sendable {
        package let id: ID<Session>
        package let openedAt: Timestamp
        package let closedAt: Timestamp?
        package let category: String?
        package let note: String?
        package let agent: String?
        package let stars: Int?
    }

    package let row: Inbox.Row
    package let contact: Card
    package let page: VisitedPage?
    package let marks: Marks
    package let entries: [Entry]
    package let more: Bool
    package let sessions: [Episode]

    init(_ row: Inbox.Row, found: Conversation, store: ConversationStore, in transaction: any Transaction) throws {
        self.row = row
        marks = found.marks
        contact = try Card(found, in: transaction)
        let session = try store.session(row.session, in: transaction)
        page = session.map { VisitedPage(url: $0.sourceUrl, title: $0.sourceTitle, referrer: $0.referrer) }
        let stretch = try store.entries.read(.newest, of: found.id, limit: 50, forVisitors: false, in: transaction)
        (entries, more) = (stretch.entries, stretch.more)
        sessions = try Episode.all(of: found.id, in: transaction)
    }
}

extension Opened.Card {
    init(_ found: Conversation, in transaction: any Transaction) throws {
        guard let row = try transaction.row("SELECT * FROM contact WHERE id = \(found.contact)") else {
            throw Refusal(.notFound, "contact.unknown")
        }
        let known = try transaction.rows(
            """
            SELECT i.id, i.key, i.is_verified, c.name AS account_name FROM identity i JOIN channel_account c ON c.id = i.account_id
            WHERE i.contact_id = \(found.contact) ORDER BY i.id
            """
        )
        self.init(
            id: found.contact, name: try row("name"), email: try row.optional("email"), phone: try row.optional("phone"),
            note: try row.optional("note"), locale: found.locale, createdAt: try row("created_at"),
            identities: try known.map {
                try Known(id: $0("id"), account: $0("account_name"), key: $0("key"), verified: $0("is_verified"))
            }
        )
    }
}

extension Opened.Episode {
    /// The newest twenty sessions of a conversation. The stars are told by the entry that the rating left.
    static func all(of conversation: ID<Conversation>, in transaction: any Transaction) throws -> [Self] {
        let sessions = try transaction.rows(
            """
            SELECT s.*, a.name AS agent_name FROM session s LEFT JOIN agent a ON a.id = s.served_by
            WHERE s.conversation_id = \(conversation) ORDER BY s.id DESC LIMIT 20
            """
        )
        // Ordered as the index of ratings is, which is what makes SQLite choose it.
        let oldest: ID<Session>? = try sessions.last?("id")
        let rated = try transaction.rows(
            """
            SELECT session_id, extra FROM entry
            WHERE conversation_id = \(conversation) AND kind = 'rated' AND session_id >= \(oldest) ORDER BY session_id, number
            """
        )
        let stars = try Dictionary(
            rated.map { try ($0("session_id", as: ID<Session>.self), Extra(json: $0.optional("extra"))?.detail?.stars) },
            uniquingKeysWith: { _, newest in newest }
        )
        return try sessions.map { row in
            let id: ID<Session> = try row("id")
            return try Self(
                id: id, openedAt: row("opened_at"), closedAt: row.optional("closed_at"), category: row.optional("category"),
                note: row.optional("note"), agent: row.optional("agent_name"), stars: stars[id] ?? nil
            )
        }
    }
}
