package import Basics
package import Contacts
package import Organization
package import Store
import Synchronization

/// Lets everybody know every contact that is not hidden: what Conversations decides is tested there.
package final class AgentsReach: ContactReach {
    private let hidden = Mutex<Set<ID<Contact>>>([])

    package init() {}

    package func hide(_ contact: ID<Contact>) { hidden.withLock { _ = $0.insert(contact) } }

    package func mayKnow(_ contact: ID<Contact>, _ staff: Staff, in transaction: any Transaction) throws -> Bool {
        hidden.withLock { !$0.contains(contact) }
    }
}
