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
        transaction.afterCommit { if let hint = Self.hint(of: entry) { bus.publish(hint) } }
    }

    /// What is told of an entry: notes only to the staff, and some details only to them.
    static func hint(of entry: Entry) -> Hint? {
        guard let wire = try? EntryAdded(entry: entry).wire else { return nil }
        let news: News
        switch entry.kind {
        case .message: news = News(wire, for: .everyone)
        case .note: news = News(wire, for: .staff)
        default: news = News(staff: wire, visitor: (try? EntryAdded(entry: entry.forVisitors).wire) ?? [])
        }
        return Hint(subject: Subject.conversation(entry.conversation), number: entry.number, payload: news.payload)
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

    /// Tells the desks of a workspace that what waits besides conversations is not what it was.
    func announceCases(of workspace: ID<Workspace>, after transaction: any Transaction) {
        transaction.afterCommit { bus.publish(Hint(subject: Subject.cases, number: workspace.rawValue, payload: [])) }
    }

    func send(_ fact: some Fact, to audience: News.Audience, of conversation: ID<Conversation>) {
        guard let wire = try? fact.wire else { return }
        bus.publish(Hint(subject: Subject.conversation(conversation), payload: News(wire, for: audience).payload))
    }
}

/// The names of what nodes tell each other.
enum Subject {
    /// The conversation named by the hint's number changed hands.
    static let changes = "changes"
    static let agents = "agents"
    /// Pages, promises or approvals of the workspace named by the number changed.
    static let cases = "cases"
    /// It is the bot's turn in the conversation named by the number, and the bot works elsewhere.
    static let turns = "turns"

    /// ``News`` for those who listen to a conversation; the number is that of the entry that is told, 0 for other facts.
    static func conversation(_ id: ID<Conversation>) -> String { "c.\(id)" }
}

/// What those who listen to a conversation are told. Both sides hear of every entry by one hint, so that whoever carries it on can
/// tell when one is missing.
struct News {
    enum Audience { case everyone, staff, visitor }

    /// Nothing is told where these are empty.
    let staff, visitor: [UInt8]

    init(staff: [UInt8], visitor: [UInt8]) { (self.staff, self.visitor) = (staff, visitor) }

    init(_ wire: [UInt8], for audience: Audience) {
        self.init(staff: audience == .visitor ? [] : wire, visitor: audience == .staff ? [] : wire)
    }

    private static let separator = UInt8(ascii: "\n")

    /// The staff's line and, where it is another, the visitor's; JSON in one line has no line breaks.
    var payload: [UInt8] { staff == visitor ? staff : staff + [Self.separator] + visitor }

    init(payload: [UInt8]) {
        let lines = payload.split(separator: Self.separator, maxSplits: 1, omittingEmptySubsequences: false)
        self.init(staff: Array(lines[0]), visitor: Array(lines.last!))
    }
}
