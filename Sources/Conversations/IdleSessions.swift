import Basics
import Organization
import Store

/// Ends sessions with the bot in which nobody has said anything for a while. Sessions with people end by people.
struct IdleSessions: Sendable {
    let store: ConversationStore
    let dispatching: any Dispatching

    /// How often to look: much shorter than the idle time, which is minutes.
    private static let interval = Duration.seconds(30)

    func worker(_ settings: Settings) -> Worker {
        let idle = Duration.seconds(60 * settings[ConversationSettings.idleMinutes])
        return Worker("conversations.idle", .oneNode) {
            while true {
                try await store.surroundings.sleep(Self.interval)
                try await close(silentFor: idle)
            }
        }
    }

    func close(silentFor idle: Duration) async throws {
        let limit = store.surroundings.now() - idle
        try await store.database.write { transaction in
            let silent = try transaction.rows(
                "SELECT * FROM conversation WHERE owner_kind = 'bot' AND session_id IS NOT NULL AND last_at < \(limit) LIMIT 500"
            )
            for conversation in try silent.map(Conversation.init) {
                guard let service = conversation.service else { continue }
                try store.close(conversation, service: service, by: .system, category: nil, note: nil, in: transaction)
            }
        }
    }
}
