package import Basics
package import Logging
import Organization
package import Store
import Synchronization

/// Puts one request on the wire; Server gives us the one client that may dial out.
package protocol WebhookSender: Sendable {
    /// The status of the answer. Throws when there was none.
    func post(_ body: [UInt8], to url: String, headers: [String: String]) async throws -> Int
}

/// Brings what is in the outbox to where it belongs: in order within each conversation, one at a time, again and again until
/// it is accepted or given up.
package struct Deliveries: Sendable {
    private static let mostAtOnce = 32
    /// So that one slow receiver leaves room for the others.
    private static let mostPerAccount = 8

    let database: any Database
    let outbox: Outbox
    let accounts: ChannelAccountStore
    let secrets: ChannelSecrets
    let sender: any WebhookSender
    let surroundings: Surroundings
    let logger: Logger
    let store = DeliveryStore()
    private let underWay = UnderWay()

    package init(
        database: any Database, outbox: Outbox, accounts: ChannelAccountStore, secrets: ChannelSecrets,
        sender: any WebhookSender, surroundings: Surroundings, logger: Logger
    ) {
        (self.database, self.outbox, self.accounts, self.secrets) = (database, outbox, accounts, secrets)
        (self.sender, self.surroundings, self.logger) = (sender, surroundings, logger)
    }

    /// Works until cancelled.
    package func run() async throws {
        try await persistently { try store.releaseAll(in: $0) }
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                while case let claimed = await claim(), !claimed.isEmpty {
                    for delivery in claimed { group.addTask { await bring(delivery) } }
                }
                await waitForWork()
            }
        }
    }

    private func claim() async -> [Delivery] {
        let (room, busy) = underWay.room(of: Self.mostAtOnce, each: Self.mostPerAccount)
        guard room > 0 else { return [] }
        do {
            let doubt = underWay.doubt
            let claimed = try await database.write { [store, now = surroundings.now()] in
                if let doubt { try store.releaseAll(except: doubt, in: $0) }
                return try store.claim(at: now, limit: min(room, Self.mostPerAccount), except: busy, in: $0)
            }
            underWay.begin(claimed)
            return claimed
        } catch {
            underWay.loseSight()
            logger.error("the outbox cannot be read", metadata: ["error": "\(error)"])
            return []
        }
    }

    /// Until something new is there, something is finished, or a pause is over.
    private func waitForWork() async {
        let now = surroundings.now()
        let due = try? await database.read { [store] in try store.nextDue(after: now, in: $0) }
        // A look from time to time also finds work whose hint was lost.
        let pause = min(due.map { $0 - now } ?? .seconds(30), .seconds(30))
        await withDiscardingTaskGroup { group in
            group.addTask {
                guard (try? await surroundings.sleep(pause)) != nil else { return }
                outbox.bell.ring()
            }
            await outbox.bell.wait()
            group.cancelAll()
        }
    }

    private func bring(_ delivery: Delivery) async {
        let result = await attempt(delivery)
        var done = delivery
        done.conclude(result, at: surroundings.now(), chance: surroundings.randomBytes(1)[0])
        if let error = done.lastError, done.state != .done {
            logger.warning(
                "a delivery failed", metadata: ["delivery": "\(done.id)", "attempts": "\(done.attempts)", "error": "\(error)"])
        }
        try? await persistently { [done] in try store.update(done, in: $0) }
        underWay.end(delivery)
        outbox.bell.ring()
    }

    /// Nil when it was accepted, otherwise why not.
    private func attempt(_ delivery: Delivery) async -> String? {
        do {
            guard let account = try await accounts.account(delivery.accountId), account.isActive else {
                return "the channel was removed"
            }
            guard let url = account.webhookUrl else { return "the channel has no webhook address" }
            let secrets = try secrets.webhooks(of: account)
            guard !secrets.isEmpty else { return "the channel has no webhook secret" }
            let body = Array(delivery.payload.utf8)
            var headers = secrets.headers(id: delivery.webhookId, at: surroundings.now(), body: body)
            headers["content-type"] = "application/json"
            let status = try await sender.post(body, to: url, headers: headers)
            return (200..<300).contains(status) ? nil : "HTTP \(status)"
        } catch let refusal as Refusal {
            return refusal.detail ?? refusal.code
        } catch {
            return String("\(error)".prefix(200))
        }
    }

    /// Writes until it is written: a full disk must not leave anything half done for ever.
    private func persistently(_ body: @escaping @Sendable (any Transaction) throws -> Void) async throws {
        while true {
            do { return try await database.write(body) } catch {
                if let error = error as? StoreError, error.isFinal { throw error }
                logger.error("the outbox cannot be written", metadata: ["error": "\(error)"])
                try await surroundings.sleep(.seconds(1))
            }
        }
    }
}

extension Delivery {
    /// Writes down how an attempt ended.
    mutating func conclude(_ failure: String?, at now: Timestamp, chance: UInt8) {
        guard let failure else { return (state, lastError) = (.done, nil) }
        attempts += 1
        lastError = failure
        if let pause = Backoff.pause(after: attempts, chance: chance) {
            (state, dueAt) = (.waiting, now + pause)
        } else {
            state = .dead
        }
    }

    /// Begins again from the start, with the same id.
    mutating func replay(at now: Timestamp) throws(Refusal) {
        guard state == .dead || state == .done else { throw Refusal(.conflict, "delivery.under-way") }
        (state, attempts, dueAt) = (.waiting, 0, now)
    }
}

/// Which deliveries are on the wire.
private final class UnderWay: Sendable {
    private struct State {
        var accounts: [ID<Delivery>: ID<ChannelAccount>] = [:]
        /// A claim failed and may have been written all the same.
        var isInDoubt = false
    }

    private let state = Mutex(State())

    func begin(_ claimed: [Delivery]) {
        state.withLock { state in
            for delivery in claimed { state.accounts[delivery.id] = delivery.accountId }
            state.isInDoubt = false
        }
    }

    func end(_ delivery: Delivery) { state.withLock { $0.accounts[delivery.id] = nil } }

    func loseSight() { state.withLock { $0.isInDoubt = true } }

    /// After a claim whose outcome is unknown, those that are really under way; others are so in the table only.
    var doubt: [ID<Delivery>]? { state.withLock { $0.isInDoubt ? Array($0.accounts.keys) : nil } }

    /// How many more may begin, and which accounts have enough.
    func room(of most: Int, each mostEach: Int) -> (Int, [ID<ChannelAccount>]) {
        state.withLock { state in
            let counts = Dictionary(grouping: state.accounts.values) { $0 }.mapValues(\.count)
            return (most - state.accounts.count, counts.filter { $0.value >= mostEach }.map(\.key))
        }
    }
}
