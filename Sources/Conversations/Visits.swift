package import Basics
import Channels
import Organization
package import Store

/// What a visitor does in the own conversation. (Receiving a message is ``Reception``'s.)
package struct Visits: Sendable {
    let store: ConversationStore
    let reception: Reception
    let dispatching: any Dispatching
    let answering: any Answering

    /// Everything a visitor's page needs to begin or go on.
    package struct Welcome: Codable, Sendable {
        /// The conversation itself: how far it goes and how far each side has read.
        package struct Thread: Codable, Sendable {
            package let id: ID<Conversation>
            package let last: Int64
            package let marks: Marks
        }

        /// Seconds between signs of life.
        package let heartbeat: Int
        package let conversation: Thread
        package let session: ShownSession?
        package let rating: SessionChanged.Rateable?
        /// Whether people are on duty now.
        package let open: Bool
        /// When people are on duty again; absent while they are, and where they never are.
        package let opensAt: Timestamp?
        /// Whether people serve here at any hour.
        package let people: Bool?
        package let entries: [Entry]
        package let more: Bool
    }

    static let heartbeat = 20

    func welcome(to conversation: ID<Conversation>, since: Int64?) async throws -> Welcome {
        try await store.database.read { transaction in
            let found = try store.conversation(conversation, in: transaction)
            let account = try reception.accounts.account(found.account, in: transaction)
            let duty = try reception.hours.duty(on: account, at: store.surroundings.now(), in: transaction)
            let stretch = try store.entries.read(
                since.map { .after($0) } ?? .newest, of: conversation, limit: since == nil ? 50 : EntryStore.longestStretch,
                forVisitors: true, in: transaction
            )
            return Welcome(
                heartbeat: Self.heartbeat,
                conversation: .init(id: found.id, last: found.last, marks: found.marks),
                session: try shown(found, in: transaction), rating: try rateable(found, in: transaction),
                open: duty.isOpen, opensAt: duty.opensAt, people: reception.hours.everHasPeople(account),
                entries: stretch.entries, more: stretch.more
            )
        }
    }

    /// The session under way as the visitor may see it.
    func shown(_ found: Conversation, in transaction: any Transaction) throws -> ShownSession? {
        guard let service = found.service else { return nil }
        let name = try service.owner.agent.flatMap {
            try transaction.value("SELECT name FROM agent WHERE id = \($0)", as: String.self)
        }
        let standing = try dispatching.standing(of: service.session, workspace: found.workspace, in: transaction)
        return ShownSession(
            id: service.session, owner: .init(kind: service.owner.kind, name: name), epoch: service.epoch, queue: standing
        )
    }

    /// The last session, when it is over for less than a day and was not rated yet.
    package func rateable(_ found: Conversation, in transaction: any Transaction) throws -> SessionChanged.Rateable? {
        guard found.service == nil else { return nil }
        let since = store.surroundings.now() - .seconds(86_400)
        let session = try transaction.value(
            """
            SELECT s.id FROM session s WHERE s.conversation_id = \(found.id) AND s.closed_at > \(since) AND NOT EXISTS
                (SELECT 1 FROM entry e WHERE e.conversation_id = s.conversation_id AND e.kind = 'rated' AND e.session_id = s.id)
            ORDER BY s.id DESC LIMIT 1
            """, as: ID<Session>.self
        )
        return session.map(SessionChanged.Rateable.init)
    }

    /// The visitor ends the session.
    func close(_ conversation: ID<Conversation>) async throws {
        try await store.database.write { transaction in
            let found = try store.conversation(conversation, in: transaction)
            guard let service = found.service else { return }
            try dispatching.withdraw(service.session, workspace: found.workspace, in: transaction)
            try store.close(found, service: service, by: Author(.visitor), category: nil, note: nil, in: transaction)
            try dispatching.drain(found.workspace, in: transaction)
        }
    }

    /// What the visitor thinks of one answer; a second word replaces the first.
    func judge(_ number: Int64, helpful: Bool, in conversation: ID<Conversation>) async throws {
        try await store.database.write { transaction in
            let row = try transaction.row(
                "SELECT extra FROM entry WHERE conversation_id = \(conversation) AND number = \(number) AND author = 'bot'"
            )
            guard let source = try Extra(json: row?.optional("extra"))?.answer.flatMap({ ID<AnswerSource>($0.entry) }) else {
                throw Refusal(.notFound, "answer.unknown")
            }
            let earlier = try transaction.value(
                "SELECT helpful FROM judgement WHERE conversation_id = \(conversation) AND number = \(number)", as: Bool.self
            )
            try transaction.run(
                """
                INSERT INTO judgement (conversation_id, number, helpful, at)
                VALUES (\(conversation), \(number), \(helpful), \(store.surroundings.now()))
                ON CONFLICT (conversation_id, number) DO UPDATE SET helpful = excluded.helpful, at = excluded.at
                """
            )
            let workspace = try store.conversation(conversation, in: transaction).workspace
            try answering.judge(source, helpful: helpful, earlier: earlier, in: workspace, transaction)
        }
    }

    /// The words of an offered choice, which become the visitor's message.
    func choice(_ entry: String, in conversation: ID<Conversation>) async throws -> Choice {
        let offers = try await store.database.read { transaction in
            try transaction.rows(
                """
                SELECT extra FROM entry WHERE conversation_id = \(conversation) AND author = 'bot' AND extra IS NOT NULL
                ORDER BY number DESC LIMIT 50
                """
            ).compactMap { try Extra(json: $0("extra"))?.choices }
        }
        guard let choice = offers.joined().first(where: { $0.entry == entry }) else { throw Refusal(.invalid, "choice.unknown") }
        return choice
    }
}

/// Which side of a conversation.
enum Side { case visitor, staff }

extension ConversationStore {
    /// Moves one side's marks forward, never back and never beyond the newest entry, and tells the change.
    func mark(
        _ side: Side, delivered: Int64?, read: Int64?, in conversation: ID<Conversation>, _ transaction: any Transaction
    ) throws {
        let found = try self.conversation(conversation, in: transaction)
        var marks = found.marks
        func moved(_ mark: Marks.Side) -> Marks.Side {
            let read = max(mark.read, min(read ?? 0, found.last))
            return Marks.Side(delivered: max(mark.delivered, min(delivered ?? 0, found.last), read), read: read)
        }
        switch side {
        case .visitor: marks.visitor = moved(marks.visitor)
        case .staff: marks.staff = moved(marks.staff)
        }
        guard marks != found.marks else { return }
        try transaction.run(
            """
            UPDATE conversation SET visitor_delivered = \(marks.visitor.delivered), visitor_read = \(marks.visitor.read),
                staff_delivered = \(marks.staff.delivered), staff_read = \(marks.staff.read) WHERE id = \(conversation)
            """
        )
        let told = MarksChanged(conversation: conversation, marks: marks)
        // Also to the side itself, which may look from several places.
        transaction.afterCommit { announcer.send(told, to: .everyone, of: conversation) }
    }
}
