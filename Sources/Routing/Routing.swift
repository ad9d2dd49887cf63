import Basics
package import Conversations
package import Organization
package import Store

/// The chapter: presence, the queue, and who is given which conversation.
package struct Routing: Sendable {
    private let conversations: ConversationStore
    let dispatcher: Dispatcher

    package init(conversations: ConversationStore, nodes: Nodes) {
        self.conversations = conversations
        let store = RoutingStore(desks: Desks(nodes: nodes, start: conversations.surroundings.now()))
        dispatcher = Dispatcher(conversations: conversations, store: store)
    }

    package var dispatching: any Dispatching { dispatcher }

    package var feature: Feature {
        var feature = Feature(name: "routing")
        feature.migrations = [
            RoutingStore.migration, RoutingStore.passedOn, Desks.migration, RoutingStore.byTeam, RoutingStore.urgent,
        ]
        feature.routes = RoutingAPI(conversations: conversations, dispatcher: dispatcher).routes
        feature.workers = [
            AbsentAgents(conversations: conversations, dispatcher: dispatcher).worker,
            Worker("routing.desks", .gateways) { try await correctDesks() },
        ]
        return feature
    }

    private func correctDesks() async throws {
        while true {
            try await conversations.surroundings.sleep(.seconds(10))
            let database = conversations.database
            for agent in try await database.read({ try dispatcher.store.desks.misnoted(in: $0) }) {
                guard let found = try await database.read({ try AgentStore.table.first("id = \(agent)", in: $0) }) else {
                    continue
                }
                try await dispatcher.noteDesks(of: agent, in: found.workspaceId)
            }
        }
    }
}
