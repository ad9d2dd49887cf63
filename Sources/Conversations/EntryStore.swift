package import Basics
import Channels
import Organization
import Store
import Web

/// The conversation log: appends with gap-free numbers, reads by number.
package struct EntryStore: Sendable {
    let surroundings: Surroundings
    let announcer: Announcer
    let push: Push

    package init(
        surroundings: Surroundings, announcer: Announcer, push: Push
    ) {
        (self.surroundings, self.announcer, self.push) = (surroundings, announcer, push)
    }

    /// What is left of waiting after an entry.
    enum Waiting {
        case begins, ends, goesOn

        func since(_ now: Timestamp) -> SQL {
            switch self {
            case .begins: "COALESCE(waiting_since, \(now))"
            case .ends: "NULL"
            case .goesOn: "waiting_since"
            }
        }
    }

    /// Takes the next number of a conversation. Nil when the condition does not hold.
    func nextNumber(
        of conversation: ID<Conversation>, waiting: Waiting, where condition: SQL = "1 = 1", in transaction: any Transaction
    ) throws -> Numbered? {
        let now = surroundings.now()
        let row = try transaction.row(
            """
            UPDATE conversation SET last_number = last_number + 1, last_at = \(now), waiting_since = \(waiting.since(now))
            WHERE id = \(conversation) AND \(condition)
            RETURNING last_number, workspace_id, account_id, session_id, owner_kind, owner_id, team_id, epoch
            """
        )
        return try row.map {
            try Numbered(
                number: $0("last_number"), at: now, workspace: $0("workspace_id"), account: $0("account_id"),
                service: Conversation.Service($0)
            )
        }
    }

    struct Numbered {
        let number: Int64
        let at: Timestamp
        let workspace: ID<Workspace>
        let account: ID<ChannelAccount>
        let service: Conversation.Service?
    }

    /// Writes an entry under a number already taken, and tells it after the commit.
    @discardableResult
    func write(
        _ draft: Draft, to conversation: ID<Conversation>, session: ID<Session>, as numbered: Numbered,
        in transaction: any Transaction
    ) throws -> Entry {
        let entry = Entry(
            conversation: conversation, number: numbered.number, session: session, at: numbered.at, kind: draft.kind,
            author: draft.author, client: draft.client, text: draft.text,
            attachment: try attached(draft.file, to: conversation, numbered, in: transaction),
            answer: draft.answer, choices: draft.choices, parts: draft.parts, detail: draft.detail
        )
        try transaction.run(
            """
            INSERT INTO entry (conversation_id, number, session_id, at, kind, author, author_id, client, text, extra)
            VALUES (\(conversation), \(entry.number), \(session), \(entry.at), \(entry.kind), \(entry.author.kind), \
            \(entry.author.id.flatMap(Int64.init)), \(entry.client), \(entry.text), \(try Extra(entry).json))
            """
        )
        if entry.kind == .message, entry.author.kind != .visitor { try push(entry, from: numbered.account, in: transaction) }
        announcer.announce(entry, after: transaction)
        return entry
    }

    private func attached(
        _ file: Upload?, to conversation: ID<Conversation>, _ numbered: Numbered, in transaction: any Transaction
    ) throws -> Attached? {
        guard let file else { return nil }
        return try Attached(
            AttachmentStore().attach(
                file.id, by: file.uploader, to: conversation.rawValue, of: numbered.workspace, in: transaction
            )
        )
    }

    /// What the same sender appended under the same id before, if anything.
    func earlier(_ draft: Draft, in conversation: ID<Conversation>, _ transaction: any Transaction) throws -> Appended? {
        guard let client = draft.client else { return nil }
        return try transaction.row(
            """
            SELECT number, at FROM entry WHERE conversation_id = \(conversation) AND client = \(client)
                AND author = \(draft.author.kind) AND COALESCE(author_id, 0) = \(draft.author.id.flatMap(Int64.init) ?? 0)
            """
        ).map { try Appended(number: $0("number"), at: $0("at")) }
    }
}

/// The acknowledgement of a send.
package struct Appended: Codable, Hashable, Sendable {
    package let number: Int64
    package let at: Timestamp

    package init(number: Int64, at: Timestamp) { (self.number, self.at) = (number, at) }
}

