import Basics
import Channels
import HTTPTypes
import Organization
import Store
import Web

/// What the desk can ask for, over HTTP and over a live connection alike.
struct ConversationAPI: Sendable {
    let serving: Serving
    let hub: LiveHub

    struct Said: Codable, Sendable {
        let client: String
        let text: String?
        let attachment: String?
        /// The ownership epoch under which this was written; refused as `epoch.stale` when it is over.
        let epoch: Int64?
    }

    struct Noted: Codable, Sendable {
        let client: String
        let text: String
    }

    struct Transferred: Codable, Sendable {
        /// Exactly one of agent and team.
        let agent: ID<Agent>?
        let team: ID<Team>?
        let reason: String
    }

    struct Closed: Codable, Sendable {
        let category: String?
        let note: String?
    }

    struct WantedList: Codable, Sendable {
        let list: Inbox.List?
        let cursor: String?
        let limit: Int?
    }

    private static let one = "/api/conversations/{conversation}"
    private static let desk = Access.needs("desk.use")

    var routes: [Route] { reading + acting }

    private var reading: [Route] {
        [
            Route(
                .get, "/api/conversations/counts", command: "counts", access: Self.desk,
                summary: "How many conversations each list holds.", takes: Nothing.self, gives: Inbox.Counts.self
            ) {
                call, _ in
                let staff = try call.staff
                return try await serving.store.database.read { try serving.inbox.counts(for: staff, in: $0) }
            },
            Route(
                .get, "/api/conversations", command: "list", access: Self.desk, summary: "A page of one of the desk's lists.",
                query: [
                    "list": "mine, queue, bot, closed or all.", "cursor": "The `next` of the page before.",
                    "limit": "At most this many, 200 at the most.",
                ],
                takes: WantedList.self, gives: Inbox.Page.self, handle: list
            ),
            Route(
                .get, Self.one, command: "open", access: Self.desk,
                summary: "A conversation with its customer; over a live connection it is watched from now on.",
                takes: Nothing.self, gives: Opened.self, handle: open),
            Route(
                .get, Self.one + "/entries", command: "history", access: Self.desk, summary: "A stretch of the conversation.",
                query: [
                    "before": "Entries below this number.", "after": "Entries above this number.",
                    "limit": "At most this many, 200 at the most.",
                ],
                takes: VisitAPI.Wanted.self, gives: Stretch.self, handle: history
            ),
            Route(
                .post, Self.one + "/unwatch", command: "leave", access: Self.desk,
                summary: "Stop watching a conversation that was opened over this live connection.", takes: Nothing.self,
                gives: Nothing.self, handle: leave),
        ]
    }

    private var acting: [Route] {
        [
            Route(
                .post, Self.one + "/entries", command: "say", access: Self.desk,
                summary: "Reply to the customer; acknowledged once it is on disk.", takes: Said.self, gives: Appended.self,
                handle: say),
            Route(
                .post, Self.one + "/notes", command: "note", access: Self.desk, summary: "Leave a note that only the staff sees.",
                takes: Noted.self, gives: Appended.self
            ) {
                call, noted in
                let staff = try call.staff
                let draft = try Draft.note(by: serving.author(staff), client: noted.client, text: noted.text)
                return try await serving.note(draft, in: try call.parameter("conversation"), by: staff)
            },
            Route(
                .post, Self.one + "/typing", command: "typing", access: Self.desk,
                summary: "Tell the customer that an agent is writing.", takes: VisitAPI.IsTyping.self, gives: Nothing.self,
                handle: typing),
            Route(
                .post, Self.one + "/reads", command: "read", access: Self.desk,
                summary: "Tell how far the staff has received and read.", takes: VisitAPI.HasRead.self, gives: Nothing.self,
                handle: read),
            Route(
                .post, Self.one + "/takeover", command: "take", access: Self.desk,
                summary: "Take the session over from the bot, the queue or a colleague.", takes: Nothing.self, gives: Nothing.self
            ) {
                call, _ in
                try await serving.takeOver(try call.parameter("conversation"), by: try call.staff)
                return Nothing()
            },
            Route(
                .post, Self.one + "/transfers", command: "transfer", access: Self.desk,
                summary: "Hand the session to a colleague or a team, with the reason.", takes: Transferred.self,
                gives: Nothing.self
            ) {
                call, transferred in
                try await serving.transfer(
                    try call.parameter("conversation"), to: try transferred.target, reason: transferred.reason, by: try call.staff
                )
                return Nothing()
            },
            Route(
                .post, Self.one + "/closure", command: "close", access: Self.desk,
                summary: "End the session, with what it was about.", takes: Closed.self, gives: Nothing.self
            ) {
                call, closed in
                try await serving.close(
                    try call.parameter("conversation"), category: closed.category, note: closed.note, by: try call.staff)
                return Nothing()
            },
        ]
    }

