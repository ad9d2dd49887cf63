import Basics
import Conversations
import Organization

/// An agent as the choice of whom to give a conversation sees one.
struct Candidate: Hashable, Sendable {
    let colleague: Colleague
    let lastAssigned: Timestamp

    /// Takes new conversations and has room for one.
    var isFree: Bool { colleague.presence == .online && hasRoom }
    var hasRoom: Bool { colleague.serving < colleague.capacity }
}

extension Collection<Candidate> {
    /// The free agent with the fewest conversations; among equals, the one who has waited longest.
    func leastBusy() -> Candidate? {
        filter(\.isFree).min {
            ($0.colleague.serving, $0.lastAssigned, $0.colleague.id) < ($1.colleague.serving, $1.lastAssigned, $1.colleague.id)
        }
    }
}
