import Basics
import Bus
import Channels
import Organization
import Synchronization
import Web

/// The live connections of this node and the conversations that each listens to. One subscription on the bus and one encoded frame
/// serve all listeners of a side.
final class LiveHub: Sendable {
    /// Somebody connected.
    struct Member: Sendable {
        enum Kind: Sendable {
            case visitor(Visitor)
            case desk(Staff)
        }

        let link: any Link
        let kind: Kind
        var conversations: Set<ID<Conversation>> = []
    }

    private struct State {
        var members: [Int: Member] = [:]
        var rooms: [ID<Conversation>: Room] = [:]
    }

    private let bus: any Bus
    private let state = Mutex(State())
    /// Conversations of which an entry came before one that precedes it, and when.
    let gaps: AsyncStream<(conversation: ID<Conversation>, since: ContinuousClock.Instant)>
    private let gap: AsyncStream<(conversation: ID<Conversation>, since: ContinuousClock.Instant)>.Continuation

    init(bus: any Bus) {
        self.bus = bus
        (gaps, gap) = AsyncStream.makeStream()
    }

    func add(_ link: any Link, as kind: Member.Kind) {
        state.withLock { $0.members[link.number] = Member(link: link, kind: kind) }
    }

    /// Returns who left.
    func remove(_ link: any Link) -> Member? {
        guard let member = state.withLock({ $0.members.removeValue(forKey: link.number) }) else { return nil }
        for conversation in member.conversations { removeListener(link, from: conversation) }
        return member
    }

    /// All in one step: of two who come at once for the same conversation, both subscribing would tell one of them twice and forget the
    /// other.
    func listen(_ link: any Link, to conversation: ID<Conversation>) {
        state.withLock { state in
            guard let member = state.members[link.number], !member.conversations.contains(conversation) else { return }
            state.members[link.number]?.conversations.insert(conversation)
            if state.rooms[conversation] == nil {
                let subscription = bus.subscribe(to: Subject.conversation(conversation)) { [weak self] hint in
                    self?.deliver(News(payload: hint.payload), number: hint.number, in: conversation)
                }
                state.rooms[conversation] = Room(subscription: subscription)
            }
            switch member.kind {
            case .visitor: state.rooms[conversation]?.visitors[link.number] = link
            case .desk: state.rooms[conversation]?.staff[link.number] = link
            }
        }
    }

    func ignore(_ link: any Link, _ conversation: ID<Conversation>) {
        state.withLock { _ = $0.members[link.number]?.conversations.remove(conversation) }
        removeListener(link, from: conversation)
    }

    private func removeListener(_ link: any Link, from conversation: ID<Conversation>) {
        let ended = state.withLock { state -> Subscription? in
            state.rooms[conversation]?.visitors[link.number] = nil
            state.rooms[conversation]?.staff[link.number] = nil
            guard let room = state.rooms[conversation], room.visitors.isEmpty, room.staff.isEmpty else { return nil }
            return state.rooms.removeValue(forKey: conversation)?.subscription
        }
        ended?.cancel()
    }

    /// Sending only puts frames into the links' queues, so that it can be done under the lock, which keeps the order.
    private func deliver(_ news: News, number: Int64, in conversation: ID<Conversation>) {
        let isGap = state.withLock { state in
            if number == 0 { state.rooms[conversation]?.tell(news) } else { state.rooms[conversation]?.take(news, number) }
            return number > 0 && state.rooms[conversation]?.early.isEmpty == false
        }
        if isGap { gap.yield((conversation, .now)) }
    }
}

/// Those who listen to one conversation, and how far they were told.
private struct Room {
    let subscription: Subscription
    var visitors: [Int: any Link] = [:]
    var staff: [Int: any Link] = [:]
    /// The number of the newest entry told; nil before anything is known.
    var last: Int64?
    /// Entries that came before those that precede them, by number; the log has them, too.
    var early: [Int64: News] = [:]

    init(subscription: Subscription) { self.subscription = subscription }

    /// Tells entries in the order of their numbers, each once.
    mutating func take(_ news: News, _ number: Int64) {
        var told = last ?? number - 1
        if early.count == EntryStore.longestStretch { early = [:] }
        if number > told { early[number] = news }
        while let next = early.removeValue(forKey: told + 1) {
            tell(next)
            told += 1
        }
        last = told
    }

    func tell(_ news: News) {
        for (wire, links) in [(news.staff, staff), (news.visitor, visitors)] where !wire.isEmpty && !links.isEmpty {
            let frame = Frame(wire)
            links.values.forEach { $0.send(frame) }
        }
    }
}

extension LiveHub {
    func member(_ link: any Link) -> Member? { state.withLock { $0.members[link.number] } }

    func isListening(_ link: any Link, to conversation: ID<Conversation>) -> Bool {
        member(link)?.conversations.contains(conversation) == true
    }

    /// Tells only those who listen at this node.
    func tell(_ fact: some Fact, to audience: News.Audience, of conversation: ID<Conversation>) {
        guard let wire = try? fact.wire else { return }
        deliver(News(wire, for: audience), number: 0, in: conversation)
    }

    /// Tells an entry that a lost hint kept from those who listen at this node.
    func tell(_ entry: Entry) {
        guard let hint = Announcer.hint(of: entry) else { return }
        deliver(News(payload: hint.payload), number: entry.number, in: entry.conversation)
    }

    /// Whoever listens has read up to this number since they began to listen.
    func begin(_ conversation: ID<Conversation>, at number: Int64) {
        state.withLock { state in
            if state.rooms[conversation]?.last == nil { state.rooms[conversation]?.last = number }
        }
    }

    /// The number of the newest entry that listeners of the conversation were told of; 0 where none is known.
    func lastTold(of conversation: ID<Conversation>) -> Int64 { state.withLock { $0.rooms[conversation]?.last ?? 0 } }

    /// How far every conversation that somebody listens to was told.
    var heard: [ID<Conversation>: Int64] { state.withLock { $0.rooms.compactMapValues(\.last) } }

    /// Whether an entry waits for one that precedes it.
    func isBehind(_ conversation: ID<Conversation>) -> Bool {
        state.withLock { $0.rooms[conversation]?.early.isEmpty == false }
    }

    func hasVisitors(of conversation: ID<Conversation>) -> Bool {
        state.withLock { $0.rooms[conversation]?.visitors.isEmpty == false }
    }

    /// All desks connected to this node.
    var desks: [(link: any Link, staff: Staff)] {
        state.withLock { state in
            state.members.values.compactMap { member in
                if case .desk(let staff) = member.kind { (member.link, staff) } else { nil }
            }
        }
    }

    /// All visitors connected to this node.
    var visitors: [(link: any Link, visitor: Visitor)] {
        state.withLock { state in
            state.members.values.compactMap { member in
                if case .visitor(let visitor) = member.kind { (member.link, visitor) } else { nil }
            }
        }
    }

    func hasDesk(of agent: ID<Agent>) -> Bool { desks.contains { $0.staff.agent == agent } }
}
