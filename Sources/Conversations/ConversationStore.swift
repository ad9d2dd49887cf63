package import Basics
package import Channels
package import Contacts
package import Organization
package import Store

/// Conversations, sessions and assignments: every change of owner goes through here and raises the epoch.
package struct ConversationStore: Sendable {
    package let database: any Database
    package let surroundings: Surroundings
    package let entries: EntryStore
    package let announcer: Announcer

    package init(database: any Database, entries: EntryStore) {
        (self.database, self.entries) = (database, entries)
        (surroundings, announcer) = (entries.surroundings, entries.announcer)
    }

    package func conversation(_ id: ID<Conversation>, in transaction: any Transaction) throws -> Conversation {
        guard let row = try transaction.row("SELECT * FROM conversation WHERE id = \(id)") else {
            throw Refusal(.notFound, "conversation.unknown")
        }
        return try Conversation(row)
    }

    /// The conversation with an identity, made at the first contact.
    package func conversation(
        with identity: ID<Identity>, of contact: ID<Contact>, on account: ID<ChannelAccount>,
        workspace: ID<Workspace>, locale: String, in transaction: any Transaction
    ) throws -> ID<Conversation> {
        if let known = try transaction.value(
            "SELECT id FROM conversation WHERE identity_id = \(identity)", as: ID<Conversation>.self)
        {
            return known
        }
        let id: ID<Conversation> = surroundings.makeID()
        try transaction.run(
            """
            INSERT INTO conversation (id, workspace_id, account_id, identity_id, contact_id, locale, last_number, last_at,
                epoch, visitor_delivered, visitor_read, staff_delivered, staff_read)
            VALUES (\(id), \(workspace), \(account), \(identity), \(contact), \(locale), 0, \(surroundings.now()), 0, 0, 0, 0, 0)
            """
        )
        return id
    }

    package func session(_ id: ID<Session>, in transaction: any Transaction) throws -> Session? {
        try Table<Session>("session").first("id = \(id)", in: transaction)
    }
}

// MARK: Changes of owner

extension ConversationStore {
    /// Opens a session; its first owner is the bot or the queue.
    func open(
        _ conversation: ID<Conversation>, workspace: ID<Workspace>, owner: Owner, team: ID<Team>?,
        in transaction: any Transaction
    ) throws -> Conversation.Service {
        let now = surroundings.now()
        let page = try VisitedPage.last(of: conversation, in: transaction)
        // What counts as the newest must be the newest, whatever the clocks say.
        let earlier: ID<Session>? = try transaction.value("SELECT MAX(id) FROM session WHERE conversation_id = \(conversation)")
        let session = Session(
            id: surroundings.makeID(after: earlier), workspaceId: workspace, conversationId: conversation, openedAt: now,
            botMisses: 0, botSeen: 0,
            sourceUrl: page?.url, sourceTitle: page?.title, referrer: page?.referrer
        )
        try Table<Session>("session").insert(session, in: transaction)
        try transaction.run("UPDATE conversation SET session_id = \(session.id) WHERE id = \(conversation)")
        try appendEvent(.opened, by: .system, nil, to: conversation, session: session.id, in: transaction)
        return try change(
            conversation, session: session.id, to: owner, team: team, workspace: workspace, reason: nil, in: transaction)
    }

    /// The only place where a session changes hands. The epoch rises, the assignment that ran ends and the next begins.
    @discardableResult
    package func change(
        _ conversation: ID<Conversation>, session: ID<Session>, to owner: Owner, team: ID<Team>?,
        workspace: ID<Workspace>, reason: String?, in transaction: any Transaction
    ) throws -> Conversation.Service {
        let now = surroundings.now()
        guard
            let row = try transaction.row(
                """
                UPDATE conversation SET owner_kind = \(owner.kind), owner_id = \(owner.agent), team_id = \(team), epoch = epoch + 1
                WHERE id = \(conversation) AND session_id = \(session) RETURNING session_id, owner_kind, owner_id, team_id, epoch
                """
            ), let service = try Conversation.Service(row)
        else { throw Refusal(.conflict, "session.closed") }
        let left = try endAssignment(of: session, at: now, in: transaction)
        try transaction.run(
            """
            INSERT INTO assignment (id, workspace_id, session_id, kind, agent_id, team_id, reason, started_at)
            VALUES (\(surroundings.makeID(Assignment.self)), \(workspace), \(session), \(owner.kind), \(owner.agent), \(team), \(reason), \(now))
            """
        )
        if let agent = owner.agent {
            try transaction.run("UPDATE session SET served_by = \(agent) WHERE id = \(session)")
        }
        announcer.announceChange(of: conversation, from: left, after: transaction)
        if owner.agent != nil || left == "agent" { announcer.announceAgents(after: transaction) }
        return service
    }

