import Basics
import Channels
import HTTPTypes
import Organization
import Store
import Web

/// What a visitor can ask for, over HTTP and over a live connection alike.
struct VisitAPI: Sendable {
    let visits: Visits
    let reception: Reception

    /// A message: exactly one of text, attachment and choice.
    struct Said: Codable, Sendable {
        struct Chosen: Codable, Sendable { let entry: String }

        let client: String
        let text: String?
        /// The id of an uploaded file.
        let attachment: String?
        /// One of the questions that the bot offered.
        let choice: Chosen?
    }

    struct IsTyping: Codable, Sendable {
        let on: Bool
        /// What is in the input so far.
        let text: String?
    }

    struct HasRead: Codable, Sendable {
        let number: Int64?
        /// Received, though perhaps not seen yet.
        let delivered: Int64?
    }

    struct Judged: Codable, Sendable {
        let number: Int64
        let helpful: Bool
    }

    /// Which stretch: at most one of the two numbers.
    struct Wanted: Codable, Sendable {
        let before: Int64?
        let after: Int64?
        let limit: Int?
    }

    var routes: [Route] {
        [
            Route(
                .get, "/api/visit", access: .needs("visit"), summary: "The conversation as it stands.", takes: Nothing.self,
                gives: Visits.Welcome.self
            ) {
                call, _ in try await visits.welcome(to: call.conversation, since: nil)
            },
            Route(
                .post, "/api/visit/entries", command: "say", access: .needs("visit"),
                summary: "Send a message; acknowledged once it is on disk.", takes: Said.self, gives: Appended.self, handle: say),
            Route(
                .get, "/api/visit/entries", command: "history", access: .needs("visit"),
                summary: "A stretch of the conversation.",
                query: [
                    "before": "Entries below this number.", "after": "Entries above this number.",
                    "limit": "At most this many, 200 at the most.",
                ],
                takes: Wanted.self, gives: Stretch.self, handle: history
            ),
            Route(
                .post, "/api/visit/typing", command: "typing", access: .needs("visit"),
                summary: "Tell that the visitor is writing.", takes: IsTyping.self, gives: Nothing.self, handle: typing),
            Route(
                .post, "/api/visit/reads", command: "read", access: .needs("visit"),
                summary: "Tell how far the visitor has received and read.", takes: HasRead.self, gives: Nothing.self, handle: read
            ),
            Route(
                .post, "/api/visit/handoff", command: "ask-person", access: .needs("visit"), summary: "Ask for a person.",
                takes: Nothing.self, gives: Nothing.self
            ) {
                call, _ in
                try await reception.askForPerson(in: call.conversation)
                return Nothing()
            },
            Route(
                .post, "/api/visit/judgements", command: "judge", access: .needs("visit"),
                summary: "Tell whether an answer of the bot helped.", takes: Judged.self, gives: Nothing.self
            ) {
                call, judged in
                try await visits.judge(judged.number, helpful: judged.helpful, in: call.conversation)
                return Nothing()
            },
            Route(
                .post, "/api/visit/closure", command: "leave", access: .needs("visit"), summary: "End the session.",
                takes: Nothing.self, gives: Nothing.self
            ) {
                call, _ in
                try await visits.close(call.conversation)
                return Nothing()
            },
        ]
    }

    private func say(_ call: Call, _ said: Said) async throws -> Appended {
        let visitor = try call.visitor
        let conversation = try call.conversation
        var draft: Draft
        if let choice = said.choice {
            let chosen = try await visits.choice(choice.entry, in: conversation)
            draft = try .message(by: Author(.visitor), client: said.client, text: chosen.text)
            draft.choices = [chosen]
        } else {
            let file = said.attachment.map { Upload(id: $0, uploader: visitor.key) }
            draft = try .message(by: Author(.visitor), client: said.client, text: said.text, file: file)
        }
        return try await reception.receive(draft, in: conversation)
    }

    private func history(_ call: Call, _ wanted: Wanted) async throws -> Stretch {
        let conversation = try call.conversation
        let (range, limit) = try wanted.range(call)
        return try await visits.store.database.read { transaction in
            try visits.store.entries.read(range, of: conversation, limit: limit, forVisitors: true, in: transaction)
        }
    }

    private func typing(_ call: Call, _ typing: IsTyping) async throws -> Nothing {
        let conversation = try call.conversation
        let told = Typing(
            conversation: conversation, by: Author(.visitor), on: typing.on, text: typing.text.map { String($0.prefix(500)) })
        visits.store.announcer.send(told, to: .staff, of: conversation)
        return Nothing()
    }

    private func read(_ call: Call, _ read: HasRead) async throws -> Nothing {
        let conversation = try call.conversation
        try await visits.store.database.write { transaction in
            try visits.store.mark(.visitor, delivered: read.delivered, read: read.number, in: conversation, transaction)
        }
        return Nothing()
    }
}

extension VisitAPI.Wanted {
    /// From the query over HTTP, from the frame over a live connection.
    func range(_ call: Call) throws(Refusal) -> (EntryStore.Range, limit: Int) {
        let before = try call.query("before", as: Int64.self) ?? before
        let after = try call.query("after", as: Int64.self) ?? after
        let limit = try call.query("limit", as: Int.self) ?? limit ?? 50
        return switch (before, after) {
        case (nil, nil): (.newest, limit)
        case (let before?, nil): (.before(before), limit)
        case (nil, let after?): (.after(after), limit)
        case (_?, _?): throw Refusal(.invalid, "query.before-and-after")
        }
    }
}

extension Call {
    /// The visitor's own conversation.
    var conversation: ID<Conversation> {
        get throws(Refusal) { ID(rawValue: try visitor.conversation) }
    }
}
