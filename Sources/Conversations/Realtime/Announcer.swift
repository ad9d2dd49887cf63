import Basics
package import Bus
import Organization
package import Store
import Web

/// Tells live connections what was committed. Everything here is a hint: whoever misses one asks by number.
package struct Announcer: Sendable {
    let bus: any Bus

    package init(bus: any Bus) { self.bus = bus }

    func announce(_ entry: Entry, after transaction: any Transaction) {
        transaction.afterCommit { for (_, hint) in Self.hints(of: entry) { bus.publish(hint) } }
    }

    /// What is told of an entry, and to whom.
    static func hints(of entry: Entry) -> [(Subject, Hint)] {
        func hint(_ entry: Entry, to subject: Subject) -> (Subject, Hint)? {
            guard let payload = try? EntryAdded(entry: entry).wire else { return nil }
            return (subject, Hint(subject: subject.name, number: entry.number, payload: payload))
        }
        let conversation = entry.conversation
        switch entry.kind {
        case .message: return [hint(entry, to: .everyone(conversation))].compactMap(\.self)
        case .note: return [hint(entry, to: .staff(conversation))].compactMap(\.self)
        default:
            return [hint(entry, to: .staff(conversation)), hint(entry.forVisitors, to: .visitor(conversation))].compactMap(\.self)
        }
    }

    /// `from` is the kind of owner who had it before: it says who could see it in their lists.
    func announceChange(of conversation: ID<Conversation>, from owner: String?, after transaction: any Transaction) {
        transaction.afterCommit {
            bus.publish(Hint(subject: Subject.changes, number: conversation.rawValue, payload: Array((owner ?? "").utf8)))
        }
    }

    /// Tells that an agent's presence, capacity or number of conversations is another.
    package func announceAgents(after transaction: any Transaction) {
        transaction.afterCommit { bus.publish(Hint(subject: Subject.agents, payload: [])) }
    }

    func send(_ fact: some Fact, to subject: Subject, number: Int64 = 0) {
        guard let payload = try? fact.wire else { return }
        bus.publish(Hint(subject: subject.name, number: number, payload: payload))
    }
}

/// What live connections listen to.
enum Subject: Hashable {
    /// The customer and the staff who watch.
    case everyone(ID<Conversation>)
    case staff(ID<Conversation>)
    case visitor(ID<Conversation>)

    /// The conversation named by the hint's number changed hands.
    static let changes = "changes"
    static let agents = "agents"
    /// It is the bot's turn in the conversation named by the number, and the bot works elsewhere.
    static let turns = "turns"

    var conversation: ID<Conversation> {
        switch self {
        case .everyone(let id), .staff(let id), .visitor(let id): id
        }
    }

    var name: String {
        switch self {
        case .everyone(let id): "c.\(id)"
        case .staff(let id): "c.\(id).staff"
        case .visitor(let id): "c.\(id).visitor"
        }
    }
}
