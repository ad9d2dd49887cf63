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
        var subjects: Set<String> = []
    }

    private struct Audience {
        var links: [Int: any Link] = [:]
        let subscription: Subscription
    }

    private struct State {
        var members: [Int: Member] = [:]
        var audiences: [String: Audience] = [:]
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
        for subject in subjects.map(\.name) {
            state.withLock { state in
                guard state.members[link.number]?.subjects.insert(subject).inserted == true else { return }
                if state.audiences[subject] == nil {
                    let subscription = bus.subscribe(to: subject) { [weak self] in self?.deliver($0) }
                    state.audiences[subject] = Audience(subscription: subscription)
                }
                state.audiences[subject]?.links[link.number] = link
            }
        }
    }

    func ignore(_ link: any Link, _ subjects: Subject...) {
        for subject in subjects.map(\.name) {
            state.withLock { _ = $0.members[link.number]?.subjects.remove(subject) }
            removeListener(link, from: subject)
        }
    }

    private func removeListener(_ link: any Link, from subject: String) {
        let ended = state.withLock { state -> Subscription? in
            state.audiences[subject]?.links[link.number] = nil
            guard state.audiences[subject]?.links.isEmpty == true else { return nil }
            return state.audiences.removeValue(forKey: subject)?.subscription
        }
        ended?.cancel()
    }

    private func deliver(_ hint: Hint) {
        let links = state.withLock { $0.audiences[hint.subject]?.links }
        guard let links, !links.isEmpty else { return }
        let frame = Frame(hint.payload)
        links.values.forEach { $0.send(frame) }
    }
}

extension LiveHub {
    func member(_ link: any Link) -> Member? { state.withLock { $0.members[link.number] } }

    func isListening(_ link: any Link, to subject: Subject) -> Bool {
        member(link)?.subjects.contains(subject.name) == true
    }

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
