package import Basics
import Channels
import Contacts
import Organization
import Store

/// The desk's lists.
package struct Inbox: Sendable {
    let store: ConversationStore
    let dispatching: any Dispatching

    /// One list of the desk.
    package enum List: String, Codable, Sendable, CaseIterable, LosslessStringConvertible {
        case mine, queue, bot, closed, all

        package init?(_ description: String) { self.init(rawValue: description) }
        package var description: String { rawValue }
    }

    /// A conversation as a list shows it.
    package struct Row: Codable, Hashable, Sendable {
        /// The contact or the team.
        package struct Named: Codable, Hashable, Sendable {
            package let id: String
            package let name: String
        }

        /// The channel account that the customer came in by.
        package struct Account: Codable, Hashable, Sendable {
            package let id: String
            package let name: String
            package let kind: String
        }

        /// Who has the word; after the closing, who had it last.
        package struct ShownOwner: Codable, Hashable, Sendable {
            /// `bot`, `queue`, `agent`, or `none` after closing.
            package let kind: String
            package let id: String?
            package let name: String?
        }

        /// The page on which the session began.
        package struct Source: Codable, Hashable, Sendable {
            package let url: String?
            package let title: String?
        }

        package let conversation: ID<Conversation>
        package let session: ID<Session>
        package let contact: Named
        package let account: Account
        package let owner: ShownOwner
        package let team: Named?
        package let epoch: Int64
        package let last: Int64
        package let preview: String
        package let previewBy: Author.Kind
        package let at: Timestamp
        /// Messages from the customer that nobody on the staff has read.
        package let unread: Int
        package let waitingSince: Timestamp?
        package let openedAt: Timestamp
        package let closedAt: Timestamp?
        package let source: Source?
        package var queue: Standing?
        package let category: String?
    }

    /// How many conversations each list holds; `closed` counts the last 24 hours.
    package struct Counts: Codable, Hashable, Sendable {
        package let mine: Int
        package let queue: Int
        package let bot: Int
        package let closed: Int
    }

    /// A stretch of a list.
    package struct Page: Codable, Sendable {
        package let rows: [Row]
        /// Where the next page begins; absent at the end.
        package let next: String?
    }
}

extension Inbox {
    func counts(for staff: Staff, in transaction: any Transaction) throws -> Counts {
        func count(_ condition: SQL) throws -> Int {
            try transaction.value("SELECT COUNT(*) FROM conversation c WHERE workspace_id = \(staff.workspace) AND \(condition)")
                ?? 0
        }
        let since = store.surroundings.now() - .seconds(86_400)
        return Counts(
            mine: try count("owner_kind = 'agent' AND owner_id = \(staff.agent)"),
            queue: try count("owner_kind = 'queue' AND \(Reach(staff).teamCondition)"),
            bot: try count("owner_kind = 'bot'"),
            closed: try transaction.value(
                """
                SELECT COUNT(*) FROM session WHERE workspace_id = \(staff.workspace) AND closed_at > \(since)
                AND \(Reach(staff).closedCondition)
                """
            ) ?? 0
        )
    }

    /// A page of a list: the newest session first, in the queue the one that waits longest.
    func page(_ list: List, for staff: Staff, after cursor: String?, limit: Int, in transaction: any Transaction) throws -> Page {
        let limit = min(max(limit, 1), 200)
        guard list != .queue else { return try queue(for: staff, after: read(cursor), limit: limit, in: transaction) }
        let scope = Reach(staff)
        let earlier: ID<Session>? = try read(cursor)
        let found: [Fetched] =
            switch list {
            case .closed:
                try fetch(
                    """
                    SELECT conversation_id, id AS session_id FROM session WHERE workspace_id = \(staff.workspace) AND closed_at IS NOT NULL
                    AND \(scope.closedCondition) \(earlier.map { "AND id < \($0)" } ?? "" as SQL) ORDER BY id DESC LIMIT \(rows: limit + 1)
                    """,
                    in: transaction
                )
            case .mine: try live("c.owner_kind = 'agent' AND c.owner_id = \(staff.agent)", staff, earlier, limit, transaction)
            case .bot: try live("c.owner_kind = 'bot'", staff, earlier, limit, transaction)
            case .queue, .all: try live("c.owner_kind IS NOT NULL AND \(scope.liveCondition)", staff, earlier, limit, transaction)
            }
        let rows = try rows(found.prefix(limit), of: staff.workspace, in: transaction)
        return Page(rows: rows, next: found.count > limit ? rows.last?.session.description : nil)
    }

    private func read<Cursor: LosslessStringConvertible>(_ cursor: String?) throws(Refusal) -> Cursor? {
        guard let cursor else { return nil }
        guard let cursor = Cursor(cursor) else { throw Refusal(.invalid, "query.cursor") }
        return cursor
    }

    private func queue(
        for staff: Staff, after cursor: QueueCursor?, limit: Int, in transaction: any Transaction
    ) throws -> Page {
        let found = try dispatching.places(
            .first(limit + 1, after: cursor, teams: Reach(staff).teams), in: staff.workspace, transaction)
        let places = found.prefix(limit)
        let fetched = try fetch(
            "SELECT conversation_id, id AS session_id FROM session WHERE id IN \(list: places.map(\.session))", in: transaction)
        let bySession = try Dictionary(uniqueKeysWithValues: fetched.map { (try $0("sid", as: ID<Session>.self), $0) })
        let rows = try places.compactMap { place in try bySession[place.session].map { try row($0, place.standing) } }
        return Page(rows: rows, next: found.count > limit ? places.last?.cursor.description : nil)
    }

