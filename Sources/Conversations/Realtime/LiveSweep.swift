import Basics
import Bus
import Logging
import Organization
import Store
import Synchronization

/// Finds what a lost hint kept from those who listen at this node, and tells them: the database is the truth.
struct LiveSweep: Sendable {
    let hub: LiveHub
    let changes: LiveChanges
    let store: ConversationStore

    /// Between two looks.
    private static let interval = Duration.seconds(5)
    /// Every listened-to conversation is looked at once in so many looks.
    private static let parts: Int64 = 4
    /// How much later than the next one a hint may come by another way.
    private static let lateness = Duration.milliseconds(20)
    /// How far back a look for changed owners goes: further than clocks differ and a restarted server is away.
    private static let past = Duration.seconds(60)
    /// Changes of a kind that one look reads, the newest. Without an end in sight PostgreSQL would read all sessions there ever were.
    private static let most = 10_000

    /// Run for as long as the process serves.
    var workers: [Worker] { [look, gaps] }

    /// Where hints can be lost.
    private var look: Worker {
        Worker("conversations.sweep", .gateways) {
            guard store.announcer.bus.isLossy else { return }
            let interruption = Interruption()
            let notices = store.announcer.bus.whenInterrupted { interruption.happens() }
            defer { notices.cancel() }
            for look in Int64(0)... {
                try await Task.sleep(for: Self.interval)
                do {
                    let all = interruption.isOver()
                    try await tellMissedEntries { all || ($0.rawValue >> 22) % Self.parts == look % Self.parts }
                    try await tellMissedChanges()
                    // Who was at a node that died is nobody's news.
                    if look % Self.parts == 0 { store.announcer.bus.publish(Hint(subject: Subject.agents, payload: [])) }
                } catch { log.error("what was missed could not be read", metadata: ["error": "\(error)"]) }
            }
        }
    }

    /// Fills, soon after it shows, the gap that a lost hint leaves before a later one; most hints that are missing are only late.
    private var gaps: Worker {
        Worker("conversations.gaps", .gateways) {
            for await (conversation, since) in hub.gaps {
                try await Task.sleep(until: since + Self.lateness)
                guard hub.isBehind(conversation) else { continue }
                do { try await tellMissed(in: conversation) } catch {
                    log.error("what was missed could not be read", metadata: ["error": "\(error)"])
                }
            }
        }
    }

    /// Of the conversations chosen.
    func tellMissedEntries(_ isChosen: (ID<Conversation>) -> Bool) async throws {
        let heard = hub.heard.filter { isChosen($0.key) }.sorted { $0.key < $1.key }
        for start in stride(from: 0, to: heard.count, by: 500) {
            for conversation in try await behind(heard[start..<min(start + 500, heard.count)]) {
                try await tellMissed(in: conversation)
            }
        }
    }

    private func behind(_ heard: ArraySlice<(key: ID<Conversation>, value: Int64)>) async throws -> [ID<Conversation>] {
        let last = Dictionary(uniqueKeysWithValues: heard.map { ($0.key, $0.value) })
        return try await store.database.read { transaction in
            try transaction.rows("SELECT id, last_number FROM conversation WHERE id IN \(list: Array(last.keys))").compactMap {
                row in
                let id: ID<Conversation> = try row("id")
                return try row("last_number") > last[id]! ? id : nil
            }
        }
    }

    /// A stretch of the log at a time.
    private func tellMissed(in conversation: ID<Conversation>) async throws {
        while try await tellStretch(of: conversation) == EntryStore.longestStretch {}
    }

    private func tellStretch(of conversation: ID<Conversation>) async throws -> Int {
        let last = hub.lastTold(of: conversation)
        let (missed, epoch) = try await store.database.read { transaction in
            (
                try store.entries.read(
                    .after(last), of: conversation, limit: EntryStore.longestStretch, forVisitors: false, in: transaction
                ).entries,
                try transaction.value("SELECT epoch FROM conversation WHERE id = \(conversation)", as: Int64.self) ?? 0
            )
        }
        missed.forEach { hub.tell($0) }
        changes.tellAgain([conversation: epoch])
        return missed.count
    }

    /// Sessions that changed hands or ended lately.
    func tellMissedChanges() async throws {
        let since = store.surroundings.now() - Self.past
        let workspaces = Set(hub.desks.map(\.staff.workspace)).sorted()
        changes.tellAgain(
            try await store.database.read { transaction in
                try epochs(of: handedOn(since, transaction).union(closed(since, in: workspaces, transaction)), transaction)
            })
    }

    private func handedOn(_ since: Timestamp, _ transaction: any Transaction) throws -> Set<ID<Conversation>> {
        try Set(
            transaction.rows(
                """
                SELECT s.conversation_id FROM (
                    SELECT session_id FROM assignment WHERE id >= \(ID<Assignment>(at: since)) ORDER BY id DESC LIMIT \(rows: Self.most)
                ) AS a JOIN session s ON s.id = a.session_id
                """
            ).map { try $0("conversation_id") })
    }

    private func closed(
        _ since: Timestamp, in workspaces: [ID<Workspace>], _ transaction: any Transaction
    ) throws -> Set<ID<Conversation>> {
        try workspaces.reduce(into: []) { found, workspace in
            let rows = try transaction.rows(
                """
                SELECT conversation_id FROM session WHERE workspace_id = \(workspace) AND closed_at >= \(since)
                ORDER BY closed_at DESC LIMIT \(rows: Self.most)
                """)
            for row in rows { found.insert(try row("conversation_id")) }
        }
    }

    private func epochs(
        of conversations: Set<ID<Conversation>>, _ transaction: any Transaction
    ) throws -> [ID<Conversation>: Int64] {
        let all = conversations.sorted()
        return try stride(from: 0, to: all.count, by: 500).reduce(into: [:]) { found, start in
            let some = all[start..<min(start + 500, all.count)]
            for row in try transaction.rows("SELECT id, epoch FROM conversation WHERE id IN \(list: Array(some))") {
                found[try row("id")] = try row("epoch")
            }
        }
    }
}

/// Remembers that hints may have been lost since the last look.
private final class Interruption: Sendable {
    private let happened = Atomic(false)

    func happens() { happened.store(true, ordering: .relaxed) }
    /// Whether it happened, once for each time.
    func isOver() -> Bool { happened.exchange(false, ordering: .relaxed) }
}
