import Basics
import Conversations
import Organization
import Store

/// Finds a person for a session: the least busy free agent of its team, else a place in the queue.
struct Dispatcher: Dispatching {
    let conversations: ConversationStore
    let store: RoutingStore
    private var surroundings: Surroundings { conversations.surroundings }

    init(conversations: ConversationStore, store: RoutingStore) { (self.conversations, self.store) = (conversations, store) }

    func place(
        _ service: Conversation.Service, of conversation: Conversation, reason: String, excluding: ID<Agent>?,
        in transaction: any Transaction
    ) throws -> Owner {
        let entry = QueueEntry(
            sessionId: service.session, workspaceId: conversation.workspace, conversationId: conversation.id,
            teamId: service.team, since: surroundings.now(), notFor: excluding
        )
        if let agent = try freeAgent(for: entry, in: transaction) {
            return try assign(entry, to: agent, reason: reason, in: transaction)
        }
        try RoutingStore.queue.insert(entry, in: transaction)
        try conversations.change(
            conversation.id, session: service.session, to: .queue, team: service.team, workspace: conversation.workspace,
            reason: reason, in: transaction
        )
        return .queue
    }

    func checkPlace(
        for agent: ID<Agent>, in workspace: ID<Workspace>, isOwnWish: Bool, _ transaction: any Transaction
    ) throws -> Colleague {
        let found = try store.candidates(in: workspace, transaction).first { $0.colleague.id == agent }
        guard let found else { throw Refusal(.notFound, "agent.unknown") }
        guard found.hasRoom else { throw Refusal(.conflict, "agent.full") }
        guard isOwnWish || found.colleague.presence == .online else { throw Refusal(.conflict, "agent.away") }
        try store.noteTurn(of: agent, at: surroundings.now(), in: transaction)
        return found.colleague
    }

    func withdraw(_ session: ID<Session>, workspace: ID<Workspace>, in transaction: any Transaction) throws {
        try RoutingStore.queue.delete("session_id = \(session) AND workspace_id = \(workspace)", in: transaction)
    }

    /// A place in the queue is a time: one just before the longest wait is the front.
    func isAnybodyFree(for team: ID<Team>?, in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> Bool {
        let members = try store.members(of: team, in: transaction)
        return try store.candidates(in: workspace, transaction).contains {
            $0.isFree && members?.contains($0.colleague.id) != false
        }
    }

    func hurry(_ session: ID<Session>, workspace: ID<Workspace>, in transaction: any Transaction) throws -> Bool {
        let first: Timestamp? = try transaction.value(
            "SELECT MIN(since) FROM queue_entry WHERE workspace_id = \(workspace) AND urgent = 0 AND session_id <> \(session)")
        let now = surroundings.now()
        let since = first.map { min($0 - .milliseconds(1), now) } ?? now
        return try transaction.run(
            """
            UPDATE queue_entry SET urgent = 1, since = \(since)
            WHERE session_id = \(session) AND workspace_id = \(workspace) AND urgent = 0
            """
        ) == 1
    }

    /// The first who waits is served first, unless nobody of their team is free; then the next.
    func drain(_ workspace: ID<Workspace>, in transaction: any Transaction) throws {
        var candidates = try store.candidates(in: workspace, transaction)
        let free = candidates.filter(\.isFree).map(\.colleague.id)
        guard !free.isEmpty else { return }
        for entry in try store.waiting(for: free, in: workspace, limit: 200, transaction) {
            guard let agent = try freeAgent(for: entry, in: transaction) else { continue }
            try withdraw(entry.sessionId, workspace: workspace, in: transaction)
            _ = try assign(entry, to: agent, reason: "drained", in: transaction)
            candidates = try store.candidates(in: workspace, transaction)
            guard candidates.contains(where: \.isFree) else { return }
        }
    }

    func places(_ stretch: QueueStretch, in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> [QueuePlace] {
        let placed = try store.placed(stretch, in: workspace, transaction)
        guard !placed.isEmpty else { return [] }
        let agents = try store.seats(in: workspace, transaction)
        let members = try TeamStore.members(in: workspace, transaction)
        let handling = try store.handlingTime(in: workspace, transaction)
        let seats = Dictionary(
            uniqueKeysWithValues: Set(placed.map(\.entry.teamId)).map { team in
                let serving = agents.filter { agent in team.map { members[$0]?.contains(agent.key) == true } ?? true }
                return (team, serving.values.reduce(0, +))
            })
        return placed.map { place in
            let entry = place.entry
            let wait = estimatedWait(position: place.position, places: seats[entry.teamId] ?? 0, handling: handling)
            return QueuePlace(
                session: entry.sessionId, conversation: entry.conversationId,
                standing: Standing(position: place.position, wait: wait, since: entry.since, orMore: place.isOrMore ? true : nil))
        }
    }

    func colleagues(in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> [Colleague] {
        try store.candidates(in: workspace, transaction).map(\.colleague)
    }

    func deskChanged(of agent: ID<Agent>, workspace: ID<Workspace>, isConnected: Bool) async throws {
        if isConnected { store.desks.came(agent) } else { store.desks.went(agent) }
        try await noteDesks(of: agent, in: workspace)
    }

    func noteDesks(of agent: ID<Agent>, in workspace: ID<Workspace>) async throws {
        try await conversations.database.write { transaction in
            try store.desks.note(agent, at: surroundings.now(), in: transaction)
            conversations.announcer.announceAgents(after: transaction)
            try drain(workspace, in: transaction)
        }
    }

    private func freeAgent(for entry: QueueEntry, in transaction: any Transaction) throws -> Colleague? {
        let now = surroundings.now()
        let members = try store.members(of: entry.teamId, in: transaction)
        return try store.candidates(in: entry.workspaceId, transaction)
            .filter { !entry.spares($0.colleague.id, at: now) && members?.contains($0.colleague.id) != false }
            .leastBusy()?.colleague
    }

    private func assign(
        _ entry: QueueEntry, to agent: Colleague, reason: String, in transaction: any Transaction
    ) throws -> Owner {
        let detail = Detail(agent: .init(id: agent.id.description, name: agent.name))
        try conversations.appendEvent(
            .assigned, by: .system, detail, to: entry.conversationId, session: entry.sessionId, in: transaction
        )
        try conversations.change(
            entry.conversationId, session: entry.sessionId, to: .agent(agent.id), team: entry.teamId,
            workspace: entry.workspaceId,
            reason: reason, in: transaction
        )
        try store.noteTurn(of: agent.id, at: surroundings.now(), in: transaction)
        return .agent(agent.id)
    }
}

/// Seconds until the one at this position is served, when `places` conversations run at once and each takes `handling` seconds
/// (two minutes where nothing is known yet): of all places together one frees every `handling / places` seconds.
func estimatedWait(position: Int, places: Int, handling: Double?) -> Int {
    let handling = min(max(handling ?? 120, 10), 3_600)
    return Int((Double(position) * handling / Double(max(places, 1))).rounded(.up))
}
