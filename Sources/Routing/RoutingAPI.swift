import Basics
import Conversations
import HTTPTypes
import Organization
import Store
import Web

/// What an agent says of being there.
struct RoutingAPI: Sendable {
    let conversations: ConversationStore
    let dispatcher: Dispatcher

    struct Chosen: Codable, Sendable { let presence: Presence }

    var routes: [Route] {
        [
            Route(
                .put, "/api/me/presence", command: "presence", access: .needs("desk.use"),
                summary: "Choose whether to be given conversations.", takes: Chosen.self, gives: Chosen.self
            ) { call, chosen in
                try await choose(chosen.presence, by: try call.staff)
                return chosen
            }
        ]
    }

    private func choose(_ presence: Presence, by staff: Staff) async throws {
        try await conversations.database.write { transaction in
            try AgentStore.setPresence(presence, of: staff.agent, in: staff.workspace, in: transaction)
            try dispatcher.drain(staff.workspace, in: transaction)
            conversations.announcer.announceAgents(after: transaction)
        }
    }
}
