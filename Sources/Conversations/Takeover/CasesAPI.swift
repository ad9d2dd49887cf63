import Basics
import HTTPTypes
import Organization
import Store
import Web

/// What waits for somebody on the staff besides the conversations themselves: answers to approve, pages, promises to keep.
struct CasesAPI: Sendable {
    let reception: Reception
    let serving: Serving

    /// All that this agent may see, the most pressing first.
    struct Cases: Codable, Sendable {
        let pages: [Paged]
        let nextShift: [Promised]
        let approvals: [Waiting]
    }

    /// A page that nobody has answered.
    struct Paged: Codable, Sendable {
        let id: ID<OnCallPage>
        let conversation: ID<Conversation>
        let contact: String
        let topic: String
        let agent: ID<Agent>
        let agentName: String
        let since: Timestamp
        let passOnAt: Timestamp
    }

    /// A customer to whom an answer was promised.
    struct Promised: Codable, Sendable {
        let conversation: ID<Conversation>
        let contact: String
        let reason: HandOffReason
        let since: Timestamp
        let dueAt: Timestamp
    }

    /// An answer that waits for approval.
    struct Waiting: Codable, Sendable {
        let id: ID<Approval>
        let conversation: ID<Conversation>
        let contact: String
        let topic: String
        let question: String
        let text: String
        let title: String
        let confidence: Double
        let since: Timestamp
        let dueAt: Timestamp
    }

    struct Decided: Codable, Sendable {
        /// What somebody does with an answer that waits.
        enum Decision: String, Codable, Sendable, CaseIterable { case approve, reject }

        let decision: Decision
        /// What is said instead of the bot's words, when approving.
        let text: String?
    }

    var routes: [Route] {
        let desk = Access.needs("desk.use")
        return [
            Route(
                .get, "/api/cases", command: "cases", access: desk,
                summary:
                    "What waits besides conversations: pages of the person on call, promises to customers, answers to approve.",
                takes: Nothing.self, gives: Cases.self
            ) { call, _ in
                let staff = try call.staff
                return try await reception.store.database.read { try cases(for: staff, in: $0) }
            },
            Route(
                .post, "/api/approvals/{approval}/decision", access: .needs("answer.approve"),
                summary: "Let an answer go, with other words if given, or reject it: then a person takes over.",
                takes: Decided.self, gives: Nothing.self, handle: decide),
            Route(
                .post, "/api/pages/{page}/answer", access: desk,
                summary: "Answer a page: the customer is yours, and nobody else is paged.", takes: Nothing.self,
                gives: Nothing.self,
                handle: answer),
        ]
    }

    private func decide(_ call: Call, _ decided: Decided) async throws -> Nothing {
        let (staff, id) = (try call.staff, try call.parameter("approval", as: ID<Approval>.self))
        let text = decided.text?.isEmpty == false ? decided.text : nil
        // The same checks as for anything an agent says.
        _ = try text.map { try Draft.message(by: .bot, client: nil, text: $0) }
        let isInTime = try await reception.store.database.write { transaction in
            if let approval = try Approval.table.first("id = \(id)", in: transaction) {
                _ = try serving.visibleRow(approval.conversationId, to: staff, in: transaction)
            }
            let state: Approval.State = decided.decision == .reject ? .rejected : text == nil ? .approved : .edited
            return try reception.decide(id, state, text: text, by: staff, in: transaction)
        }
        guard isInTime else { throw Refusal(.conflict, "epoch.stale") }
        return Nothing()
    }

    private func answer(_ call: Call, _: Nothing) async throws -> Nothing {
        let (staff, id) = (try call.staff, try call.parameter("page", as: ID<OnCallPage>.self))
        let page = try await reception.store.database.read {
            try OnCallPage.table.first("id = \(id) AND workspace_id = \(staff.workspace)", in: $0)
        }
        guard var page else { throw Refusal(.notFound, "page.unknown") }
        guard page.state == .open else { throw Refusal(.conflict, "page.over") }
        try await serving.takeOver(page.conversationId, by: staff)
        (page.state, page.answeredAt) = (.answered, reception.store.surroundings.now())
        try await reception.store.database.write { [page] transaction in
            try OnCallPage.table.update(page, in: transaction)
            reception.store.announcer.announceCases(of: page.workspaceId, after: transaction)
        }
        return Nothing()
    }
}

extension CasesAPI {
    private func cases(for staff: Staff, in transaction: any Transaction) throws -> Cases {
        let readable: SQL =
            "x.workspace_id = \(staff.workspace) AND c.session_id = x.session_id AND \(Reach(staff).readableCondition)"
        let pages = try transaction.rows(
            """
            SELECT x.*, p.name AS contact_name, a.name AS agent_name FROM on_call_page x JOIN conversation c ON c.id = x.conversation_id
            JOIN contact p ON p.id = c.contact_id JOIN agent a ON a.id = x.agent_id
            WHERE x.state = 'open' AND c.owner_kind = 'queue' AND \(readable) ORDER BY x.since, x.id LIMIT 100
            """
        )
        let promised = try transaction.rows(
            """
            SELECT x.*, p.name AS contact_name FROM next_shift x JOIN conversation c ON c.id = x.conversation_id
            JOIN contact p ON p.id = c.contact_id
            WHERE c.owner_kind = 'queue' AND \(readable) ORDER BY x.due_at, x.session_id LIMIT 200
            """
        )
        let waiting = try transaction.rows(
            """
            SELECT x.*, p.name AS contact_name FROM approval x JOIN conversation c ON c.id = x.conversation_id
            JOIN contact p ON p.id = c.contact_id
            WHERE x.state = 'pending' AND c.owner_kind = 'bot' AND c.epoch = x.epoch AND \(readable) ORDER BY x.due_at, x.id LIMIT 100
            """
        )
        return Cases(
            pages: try pages.map(Paged.init), nextShift: try promised.map(Promised.init),
            approvals: staff.may("answer.approve") ? try waiting.map(Waiting.init) : [])
    }
}

extension CasesAPI.Paged {
    init(_ row: Row) throws {
        (id, conversation, contact) = (try row("id"), try row("conversation_id"), try row("contact_name"))
        (topic, agent, agentName) = (try row("topic"), try row("agent_id"), try row("agent_name"))
        (since, passOnAt) = (try row("since"), try row("pass_on_at"))
    }
}

extension CasesAPI.Promised {
    init(_ row: Row) throws {
        (conversation, contact) = (try row("conversation_id"), try row("contact_name"))
        (reason, since, dueAt) = (try row("reason"), try row("since"), try row("due_at"))
    }
}

extension CasesAPI.Waiting {
    init(_ row: Row) throws {
        let approval = try Table<Approval>.decode(row)
        (id, conversation, contact) = (approval.id, approval.conversationId, try row("contact_name"))
        (topic, question, text) = (approval.topic, approval.question, approval.text)
        (title, confidence) = (approval.answer.value.title, approval.answer.value.confidence)
        (since, dueAt) = (approval.since, approval.dueAt)
    }
}
