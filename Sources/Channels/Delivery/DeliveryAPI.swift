import Basics
import HTTPTypes
import Organization
import Store
import Web

/// The routes about what leaves the house, for administrators.
struct DeliveryAPI: Sendable {
    let database: any Database
    let surroundings: Surroundings
    let outbox: Outbox
    let audit: Audit
    let store = DeliveryStore()

    var routes: [Route] {
        [
            Route(
                .get, "/api/deliveries", access: .needs("channel.edit"), summary: "What waits to be sent, and what was given up.",
                query: [
                    "state": "waiting, sending, done or dead", "cursor": "the `next` of the page before",
                    "limit": "at most 200, otherwise 50",
                ],
                takes: Nothing.self, gives: Page<Shown>.self
            ) { call, _ in try await list(call) },
            Route(
                .post, "/api/deliveries/{delivery}/replay", access: .needs("channel.edit"),
                summary: "Sends again what was given up, or was accepted and lost there.", takes: Nothing.self, gives: Shown.self
            ) { call, _ in try await replay(call.parameter("delivery"), by: call.staff) },
        ]
    }

    struct Shown: Codable, Sendable {
        let id: ID<Delivery>
        let account: ID<ChannelAccount>
        let conversation: String
        let recipient: String
        let state: Delivery.State
        let attempts: Int
        let dueAt: Timestamp
        let lastError: String?
        let createdAt: Timestamp

        init(_ delivery: Delivery) {
            (id, account, conversation) = (delivery.id, delivery.accountId, String(delivery.conversationId))
            (recipient, state, attempts, dueAt) = (delivery.recipient, delivery.state, delivery.attempts, delivery.dueAt)
            (lastError, createdAt) = (delivery.lastError, delivery.createdAt)
        }
    }

    private func list(_ call: Call) async throws -> Page<Shown> {
        let state = try call.query("state", as: Delivery.State.self)
        let cursor = try call.query("cursor", as: ID<Delivery>.self)
        let (limit, workspace) = (try call.limit, try call.staff.workspace)
        let found = try await database.read { transaction in
            try store.page(state, before: cursor, limit: limit + 1, of: workspace, in: transaction)
        }
        return Page(found.map(Shown.init), limit: limit) { $0.id.description }
    }

    private func replay(_ id: ID<Delivery>, by staff: Staff) async throws -> Shown {
        try await database.write { transaction in
            guard var delivery = try store.delivery(id, of: staff.workspace, in: transaction) else {
                throw Refusal(.notFound, "delivery.unknown")
            }
            try delivery.replay(at: surroundings.now())
            try store.update(delivery, in: transaction)
            try audit.record(AuditEvent("delivery.replayed", "delivery.\(id)"), by: staff.actor, in: transaction)
            outbox.announceWork(after: transaction)
            return Shown(delivery)
        }
    }
}
