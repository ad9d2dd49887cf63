import Basics
package import Bus
package import Channels
import Contacts
package import Conversations
package import Organization
package import Routing
import Satisfaction
package import Store

/// The chapters above Organization, put together as the product does it, around a bot and a wire of the test's own.
package struct TestChapters: Sendable {
    package let channels: Channels
    package let store: ConversationStore
    package let routing: Routing
    package let conversations: Conversations
    package let features: [Feature]

    package init(
        _ organization: Organization, bus: any Bus, bot: any Answering, sender: any WebhookSender = NobodyListens(),
        nodes: Nodes? = nil, dataFolder: String = "/nowhere"
    ) {
        let (database, surroundings, facts) = (organization.database, organization.surroundings, Facts(bus: bus))
        let contacts = ContactStore(surroundings: surroundings)
        channels = Channels(
            database: database, surroundings: surroundings, bus: bus, sealer: Sealer(key: Array(0..<32)), contacts: contacts,
            audit: organization.audit, files: AttachmentFolder(path: dataFolder + "/attachments"), logger: .silent
        )
        let push = Push(accounts: channels.accounts, outbox: channels.outbox)
        store = ConversationStore(
            database: database, entries: EntryStore(surroundings: surroundings, announcer: Announcer(bus: bus), push: push))
        routing = Routing(conversations: store, nodes: nodes ?? Nodes(database, surroundings: surroundings))
        conversations = Conversations(
            store: store, contacts: contacts, bus: bus, accounts: channels.accounts, answering: bot,
            dispatching: routing.dispatching, authenticator: organization.authenticator, facts: facts
        )
        let (arrivals, audit) = (conversations.arrivals, organization.audit)
        features = [
            ContactAPI(database: database, store: contacts, facts: facts, audit: audit, reach: ContactsInReach()).feature,
            channels.feature(opener: arrivals, receiving: arrivals, sender: sender),
            conversations.feature(Settings(), audit: audit), routing.feature, Satisfaction(conversations: store).feature,
        ]
    }
}
