import Basics
import Bus
import Channels
import Logging
import Organization
import Web

/// Looks again at who holds a live connection whenever rights change: a connection outlives the request that opened it,
/// but never the right to it.
struct LiveRights: Sendable {
    let hub: LiveHub
    let bus: any Bus
    let authenticator: StaffAuthenticator
    let accounts: ChannelAccountStore

    /// Run for as long as the process serves. Hints that come while one is looked into are covered by the next look.
    var workers: [Worker] {
        [
            Worker("conversations.desk-rights", .gateways) {
                for await _ in bus.hints(of: Organization.staffChanged, .bufferingNewest(1)) { await lookAtDesks() }
            },
            Worker("conversations.visitor-rights", .gateways) {
                for await _ in bus.hints(of: ChannelAccountStore.changed, .bufferingNewest(1)) { await lookAtVisitors() }
            },
            Worker("conversations.all-rights", .gateways) {
                guard bus.isLossy else { return }
                while true {
                    try await Task.sleep(for: .seconds(60))
                    await lookAtDesks()
                    await lookAtVisitors()
                }
            },
        ]
    }

    /// Whoever may no longer work here is sent away; whoever may do other things than before comes back as who they are now.
    private func lookAtDesks() async {
        for (link, staff) in hub.desks {
            do {
                let current = try await authenticator.current(staff)
                if current != staff { link.close(current == nil ? .revoked : .resume) }
            } catch { log.error("a desk's rights could not be read", metadata: ["error": "\(error)"]) }
        }
    }

    private func lookAtVisitors() async {
        for (link, visitor) in hub.visitors {
            do {
                if try await accounts.account(visitor.account)?.isActive != true { link.close(.revoked) }
            } catch { log.error("a visitor's channel could not be read", metadata: ["error": "\(error)"]) }
        }
    }
}
