import Basics
import Bus
import Contacts
import Logging
import Organization
import Store
import Synchronization
import Web

/// Turns "this conversation changed hands" into what each connected desk and visitor must know.
struct LiveChanges: Sendable {
    let hub: LiveHub
    let bus: any Bus
    let store: ConversationStore
    let inbox: Inbox
    let visits: Visits
    private let corrections: AsyncStream<ContactChanged>
    /// What is to be told, in one line, so that an older row never follows a newer one.
    private let line: AsyncStream<Change>
    private let end: AsyncStream<Change>.Continuation
    private let told = Told()

    /// A conversation is not what it was.
    private struct Change: Sendable {
        let conversation: ID<Conversation>
        /// Whether more desks than the one that served could have it in their lists.
        let wasShared: Bool
    }

    init(hub: LiveHub, bus: any Bus, store: ConversationStore, inbox: Inbox, visits: Visits, facts: Facts) {
        (self.hub, self.bus, self.store, self.inbox, self.visits) = (hub, bus, store, inbox, visits)
        let (corrections, continuation) = AsyncStream.makeStream(of: ContactChanged.self)
        self.corrections = corrections
        facts.listen(to: ContactChanged.self) { continuation.yield($0) }
        let (line, end) = AsyncStream.makeStream(of: Change.self)
        (self.line, self.end) = (line, end)
        _ = bus.subscribe(to: Subject.changes) { hint in
            end.yield(Change(conversation: ID(rawValue: hint.number), wasShared: hint.payload != Array("agent".utf8)))
        }
    }

    /// Run for as long as the process serves.
    var workers: [Worker] {
        [
            // Whoever stops leaves what is not told yet: all who listen here come back elsewhere and are told everything anew.
            Worker("conversations.live", .gateways) {
                for await change in line where !Task.isCancelled {
                    await logged { try await tell(change.conversation, wasShared: change.wasShared) }
                }
            },
            Worker("conversations.contacts", .gateways) {
                for await contact in corrections where !Task.isCancelled {
                    await logged { try await tellOpenConversations(of: contact) }
                }
            },
            Worker("conversations.cases-told", .gateways) {
                for await hint in bus.hints(of: Subject.cases, .bufferingNewest(100)) { tellCases(ID(rawValue: hint.number)) }
            },
            // Hints that come while the agents are being read are covered by the next reading.
            Worker("conversations.agents", .gateways) {
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

    /// Tells those of these conversations that changed hands since they were last told here: the hint was lost.
    func tellAgain(_ epochs: [ID<Conversation>: Int64]) {
        for (conversation, epoch) in epochs where told.epoch(of: conversation) < epoch {
            end.yield(Change(conversation: conversation, wasShared: true))
        }
    }

    private func tell(_ conversation: ID<Conversation>, wasShared: Bool) async throws {
        let begins = try await letOwnerListen(to: conversation)
        let (row, found, session, rating) = try await store.database.read { transaction in
            let found = try store.conversation(conversation, in: transaction)
            return (
                try inbox.row(of: conversation, in: transaction), found, try visits.shown(found, in: transaction),
                try visits.rateable(found, in: transaction)
            )
        }
        hub.tell(SessionChanged(session: session, rating: rating), to: .visitor, of: conversation)
        guard let row else { return }
        told.note(row.epoch, of: conversation)
        if begins { hub.begin(conversation, at: row.last) }
        let (frame, gone) = (Frame(try RowChanged(row: row).wire), Frame(try RowGone(conversation: conversation).wire))
        for (link, staff) in hub.desks where staff.workspace == found.workspace {
            // Whoever served hears of the change once more.
            let (isAllowed, isListening) = (Reach(staff).allows(row), hub.isListening(link, to: conversation))
            if isAllowed || isListening && row.owner.kind == "agent" {
                link.send(frame)
            } else if wasShared || isListening {
                link.send(gone)
            }
            if !isAllowed { hub.ignore(link, conversation) }
        }
        // What was said between the reading and the telling must not be undone by an older row.
        if hub.lastTold(of: conversation) > row.last { return try await tell(conversation, wasShared: wasShared) }
        try await tellQueue(found.workspace)
    }

    /// Before anything is read for telling: what is said in between reaches the new owner as it is said. Returns whether a desk began
    /// to listen.
    private func letOwnerListen(to conversation: ID<Conversation>) async throws -> Bool {
        let owner = try await store.database.read { try store.conversation(conversation, in: $0).service?.owner }
        let desks = hub.desks.filter { owner == .agent($0.staff.agent) && !hub.isListening($0.link, to: conversation) }
        for (link, _) in desks { hub.listen(link, to: conversation) }
        return !desks.isEmpty
    }

    private func tellCases(_ workspace: ID<Workspace>) {
        guard let wire = try? CasesChanged(at: store.surroundings.now()).wire else { return }
        let frame = Frame(wire)
        for (link, staff) in hub.desks where staff.workspace == workspace { link.send(frame) }
    }

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
            end.yield(Change(conversation: conversation, wasShared: false))
        }
    }

    /// The first fifty who wait learn their new place.
    private func tellQueue(_ workspace: ID<Workspace>) async throws {
        let places = try await store.database.read {
            try visits.dispatching.places(.first(50, after: nil, teams: nil), in: workspace, $0)
        }
        for place in places where hub.hasVisitors(of: place.conversation) {
            let moved = QueueMoved(position: place.standing.position, wait: place.standing.wait)
            hub.tell(moved, to: .visitor, of: place.conversation)
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

/// Which owner of each conversation was told of here last; the ones told longest ago are forgotten.
private final class Told: Sendable {
    private static let most = 10_000
    private let epochs = Mutex<(new: [ID<Conversation>: Int64], old: [ID<Conversation>: Int64])>(([:], [:]))

    func note(_ epoch: Int64, of conversation: ID<Conversation>) {
        epochs.withLock { epochs in
            epochs.new[conversation] = epoch
            if epochs.new.count > Self.most { epochs = ([:], epochs.new) }
        }
    }

    func epoch(of conversation: ID<Conversation>) -> Int64 {
        epochs.withLock { $0.new[conversation] ?? $0.old[conversation] ?? 0 }
    }
}
