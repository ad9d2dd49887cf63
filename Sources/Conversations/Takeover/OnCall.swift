import Basics
import Organization
import Store

/// Somebody on call was told that a customer needs a person now.
struct OnCallPage: Codable, Hashable, Sendable {
    /// What became of it.
    enum State: String, Codable, Hashable, Sendable, CaseIterable, SQLConvertible {
        case open, answered
        /// The time was over; somebody else was told, if there was one.
        case passedOn = "passed-on"
        /// The customer is served, or gone.
        case over
    }

    static let table = Table<OnCallPage>("on_call_page")

    let id: ID<OnCallPage>
    let workspaceId: ID<Workspace>
    let conversationId: ID<Conversation>
    let sessionId: ID<Session>
    let agentId: ID<Agent>
    let topic: String
    let since: Timestamp
    let passOnAt: Timestamp
    var state: State
    var answeredAt: Timestamp?
}

extension Reception {
    /// Tells the next person on call. False when there is nobody left.
    func page(_ conversation: Conversation, _ session: ID<Session>, topic: String, in transaction: any Transaction) throws -> Bool
    {
        let now = store.surroundings.now()
        let told = try OnCallPage.table.find("session_id = \(session)", in: transaction).map(\.agentId)
        let rules = try TakeoverRulesStore.rules(in: conversation.workspace, transaction)
        let team = conversation.service?.team
        guard
            let next = try onCall(rules, for: team, of: conversation.workspace, in: transaction).first(where: {
                !told.contains($0)
            })
        else { return false }
        let page = OnCallPage(
            id: store.surroundings.makeID(), workspaceId: conversation.workspace, conversationId: conversation.id,
            sessionId: session,
            agentId: next, topic: topic, since: now, passOnAt: now + .seconds(60 * rules.passOnAfter), state: .open)
        try OnCallPage.table.insert(page, in: transaction)
        store.announcer.announceCases(of: conversation.workspace, after: transaction)
        return true
    }

    /// A customer who waits already may write what cannot wait: to the front of the queue, once, and the person on call is paged.
    func hurryIfUrgent(_ text: String?, in conversation: ID<Conversation>) async throws {
        guard let text, let topic = try await urgentTopic(of: text, in: conversation) else { return }
        try await store.database.write { transaction in
            let found = try store.conversation(conversation, in: transaction)
            guard
                let service = found.service, service.owner == .queue,
                try dispatching.hurry(service.session, workspace: found.workspace, in: transaction)
            else { return }
            var detail = Detail(reason: HandOffReason.urgent.rawValue)
            detail.topic = topic.name
            let slots = try answering.filled(in: service.session, transaction)
            detail.summary = try HandOffSummary.of(service.session, in: found, slots: slots, transaction)
            try store.appendEvent(.handedOff, by: .bot, detail, to: conversation, session: service.session, in: transaction)
            store.announcer.announceChange(of: conversation, from: service.owner.kind, after: transaction)
            try callPeople(to: found, service.session, reason: .urgent, topic: topic.name, in: transaction)
        }
    }

    private func urgentTopic(of text: String, in conversation: ID<Conversation>) async throws -> Topic? {
        try await store.database.read { transaction in
            let workspace = try store.conversation(conversation, in: transaction).workspace
            return try TakeoverRulesStore.rules(in: workspace, transaction).topic(of: text, .urgent)
        }
    }

    /// Who is on call now, in order. Whoever could not open the conversation is not paged.
    func onCall(
        _ rules: TakeoverRules, for team: ID<Team>?, of workspace: ID<Workspace>, in transaction: any Transaction
    ) throws -> [ID<Agent>] {
        let now = store.surroundings.now()
        let shifts = try rules.rota.filter { shift in
            guard shift.team == nil || shift.team == team else { return false }
            guard let calendar = shift.calendar else { return true }
            return try WorkingCalendarStore.calendar(calendar, of: workspace, in: transaction)?.isOpen(at: now) ?? false
        }
        let members = try team.map { Set(try TeamStore.members(of: $0, in: transaction)) }
        let agents = try AgentStore.agents(of: workspace, in: transaction).filter { agent in
            agent.isActive && (members?.contains(agent.id) ?? true || Set<Role>.supervisorsUp.contains(agent.role))
        }
        let mayOpen = Set(agents.map(\.id))
        return shifts.flatMap(\.agents).reduce(into: []) { list, agent in
            if mayOpen.contains(agent), !list.contains(agent) { list.append(agent) }
        }
    }

    /// The time of a page is over.
    func passOn(_ page: OnCallPage, in transaction: any Transaction) throws {
        let found = try store.conversation(page.conversationId, in: transaction)
        var page = page
        let isWaiting = found.service?.session == page.sessionId && found.service?.owner == .queue
        page.state = isWaiting ? .passedOn : .over
        try OnCallPage.table.update(page, in: transaction)
        store.announcer.announceCases(of: page.workspaceId, after: transaction)
        guard isWaiting, try !self.page(found, page.sessionId, topic: page.topic, in: transaction) else { return }
        try promise(found, page.sessionId, reason: .urgent, in: transaction)
    }
}
