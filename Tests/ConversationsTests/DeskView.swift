import Basics
import Organization

@testable import Conversations

/// What a desk shows: the rows of its lists, the threads it watches, the colleagues.
/// Folded from facts as the protocol says, it must equal what a fresh reading gives.
struct DeskView: Equatable {
    struct Thread: Equatable {
        var entries: [Entry]
        var marks: Marks
    }

    let me: ID<Agent>
    var rows: [ID<Conversation>: Inbox.Row] = [:]
    var threads: [ID<Conversation>: Thread] = [:]
    var agents: [ID<Agent>: Colleague] = [:]

    mutating func fold(_ frame: [UInt8]) throws {
        let kind = try JSON.read(LiveClient.Kind.self, from: frame, ignoresUnknown: true).type
        func fact<Told: Fact>(_ type: Told.Type = Told.self) throws -> Told {
            try JSON.read(Told.self, from: frame, ignoresUnknown: true)
        }
        switch kind {
        case EntryAdded.name: try add(fact(EntryAdded.self).entry)
        case RowChanged.name: try replace(fact(RowChanged.self).row)
        case RowGone.name: try rows[fact(RowGone.self).conversation] = nil
        case AgentChanged.name:
            let agent = try fact(AgentChanged.self).agent
            agents[agent.id] = agent
        case MarksChanged.name: try mark(fact())
        default: break
        }
    }

    private mutating func add(_ entry: Entry) {
        if let row = rows[entry.conversation], entry.number > row.last { rows[entry.conversation] = row.with(entry) }
        guard let last = threads[entry.conversation]?.entries.last?.number, entry.number > last else { return }
        threads[entry.conversation]?.entries.append(entry)
    }

    /// Readings and facts can cross: an older row must not undo a newer one.
    private mutating func replace(_ row: Inbox.Row) {
        if let known = rows[row.conversation],
            (row.session, row.epoch, row.last) < (known.session, known.epoch, known.last)
        {
            return
        }
        rows[row.conversation] = row
    }

    private mutating func mark(_ told: MarksChanged) {
        threads[told.conversation]?.marks = told.marks
        guard let row = rows[told.conversation] else { return }
        let entries = threads[told.conversation]?.entries
        let unread = entries?.filter { $0.number > told.marks.staff.read && $0.kind == .message && $0.author.kind == .visitor }
        rows[told.conversation] = row.with(unread: told.marks.staff.read >= row.last ? 0 : unread?.count ?? row.unread)
    }

    /// Only what the desk promises to know: of conversations that are neither its own nor watched, who has them.
    var promised: DeskView {
        var shown = self
        shown.rows = rows.filter { $0.value.list(of: me) != nil }.mapValues { row in
            row.list(of: me) == .mine || threads[row.conversation] != nil ? row.withoutQueue : row.bare
        }
        return shown
    }
}

extension Inbox.Row {
    func list(of me: ID<Agent>) -> Inbox.List? {
        switch owner.kind {
        case "none": .closed
        case "agent": owner.id == me.description ? .mine : nil
        case "queue": .queue
        default: .bot
        }
    }

    private func changed(
        last: Int64? = nil, preview: String? = nil, by: Author.Kind? = nil, at: Timestamp? = nil, unread: Int? = nil,
        waitingSince: Timestamp?
    ) -> Self {
        Self(
            conversation: conversation, session: session, contact: contact, account: account, owner: owner, team: team,
            epoch: epoch, last: last ?? self.last, preview: preview ?? self.preview, previewBy: by ?? previewBy,
            at: at ?? self.at, unread: unread ?? self.unread, waitingSince: waitingSince, openedAt: openedAt,
            closedAt: closedAt, source: source, queue: queue, category: category
        )
    }

    /// As it is after an entry was added.
    fileprivate func with(_ entry: Entry) -> Self {
        guard entry.kind == .message else { return changed(last: entry.number, waitingSince: waitingSince) }
        let isVisitor = entry.author.kind == .visitor
        return changed(
            last: entry.number, preview: String((entry.text ?? "").prefix(120)), by: entry.author.kind, at: entry.at,
            unread: unread + (isVisitor ? 1 : 0), waitingSince: isVisitor ? waitingSince ?? entry.at : nil
        )
    }

    fileprivate func with(unread: Int) -> Self { changed(unread: unread, waitingSince: waitingSince) }

    /// Without the place in the queue, which moves without the row being told.
    fileprivate var withoutQueue: Self {
        var row = self
        row.queue = nil
        return row
    }

    /// Without what only those learn who watch.
    fileprivate var bare: Self {
        Self(
            conversation: conversation, session: session, contact: contact, account: account, owner: owner, team: team,
            epoch: epoch, last: 0, preview: "", previewBy: .system, at: openedAt, unread: 0, waitingSince: nil,
            openedAt: openedAt, closedAt: closedAt, source: source, queue: nil, category: category
        )
    }
}
