package import Basics
package import Bus
package import Organization
package import Store
import Synchronization

/// The table `channel_account`, with all accounts in memory: every request of a visitor needs one, and they rarely change.
package final class ChannelAccountStore: Sendable {
    private struct Cache {
        var accounts: [ID<ChannelAccount>: ChannelAccount]?
        var readAt = ContinuousClock.now
        /// Rises with every change, so that a reading begun before it is not kept.
        var generation = 0
    }

    /// On the bus: an account is not what it was.
    package static let changed = "channel.accounts"

    /// Where the hint of a change may be lost, what was read is good for as long.
    private static let trusted = Duration.seconds(20)

    private let database: any Database
    private let bus: any Bus
    private let cache = Mutex(Cache())
    private let table = Table<ChannelAccount>("channel_account")

    package init(database: any Database, bus: any Bus) {
        (self.database, self.bus) = (database, bus)
        _ = bus.subscribe(to: Self.changed) { [weak self] _ in self?.forget() }
    }

    /// The account, also when it was removed.
    package func account(_ id: ID<ChannelAccount>) async throws -> ChannelAccount? { try await all()[id] }

    /// The active account with this public key.
    package func account(key: String) async throws -> ChannelAccount? {
        try await all().values.first { $0.key == key && $0.isActive }
    }

    /// The active account whose inbound secret has this fingerprint.
    func account(inboundSecretHash: String) async throws -> ChannelAccount? {
        try await all().values.first { $0.inboundSecretHash == inboundSecretHash && $0.isActive }
    }

    /// Whether an account names this site among those that may show its chat.
    package func names(_ origin: String) async -> Bool {
        let accounts = (try? await all()) ?? [:]
        return accounts.values.contains { $0.isActive && !$0.allowedOrigins.list.isEmpty && $0.allowedOrigins.admit(origin) }
    }

    /// The active accounts of a workspace, the oldest first.
    package func accounts(of workspace: ID<Workspace>) async throws -> [ChannelAccount] {
        try await all().values.filter { $0.workspaceId == workspace && $0.isActive }.sorted { $0.id < $1.id }
    }

    package func account(
        _ id: ID<ChannelAccount>, of workspace: ID<Workspace>, in transaction: any Transaction
    ) throws -> ChannelAccount? {
        try table.first("id = \(id) AND workspace_id = \(workspace)", in: transaction)
    }

    /// The account that a stored thing names, also when it was removed.
    package func account(_ id: ID<ChannelAccount>, in transaction: any Transaction) throws -> ChannelAccount {
        if let known = cache.withLock({ $0.accounts?[id] }) { return known }
        guard let account = try table.first("id = \(id)", in: transaction) else { throw Refusal(.notFound, "channel.unknown") }
        return account
    }

    package func insert(_ account: ChannelAccount, in transaction: any Transaction) throws {
        try table.insert(account, in: transaction)
        tell(after: transaction)
    }

    package func update(_ account: ChannelAccount, in transaction: any Transaction) throws {
        try table.update(account, in: transaction)
        tell(after: transaction)
    }

    private func all() async throws -> [ID<ChannelAccount>: ChannelAccount] {
        let (known, readAt, generation) = cache.withLock { ($0.accounts, $0.readAt, $0.generation) }
        if let known, !bus.isLossy || .now - readAt < Self.trusted { return known }
        let read = try await database.read { [table] in try table.find("1 = 1", in: $0) }
        let accounts = Dictionary(uniqueKeysWithValues: read.map { ($0.id, $0) })
        cache.withLock { if $0.generation == generation { ($0.accounts, $0.readAt) = (accounts, .now) } }
        return accounts
    }

    private func tell(after transaction: any Transaction) {
        transaction.afterCommit { [self] in
            forget()
            bus.publish(Hint(subject: Self.changed, payload: []))
        }
    }

    private func forget() {
        cache.withLock { $0 = Cache(accounts: nil, generation: $0.generation + 1) }
    }
}
