package import Conversations
package import Organization

/// The chapter: what customers think of a session.
package struct Satisfaction: Sendable {
    private let conversations: ConversationStore

    package init(conversations: ConversationStore) { self.conversations = conversations }

    package var feature: Feature {
        var feature = Feature(name: "satisfaction")
        feature.migrations = [RatingStore.migration]
        feature.routes = RatingAPI(conversations: conversations).routes
        return feature
    }
}
