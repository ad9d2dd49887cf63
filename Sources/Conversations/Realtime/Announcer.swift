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
        transaction.afterCommit {
            switch entry.kind {
            case .message: send(EntryAdded(entry: entry), to: .everyone(entry.conversation), number: entry.number)
            case .note: send(EntryAdded(entry: entry), to: .staff(entry.conversation), number: entry.number)
            default:
                send(EntryAdded(entry: entry), to: .staff(entry.conversation), number: entry.number)
                send(EntryAdded(entry: entry.forVisitors), to: .visitor(entry.conversation), number: entry.number)
            }
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
enum Subject {
    /// The customer and the staff who watch.
    case everyone(ID<Conversation>)
    case staff(ID<Conversation>)
    case visitor(ID<Conversation>)

    /// The conversation named by the hint's number changed hands.
    static let changes = "changes"
    static let agents = "agents"

    var name: String {
        switch self {
        case .everyone(let id): "c.\(id)"
        case .staff(let id): "c.\(id).staff"
        case .visitor(let id): "c.\(id).visitor"
        }
    }
}