    private func list(_ call: Call, _ wanted: WantedList) async throws -> Inbox.Page {
        let staff = try call.staff
        guard let list = try call.query("list", as: Inbox.List.self) ?? wanted.list else { throw Refusal(.invalid, "query.list") }
        let cursor = try call.query("cursor", as: String.self) ?? wanted.cursor
        let limit = try call.query("limit", as: Int.self) ?? wanted.limit ?? 50
        return try await serving.store.database.read { transaction in
            try serving.inbox.page(list, for: staff, after: cursor, limit: limit, in: transaction)
        }
    }

    /// Watching begins before the reading, so that nothing falls between the two.
    private func open(_ call: Call, _: Nothing) async throws -> Opened {
        let conversation: ID<Conversation> = try call.parameter("conversation")
        let staff = try call.staff
        let opened = try await serving.open(conversation, for: staff)
        guard let link = call.link else { return opened }
        hub.listen(link, to: conversation)
        let current = try await serving.open(conversation, for: staff)
        hub.begin(conversation, at: current.row.last)
        return current
    }

    /// Facts of conversations that the agent serves keep coming all the same.
    private func leave(_ call: Call, _: Nothing) async throws -> Nothing {
        let conversation: ID<Conversation> = try call.parameter("conversation")
        let staff = try call.staff
        let found = try await serving.store.database.read { try serving.store.conversation(conversation, in: $0) }
        if let link = call.link, found.service?.owner != .agent(staff.agent) {
            hub.ignore(link, conversation)
        }
        return Nothing()
    }

    private func history(_ call: Call, _ wanted: VisitAPI.Wanted) async throws -> Stretch {
        let conversation: ID<Conversation> = try call.parameter("conversation")
        let staff = try call.staff
        let (range, limit) = try wanted.range(call)
        return try await serving.store.database.read { transaction in
            _ = try serving.visibleRow(conversation, to: staff, in: transaction)
            return try serving.store.entries.read(range, of: conversation, limit: limit, forVisitors: false, in: transaction)
        }
    }

    private func say(_ call: Call, _ said: Said) async throws -> Appended {
        let staff = try call.staff
        let file = said.attachment.map { Upload(id: $0, uploader: staff.key) }
        let draft = try Draft.message(by: serving.author(staff), client: said.client, text: said.text, file: file)
        return try await serving.reply(draft, in: try call.parameter("conversation"), by: staff, epoch: said.epoch)
    }

    private func typing(_ call: Call, _ typing: VisitAPI.IsTyping) async throws -> Nothing {
        let conversation: ID<Conversation> = try call.parameter("conversation")
        let staff = try call.staff
        let found = try await serving.store.database.read { try serving.store.conversation(conversation, in: $0) }
        guard found.service?.owner == .agent(staff.agent) else { throw Refusal(.conflict, "conversation.not-yours") }
        let told = Typing(conversation: nil, by: Author(.agent, name: staff.name), on: typing.on, text: nil)
        serving.store.announcer.send(told, to: .visitor, of: conversation)
        return Nothing()
    }

    private func read(_ call: Call, _ read: VisitAPI.HasRead) async throws -> Nothing {
        let conversation: ID<Conversation> = try call.parameter("conversation")
        let staff = try call.staff
        try await serving.store.database.write { transaction in
            let row = try serving.visibleRow(conversation, to: staff, in: transaction)
            // Somebody who only looks in has not read it on the customer's behalf.
            guard row.owner.id == staff.agent.description else { return }
            try serving.store.mark(.staff, delivered: read.delivered, read: read.number, in: conversation, transaction)
        }
        return Nothing()
    }
}

extension ConversationAPI.Transferred {
    var target: Serving.Target {
        get throws(Refusal) {
            switch (agent, team) {
            case (let agent?, nil): .agent(agent)
            case (nil, let team?): .team(team)
            default: throw Refusal(.invalid, "transfer.target")
            }
        }
    }
}