    /// Ends a session: afterwards nobody owns the conversation until the customer writes again.
    package func close(
        _ conversation: Conversation, service: Conversation.Service, by author: Author, category: String?, note: String?,
        in transaction: any Transaction
    ) throws {
        let now = surroundings.now()
        let detail = Detail(by: author.kind.rawValue, category: category)
        try appendEvent(.closed, by: author, detail, to: conversation.id, session: service.session, in: transaction)
        try transaction.run(
            """
            UPDATE conversation SET session_id = NULL, owner_kind = NULL, owner_id = NULL, team_id = NULL, epoch = epoch + 1,
                waiting_since = NULL WHERE id = \(conversation.id)
            """
        )
        try endAssignment(of: service.session, at: now, in: transaction)
        try transaction.run(
            """
            UPDATE session SET closed_at = \(now), closed_by = \(author.kind), category = \(category), note = \(note)
            WHERE id = \(service.session)
            """
        )
        announcer.announceChange(of: conversation.id, from: service.owner.kind, after: transaction)
        if service.owner.agent != nil { announcer.announceAgents(after: transaction) }
    }

    /// Returns the kind of owner who served until now; nil when the session has just begun.
    @discardableResult
    private func endAssignment(of session: ID<Session>, at now: Timestamp, in transaction: any Transaction) throws -> String? {
        try transaction.value(
            "UPDATE assignment SET ended_at = \(now) WHERE session_id = \(session) AND ended_at IS NULL RETURNING kind")
    }

    /// Writes down that something happened.
    @discardableResult
    package func appendEvent(
        _ kind: Entry.Kind, by author: Author, _ detail: Detail?, to conversation: ID<Conversation>, session: ID<Session>,
        in transaction: any Transaction
    ) throws -> Entry {
        guard let numbered = try entries.nextNumber(of: conversation, waiting: .goesOn, in: transaction) else {
            throw Refusal(.notFound, "conversation.unknown")
        }
        return try entries.write(
            .event(kind, by: author, detail), to: conversation, session: session, as: numbered, in: transaction)
    }
}

/// Who served from when to when: a row of `assignment`.
package enum Assignment {}

extension Conversation {
    init(_ row: Row) throws {
        id = try row("id")
        workspace = try row("workspace_id")
        account = try row("account_id")
        contact = try row("contact_id")
        identity = try row("identity_id")
        last = try row("last_number")
        service = try Service(row)
        waitingSince = try row.optional("waiting_since")
        locale = try row("locale")
        marks = Marks(
            visitor: .init(delivered: try row("visitor_delivered"), read: try row("visitor_read")),
            staff: .init(delivered: try row("staff_delivered"), read: try row("staff_read"))
        )
    }
}

extension VisitedPage {
    /// Where the customer of this conversation was last seen.
    static func last(of conversation: ID<Conversation>, in transaction: any Transaction) throws -> VisitedPage? {
        try transaction.row("SELECT url, title, referrer FROM visited_page WHERE conversation_id = \(conversation)").map {
            try VisitedPage(url: $0.optional("url"), title: $0.optional("title"), referrer: $0.optional("referrer"))
        }
    }

    func keep(of conversation: ID<Conversation>, in transaction: any Transaction) throws {
        let page = kept
        try transaction.run(
            """
            INSERT INTO visited_page (conversation_id, url, title, referrer)
            VALUES (\(conversation), \(page.url), \(page.title), \(page.referrer))
            ON CONFLICT (conversation_id) DO UPDATE SET url = excluded.url, title = excluded.title, referrer = excluded.referrer
            """
        )
    }
}
