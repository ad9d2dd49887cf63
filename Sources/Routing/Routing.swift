import Basics
package import Conversations
package import Organization
import Store

/// The chapter: presence, the queue, and who is given which conversation.
package struct Routing: Sendable {
    private let conversations: ConversationStore
    let dispatcher: Dispatcher

    package init(conversations: ConversationStore) {
        self.conversations = conversations
        let store = RoutingStore(desks: Desks(start: conversations.surroundings.now()))
        dispatcher = Dispatcher(conversations: conversations, store: store)
    }

    package var dispatching: any Dispatching { dispatcher }

    package var feature: Feature {
        var feature = Feature(name: "routing")
        feature.migrations = [RoutingStore.migration, RoutingStore.passedOn]
        feature.routes = RoutingAPI(conversations: conversations, dispatcher: dispatcher).routes
        feature.workers = [AbsentAgents(conversations: conversations, dispatcher: dispatcher).worker]
        return feature
    }
}