    /// The row of one conversation: of the session under way, else of the last one. Nil before the first session.
    func row(of conversation: ID<Conversation>, in transaction: any Transaction) throws -> Row? {
        let fetched = try fetch(
            "SELECT conversation_id, id AS session_id FROM session WHERE conversation_id = \(conversation) ORDER BY id DESC LIMIT 1",
            in: transaction
        )
        return try fetched.first.flatMap { try rows([$0], of: $0("workspace_id"), in: transaction).first }
    }

    private func live(
        _ condition: SQL, _ staff: Staff, _ earlier: ID<Session>?, _ limit: Int, _ transaction: any Transaction
    ) throws -> [Fetched] {
        try fetch(
            """
            SELECT c.id AS conversation_id, c.session_id FROM conversation c WHERE c.workspace_id = \(staff.workspace) AND \(condition)
            \(earlier.map { "AND c.session_id < \($0)" } ?? "" as SQL) ORDER BY c.session_id DESC LIMIT \(rows: limit + 1)
            """,
            in: transaction
        )
    }

    private typealias Fetched = Store.Row

    /// What is shown of some sessions, newest first. The page is cut before anything is joined to it: a database that misjudges a join
    /// would otherwise join everything first.
    private func fetch(_ sessions: SQL, in transaction: any Transaction) throws -> [Fetched] {
        try transaction.rows(
            """
            SELECT c.*, s.id AS sid, s.opened_at, s.closed_at, s.category, s.source_url, s.source_title, s.served_by,
                p.name AS contact_name, ch.name AS account_name, ch.kind AS account_kind, a.name AS agent_name,
                t.name AS team_name, e.text AS last_text, e.extra AS last_extra, e.author AS last_author, e.at AS entry_at,
                (SELECT COUNT(*) FROM entry u WHERE u.conversation_id = c.id AND u.number > c.staff_read
                    AND u.author = 'visitor' AND u.kind = 'message') AS unread
            FROM (\(sessions)) AS found
            JOIN session s ON s.id = found.session_id
            JOIN conversation c ON c.id = found.conversation_id
            JOIN contact p ON p.id = c.contact_id
            JOIN channel_account ch ON ch.id = c.account_id
            LEFT JOIN agent a ON a.id = CASE WHEN s.closed_at IS NULL THEN c.owner_id ELSE s.served_by END
            LEFT JOIN team t ON t.id = c.team_id
            LEFT JOIN entry e ON e.conversation_id = c.id AND e.number =
                (SELECT m.number FROM entry m WHERE m.conversation_id = c.id AND m.kind = 'message' AND m.session_id = s.id
                    AND m.number > c.last_number - 200 ORDER BY m.number DESC LIMIT 1)
            ORDER BY s.id DESC
            """
        )
    }

    private func rows(
        _ fetched: some Collection<Fetched>, of workspace: ID<Workspace>, in transaction: any Transaction
    ) throws -> [Row] {
        let waiting: [ID<Session>] = try fetched.filter { try $0.optional("owner_kind") == "queue" }.map { try $0("sid") }
        let places = waiting.isEmpty ? [] : try dispatching.places(.sessions(waiting), in: workspace, transaction)
        let standings = Dictionary(uniqueKeysWithValues: places.map { ($0.session, $0.standing) })
        return try fetched.map { try row($0, standings[$0("sid")]) }
    }

    private func row(_ fetched: Fetched, _ standing: Standing?) throws -> Row {
        let session: ID<Session> = try fetched("sid")
        let closedAt: Timestamp? = try fetched.optional("closed_at")
        let kind = closedAt == nil ? try fetched.optional("owner_kind") ?? "none" : "none"
        let team: ID<Team>? = try fetched.optional("team_id")
        let agent: ID<Agent>? = try fetched.optional(closedAt == nil ? "owner_id" : "served_by")
        return Row(
            conversation: try fetched("id"), session: session,
            contact: .init(id: (try fetched("contact_id") as Int64).description, name: try fetched("contact_name")),
            account: .init(
                id: (try fetched("account_id") as Int64).description, name: try fetched("account_name"),
                kind: try fetched("account_kind")
            ),
            owner: .init(kind: kind, id: agent?.description, name: agent == nil ? nil : try fetched.optional("agent_name")),
            team: try team.flatMap { team in
                try (fetched.optional("team_name") as String?).map { .init(id: team.description, name: $0) }
            },
            epoch: try fetched("epoch"), last: try fetched("last_number"), preview: try Self.preview(fetched),
            previewBy: try fetched.optional("last_author") ?? .system,
            at: try fetched.optional("entry_at") ?? fetched("opened_at"), unread: try fetched("unread"),
            waitingSince: closedAt == nil ? try fetched.optional("waiting_since") : nil, openedAt: try fetched("opened_at"),
            closedAt: closedAt,
            source: try Self.source(fetched),
            queue: kind == "queue" ? standing : nil,
            category: try fetched.optional("category")
        )
    }

    private static func preview(_ fetched: Fetched) throws -> String {
        if let text: String = try fetched.optional("last_text") { return String(text.prefix(120)) }
        return try Extra(json: fetched.optional("last_extra"))?.attachment.map { "[\($0.name)]" } ?? ""
    }

    private static func source(_ fetched: Fetched) throws -> Row.Source? {
        let (url, title): (String?, String?) = (try fetched.optional("source_url"), try fetched.optional("source_title"))
        return url == nil && title == nil ? nil : Row.Source(url: url, title: title)
    }
}
