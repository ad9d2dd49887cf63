import Basics
import Bot
import Channels
import Contacts
import Conversations
import Knowledge
import Organization
import Routing
import Satisfaction
import Web

/// The table of contents: every feature, in the order of the manual. Start-up, migrations, routes, the API description,
/// the permission matrix, the settings page and the workers are loops over it.
struct Contents: Sendable {
    let features: [Feature]
    let organization: Organization
    let contacts: ContactStore
    let channels: Channels
    let knowledge: Knowledge
    let conversations: Conversations
    let bot: Bot
    /// By which the demo shop's orders know the desk.
    let shopKey: String

    /// - Parameter further: features that come behind the others, such as a later version's.
    init(_ ground: Ground, sealer: Sealer, further: [Feature] = []) throws {
        let (database, bus, surroundings, facts) = (ground.database, ground.bus, ground.surroundings, ground.facts)

        organization = Organization(database: database, surroundings: surroundings, bus: bus)
        contacts = ContactStore(surroundings: surroundings)
        channels = Channels(
            database: database, surroundings: surroundings, bus: bus,
            sealer: sealer, contacts: contacts, audit: organization.audit, files: try ground.attachments(), logger: ground.logger
        )
        let entries = EntryStore(
            surroundings: surroundings, announcer: Announcer(bus: bus),
            push: Push(accounts: channels.accounts, outbox: channels.outbox))
        let store = ConversationStore(database: database, entries: entries)
        let routing = Routing(conversations: store, nodes: ground.nodes)
        knowledge = Knowledge(database: database, surroundings: surroundings, facts: facts)
        let model = LanguageModel(
            database: database, surroundings: surroundings, sealer: sealer,
            allowsInside: ground.settings[LanguageModel.allowsInside])
        bot = Bot(
            database: database, surroundings: surroundings, facts: facts, knowledge: knowledge.store,
            connectors: LookUpEgress.connectors(ground, sealer), model: model)
        conversations = Conversations(
            store: store, contacts: contacts, bus: bus, accounts: channels.accounts, answering: bot.answering,
            dispatching: routing.dispatching, authenticator: organization.authenticator, facts: facts,
            answersHere: ground.roles.contains(.worker)
        )
        shopKey = String(sealer.derivedKey(for: "demo.shop").prefix(16).map { String($0, radix: 16) }.joined())
        let pages = Pages(accounts: channels.accounts, settings: ground.settings)
        let chapters: [Feature] = [
            organization.feature(),
            ContactAPI(database: database, store: contacts, facts: facts, audit: organization.audit, reach: ContactsInReach())
                .feature,
            channels.feature(
                opener: conversations.arrivals, receiving: conversations.arrivals, sender: WebhookEgress(ground.settings)),
            conversations.feature(ground.settings, audit: organization.audit),
            routing.feature,
            knowledge.feature(audit: organization.audit),
            bot.feature(audit: organization.audit),
            Satisfaction(conversations: store).feature,
            Operation(ground).feature,
            pages.feature,
            ShopPages(
                database: database, accounts: channels.accounts, assets: pages.assets, settings: ground.settings,
                orders: try ShopOrders(Demo.pack, key: shopKey, pictures: pages.assets.prefix + "/shop/art")
            ).feature,
        ]
        features = chapters + further
        organization.permissions.adopt(features)
    }

    /// Who is calling, as the first feature that knows the proof says.
    func caller(proving proof: Proof) async throws -> (any Caller)? {
        for authenticator in features.flatMap(\.authenticators) {
            if let caller = try await authenticator.caller(proving: proof) { return caller }
        }
        return nil
    }
}
