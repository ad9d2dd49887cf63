import Basics
import Bus
import Channels
import Organization
import Synchronization
import Web

/// The live connections of this node and what each listens to. One subscription on the bus and one encoded frame
/// serve all listeners of a subject.
final class LiveHub: Sendable {
    /// Somebody connected.
    struct Member: Sendable {
        enum Kind: Sendable {
            case visitor(Visitor)
            case desk(Staff)
        }

        let link: any Link
        let kind: Kind
        var subjects: Set<Subject> = []
    }

    private struct Audience {
        var links: [Int: any Link] = [:]
        let subscription: Subscription
    }

    private struct State {
        var members: [Int: Member] = [:]
        var audiences: [String: Audience] = [:]
        var heard: [ID<Conversation>: Heard] = [:]
    }

    /// How far the listeners of a conversation were told.
    private struct Heard {
        var audiences = 0
        /// The number of the newest entry; nil before anything is known.
        var last: Int64?
    }

    private let bus: any Bus
    private let state = Mutex(State())

    init(bus: any Bus) { self.bus = bus }

    func add(_ link: any Link, as kind: Member.Kind) {
        state.withLock { $0.members[link.number] = Member(link: link, kind: kind) }
    }

    /// Returns who left.
    func remove(_ link: any Link) -> Member? {
        guard let member = state.withLock({ $0.members.removeValue(forKey: link.number) }) else { return nil }
        for subject in member.subjects { removeListener(link, from: subject) }
        return member
    }

    /// All in one step: of two who come at once for the same subject, both subscribing would tell one of them twice and forget the other.
    func listen(_ link: any Link, to subjects: Subject...) {
        for subject in subjects {
            let (name, conversation) = (subject.name, subject.conversation)
            state.withLock { state in
                guard state.members[link.number]?.subjects.insert(subject).inserted == true else { return }
                if state.audiences[name] == nil {
                    let subscription = bus.subscribe(to: name) { [weak self] in self?.deliver($0, of: conversation) }
                    state.audiences[name] = Audience(subscription: subscription)
                    state.heard[conversation, default: Heard()].audiences += 1
                }
                state.audiences[name]?.links[link.number] = link
            }
        }
    }

    func ignore(_ link: any Link, _ subjects: Subject...) {
        for subject in subjects {
            state.withLock { _ = $0.members[link.number]?.subjects.remove(subject) }
            removeListener(link, from: subject)
        }
    }

    private func removeListener(_ link: any Link, from subject: Subject) {
        let ended = state.withLock { state -> Subscription? in
            state.audiences[subject.name]?.links[link.number] = nil
            guard state.audiences[subject.name]?.links.isEmpty == true else { return nil }
            state.heard[subject.conversation]?.audiences -= 1
            if state.heard[subject.conversation]?.audiences == 0 { state.heard[subject.conversation] = nil }
            return state.audiences.removeValue(forKey: subject.name)?.subscription
        }
        ended?.cancel()
    }

    private func deliver(_ hint: Hint, of conversation: ID<Conversation>) {
        let links = state.withLock { state in
            if hint.number > 0 {
                let last = max(state.heard[conversation]?.last ?? 0, hint.number)
                state.heard[conversation]?.last = last
            }
            return state.audiences[hint.subject]?.links
        }
        guard let links, !links.isEmpty else { return }
        let frame = Frame(hint.payload)
        links.values.forEach { $0.send(frame) }
    }
}

extension LiveHub {
    func member(_ link: any Link) -> Member? { state.withLock { $0.members[link.number] } }

    func isListening(_ link: any Link, to subject: Subject) -> Bool { member(link)?.subjects.contains(subject) == true }

    /// Tells only those who listen at this node.
    func tell(_ fact: some Fact, to subject: Subject) {
        guard let payload = try? fact.wire else { return }
        deliver(Hint(subject: subject.name, payload: payload), of: subject.conversation)
    }

    /// Tells an entry that a lost hint kept from those who listen at this node.
    func tell(_ entry: Entry) {
        for (subject, hint) in Announcer.hints(of: entry) { deliver(hint, of: subject.conversation) }
    }

    /// Whoever listens from now on has read up to this number.
    func begin(_ conversation: ID<Conversation>, at number: Int64) {
        state.withLock { state in
            if state.heard[conversation] != nil, state.heard[conversation]?.last == nil {
                state.heard[conversation]?.last = number
            }
        }
    }

    /// The number of the newest entry that listeners of the conversation were told of; 0 where none is known.
    func lastTold(of conversation: ID<Conversation>) -> Int64 { state.withLock { $0.heard[conversation]?.last ?? 0 } }

    /// How far every conversation that somebody listens to was told.
    var heard: [ID<Conversation>: Int64] { state.withLock { $0.heard.compactMapValues(\.last) } }

    func visitors(of conversation: ID<Conversation>) -> [any Link] {
        state.withLock { state in
            (state.audiences[Subject.visitor(conversation).name]?.links).map { Array($0.values) } ?? []
        }
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
