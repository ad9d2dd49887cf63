import Basics
import Channels
import Conversations
import HTTPTypes
import Organization
import Store
import Web

struct RatingAPI: Sendable {
    let conversations: ConversationStore

    struct Given: Codable, Sendable {
        let session: ID<Session>
        let stars: Int
        let reason: String?
    }

    var routes: [Route] {
        [
            Route(
                .post, "/api/visit/ratings", command: "rate", access: .needs("visit"),
                summary: "Rate a closed session, once, with one to five stars.", takes: Given.self, gives: Nothing.self
            ) { call, given in
                try await give(given, in: ID(rawValue: try call.visitor.conversation))
                return Nothing()
            }
        ]
    }

    /// The rating and its entry in the thread are written together.
    private func give(_ given: Given, in conversation: ID<Conversation>) async throws {
        try await conversations.database.write { transaction in
            guard let session = try conversations.session(given.session, in: transaction), session.conversationId == conversation
            else {
                throw Refusal(.notFound, "session.unknown")
            }
            guard session.closedAt != nil else { throw Refusal(.conflict, "session.open") }
            let rating = try Rating(
                of: session.id, in: session.workspaceId, stars: given.stars, reason: given.reason,
                at: conversations.surroundings.now()
            )
            guard try RatingStore.table.first("session_id = \(session.id)", in: transaction) == nil else {
                throw Refusal(.conflict, "rating.given")
            }
            try RatingStore.table.insert(rating, in: transaction)
            try conversations.appendEvent(
                .rated, by: Author(.visitor), Detail(reason: rating.reason, stars: rating.stars), to: conversation,
                session: session.id,
                in: transaction
            )
        }
    }
}
