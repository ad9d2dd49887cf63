import Basics
import Organization

@testable import Conversations

/// What a customer's chat shows, folded from facts as the protocol says.
struct VisitView: Equatable {
    var entries: [Entry]
    var marks: Marks
    var session: ShownSession?
    var rating: ID<Session>?

    init(_ welcome: Visits.Welcome) {
        (entries, marks) = (welcome.entries, welcome.conversation.marks)
        (session, rating) = (welcome.session, welcome.rating?.session)
    }

    mutating func fold(_ frame: [UInt8]) throws {
        let kind = try JSON.read(LiveClient.Kind.self, from: frame, ignoresUnknown: true).type
        switch kind {
        case EntryAdded.name: add(try JSON.read(EntryAdded.self, from: frame, ignoresUnknown: true).entry)
        case SessionChanged.name:
            let told = try JSON.read(SessionChanged.self, from: frame, ignoresUnknown: true)
            (session, rating) = (told.session, told.rating?.session)
        case QueueMoved.name:
            let told = try JSON.read(QueueMoved.self, from: frame, ignoresUnknown: true)
            guard let known = session, let queue = known.queue else { return }
            session = ShownSession(
                id: known.id, owner: known.owner, epoch: known.epoch,
                queue: Standing(position: told.position, wait: told.wait, since: queue.since))
        case MarksChanged.name: marks = try JSON.read(MarksChanged.self, from: frame, ignoresUnknown: true).marks
        default: break
        }
    }

    private mutating func add(_ entry: Entry) {
        guard entry.number > entries.last?.number ?? 0 else { return }
        entries.append(entry)
        if entry.kind == .rated { rating = nil }
    }
}
