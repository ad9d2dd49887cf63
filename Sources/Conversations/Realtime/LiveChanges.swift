import Basics
import Bus
import Contacts
import Logging
import Organization
import Store
import Web

/// Turns "this conversation changed hands" into what each connected desk and visitor must know.
struct LiveChanges: Sendable {
    let hub: LiveHub
    let bus: any Bus
    let store: ConversationStore
    let inbox: Inbox
    let visits: Visits
    private let corrections: AsyncStream<ContactChanged>

    init(hub: LiveHub, bus: any Bus, store: ConversationStore, inbox: Inbox, visits: Visits, facts: Facts) {
        (self.hub, self.bus, self.store, self.inbox, self.visits) = (hub, bus, store, inbox, visits)
        let (corrections, continuation) = AsyncStream.makeStream(of: ContactChanged.self)
        self.corrections = corrections
        facts.listen(to: ContactChanged.self) { continuation.yield($0) }
    }

    /// Run for as long as the process serves.
    var workers: [Worker] {
        [
            Worker("conversations.live") {
                for await hint in bus.hints(of: Subject.changes, .unbounded) {
                    await logged { try await tell(ID(rawValue: hint.number), wasShared: hint.payload != Array("agent".utf8)) }
                }
            },
            Worker("conversations.contacts") {
                for await contact in corrections { await logged { try await tellOpenConversations(of: contact) } }
            },
            // Hints that come while the agents are being read are covered by the next reading.
            Worker("conversations.agents") {
                var told: [ID<Agent>: Colleague] = [:]
                for await _ in bus.hints(of: Subject.agents, .bufferingNewest(1)) {
                    await logged { told = try await tellAgents(told) }
                }
            },
        ]
    }

    private func logged(_ work: () async throws -> Void) async {
        do { try await work() } catch { log.error("a change could not be told", metadata: ["error": "\(error)"]) }
    }

    /// - Parameter wasShared: whether more desks than the one that served could have it in their lists.
    private func tell(_ conversation: ID<Conversation>, wasShared: Bool) async throws {
        try await letOwnerListen(to: conversation)
        let (row, found, session, rating) = try await store.database.read { transaction in
            let found = try store.conversation(conversation, in: transaction)
            return (
                try inbox.row(of: conversation, in: transaction), found, try visits.shown(found, in: transaction),
                try visits.rateable(found, in: transaction)
            )
        }
        store.announcer.send(SessionChanged(session: session, rating: rating), to: .visitor(conversation))
        guard let row else { return }
        let (frame, gone) = (Frame(try RowChanged(row: row).wire), Frame(try RowGone(conversation: conversation).wire))
        for (link, staff) in hub.desks where staff.workspace == found.workspace {
            // Whoever served hears of the change once more.
            let (isAllowed, isListening) = (Reach(staff).allows(row), hub.isListening(link, to: .everyone(conversation)))
            if isAllowed || isListening && row.owner.kind == "agent" {
                link.send(frame)
            } else if wasShared || isListening {
                link.send(gone)
            }
            if !isAllowed { hub.ignore(link, .everyone(conversation), .staff(conversation)) }
        }
        try await tellQueue(found.workspace)
    }

    /// Before anything is read for telling: what is said in between reaches the new owner as it is said.
    private func letOwnerListen(to conversation: ID<Conversation>) async throws {
        let owner = try await store.database.read { try store.conversation(conversation, in: $0).service?.owner }
        for (link, staff) in hub.desks where owner == .agent(staff.agent) {
            hub.listen(link, to: .everyone(conversation), .staff(conversation))
        }
    }

    /// In line with the other changes of these conversations, so that an older row never follows.
    private func tellOpenConversations(of contact: ContactChanged) async throws {
        let open: [ID<Conversation>] = try await store.database.read { transaction in
            try transaction.rows(
                """
                SELECT id FROM conversation WHERE workspace_id = \(contact.workspace) AND contact_id = \(contact.contact)
                    AND owner_kind IS NOT NULL
                """
            ).map { try $0("id") }
        }
        for conversation in open {
            // As if it came from an agent: whoever could not see it before need not hear that they still cannot.
            bus.publish(Hint(subject: Subject.changes, number: conversation.rawValue, payload: Array("agent".utf8)))
        }
    }

    /// The first fifty who wait learn their new place.
    private func tellQueue(_ workspace: ID<Workspace>) async throws {
        let places = try await store.database.read {
            try visits.dispatching.places(.first(50, after: nil, teams: nil), in: workspace, $0)
        }
        for place in places where !hub.visitors(of: place.conversation).isEmpty {
            let moved = QueueMoved(position: place.standing.position, wait: place.standing.wait)
            store.announcer.send(moved, to: .visitor(place.conversation))
        }
    }

    /// Tells every desk which agents are not as they were told before, and returns how they are now.
    private func tellAgents(_ told: [ID<Agent>: Colleague]) async throws -> [ID<Agent>: Colleague] {
        var now: [ID<Agent>: Colleague] = [:]
        for (workspace, desks) in Dictionary(grouping: hub.desks, by: \.staff.workspace) {
            let colleagues = try await store.database.read { try visits.dispatching.colleagues(in: workspace, $0) }
            let frames = try colleagues.filter { told[$0.id] != $0 }.map { Frame(try AgentChanged(agent: $0).wire) }
            for (link, _) in desks { frames.forEach { link.send($0) } }
            now.merge(colleagues.map { ($0.id, $0) }) { _, new in new }
        }
        return now
    }
}