/// A stretch of a conversation, in order.
package struct Stretch: Codable, Sendable {
    package let entries: [Entry]
    /// Whether there are more in the direction that was read.
    package let more: Bool
}

extension EntryStore {
    package static let longestStretch = 200

    /// Which entries of a conversation to read.
    enum Range {
        case after(Int64)
        case before(Int64)
        case newest
    }

    func read(
        _ range: Range, of conversation: ID<Conversation>, limit: Int, forVisitors: Bool, in transaction: any Transaction
    ) throws -> Stretch {
        let limit = min(max(limit, 1), Self.longestStretch)
        let (condition, order): (SQL, SQL) =
            switch range {
            case .after(let number): ("e.number > \(number)", "ASC")
            case .before(let number): ("e.number < \(number)", "DESC")
            case .newest: ("e.number > 0", "DESC")
            }
        let shown: SQL = forVisitors ? "AND e.kind <> 'note'" : ""
        let rows = try transaction.rows(
            """
            SELECT e.*, a.name AS agent_name, j.helpful FROM entry e
            LEFT JOIN agent a ON e.author = 'agent' AND a.id = e.author_id
            LEFT JOIN judgement j ON j.conversation_id = e.conversation_id AND j.number = e.number
            WHERE e.conversation_id = \(conversation) AND \(condition) \(shown) ORDER BY e.number \(order) LIMIT \(rows: limit + 1)
            """
        )
        let entries = try rows.prefix(limit).map(Entry.init).sorted { $0.number < $1.number }
        return Stretch(entries: forVisitors ? entries.map(\.forVisitors) : entries, more: rows.count > limit)
    }
}

/// The parts of an entry that few entries have, kept as JSON in one column.
struct Extra: Codable {
    var attachment: Attached?
    var answer: Answer?
    var choices: [Choice]?
    var parts: Parts?
    var detail: Detail?
    var name: String?

    init(_ entry: Entry) {
        (attachment, answer, choices, detail) = (entry.attachment, entry.answer, entry.choices, entry.detail)
        parts = entry.parts
        name = entry.author.kind == .visitor ? entry.author.name : nil
    }

    init?(json: String?) throws {
        guard let json else { return nil }
        self = try JSON.read(Self.self, from: Array(json.utf8), ignoresUnknown: true)
    }

    var json: String? {
        get throws {
            let isEmpty = attachment == nil && answer == nil && choices == nil && parts == nil && detail == nil && name == nil
            guard !isEmpty else { return nil }
            return String(decoding: try JSON.write(self), as: UTF8.self)
        }
    }
}

extension Entry {
    /// From a row of `entry` joined with the agent's name and what the customer thought of the answer.
    init(_ row: Row) throws {
        var extra = try Extra(json: row.optional("extra"))
        extra?.answer?.helpful = try row.optional("helpful")
        let author = Author(
            try row("author"), id: (try row.optional("author_id") as Int64?).map(String.init),
            name: try row.optional("agent_name") ?? extra?.name
        )
        self.init(
            conversation: try row("conversation_id"), number: try row("number"), session: try row("session_id"),
            at: try row("at"), kind: try row("kind"), author: author, client: try row.optional("client"),
            text: try row.optional("text"), attachment: extra?.attachment, answer: extra?.answer,
            choices: extra?.choices, parts: extra?.parts, detail: extra?.detail
        )
    }

    /// Without what only the staff may see.
    var forVisitors: Entry {
        guard let detail else { return self }
        return Entry(
            conversation: conversation, number: number, session: session, at: at, kind: kind, author: author,
            client: client, text: text, attachment: attachment, answer: answer, choices: choices, parts: parts,
            detail: detail.forVisitors
        )
    }
}

extension Conversation.Service {
    /// From the columns of `conversation`; nil when no session is under way.
    init?(_ row: Row) throws {
        guard
            let session: ID<Session> = try row.optional("session_id"),
            let owner = Owner(kind: try row.optional("owner_kind"), agent: try row.optional("owner_id"))
        else { return nil }
        self.init(session: session, owner: owner, team: try row.optional("team_id"), epoch: try row("epoch"))
    }
}
