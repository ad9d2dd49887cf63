package import Basics
package import Bus
package import Channels
package import Contacts
package import Organization
package import Store
package import Web

/// The chapter: conversations, their log, their sessions, and everyone who watches them live.
package struct Conversations: Sendable {
    package let store: ConversationStore
    package let reception: Reception
    package let serving: Serving
    package let visits: Visits
    /// Where channels hand in what comes from elsewhere.
    package let arrivals: Arrivals
    private let hub: LiveHub
    private let changes: LiveChanges
    private let rights: LiveRights

    /// - Parameter answersHere: whether the bot works on this node; otherwise on another.
    package init(
        store: ConversationStore, contacts: ContactStore, bus: any Bus, accounts: ChannelAccountStore, answering: any Answering,
        dispatching: any Dispatching, authenticator: StaffAuthenticator, facts: Facts, answersHere: Bool = true
    ) {
        self.store = store
        reception = Reception(
            store: store, accounts: accounts, answering: answering, dispatching: dispatching, answersHere: answersHere)
        serving = Serving(store: store, dispatching: dispatching)
        visits = Visits(store: store, reception: reception, dispatching: dispatching, answering: answering)
        hub = LiveHub(bus: bus)
        changes = LiveChanges(hub: hub, bus: bus, store: store, inbox: serving.inbox, visits: visits, facts: facts)
        rights = LiveRights(hub: hub, bus: bus, authenticator: authenticator, accounts: accounts)
        arrivals = Arrivals(store: store, contacts: contacts, reception: reception)
    }

    /// The gate of live connections. `authenticate` knows who a token belongs to, whichever chapter gave it out.
    package func gate(_ authenticate: @escaping @Sendable (Proof) async throws -> (any Caller)?) -> LiveGate {
        LiveGate(
            hub: hub, visits: visits, serving: serving,
            welcomes: DeskWelcomes(store: store, inbox: serving.inbox, dispatching: serving.dispatching),
            authenticate: authenticate
        )
    }

    package func feature(_ settings: Settings, audit: Audit) -> Feature {
        var feature = Feature(name: "conversations")
        feature.migrations = [
            .conversations, .clientsBySender, .lists, EvidenceStore.migration, .takeover,
        ]
        feature.routes =
            VisitAPI(visits: visits, reception: reception).routes.rated(.visitorCommands)
            + ConversationAPI(serving: serving, hub: hub).routes.rated(.deskCommands)
            + CasesAPI(reception: reception, serving: serving).routes
            + TakeoverRulesAPI(database: store.database, audit: audit).routes
            + SnippetAPI(database: store.database, surroundings: store.surroundings).routes
        feature.permissions = [
            "conversation.see-all": .supervisorsUp, "snippet.share": .supervisorsUp, "answer.approve": .everyone,
            "takeover.edit": .adminsUp,
        ]
        feature.workers =
            reception.botWorkers + [IdleSessions(store: store, dispatching: serving.dispatching).worker(settings)]
            + changes.workers
            + [Seals(database: store.database, surroundings: store.surroundings, audit: audit).worker]
            + [CaseTimers(reception: reception).worker]
            + rights.workers + LiveSweep(hub: hub, changes: changes, store: store).workers
        return feature
    }
}

/// What an installation can decide about conversations.
package enum ConversationSettings {
    package static let idleMinutes = Setting(
        key: "conversations.idle-minutes", fallback: 30,
        explanation: "Minutes of silence, 1 to 10080, after which a session with the bot ends by itself.",
        accepts: { (1...10_080).contains($0) }
    )
}

extension Rate {
    /// Nobody types faster; whoever is refused keeps the message and sends it again.
    package static let visitorCommands = Rate(
        "visitor-commands", per: .caller, perMinute: 600,
        explanation: "How many commands one visitor may send a minute, over all connections; 0 for no limit."
    )
    package static let deskCommands = Rate(
        "desk-commands", per: .caller, perMinute: 3000,
        explanation: "How many commands one agent may send a minute, over all connections; 0 for no limit."
    )
}

/// Channels hand in through this what comes from elsewhere.
package struct Arrivals: Receiving, ConversationOpener {
    private let store: ConversationStore
    private let contacts: ContactStore
    private let reception: Reception

    init(store: ConversationStore, contacts: ContactStore, reception: Reception) {
        (self.store, self.contacts, self.reception) = (store, contacts, reception)
    }

    package func receive(_ incoming: Incoming) async throws -> (conversation: Int64, number: Int64) {
        let account = incoming.account
        let conversation = try await store.database.write { transaction in
            let (contact, identity, _) = try contacts.identify(
                key: incoming.key, account: account.id.rawValue, workspace: account.workspaceId, profile: incoming.profile,
                verified: incoming.isVerified, in: transaction
            )
            return try store.conversation(
                with: identity.id, of: contact.id, on: account.id, workspace: account.workspaceId,
                locale: incoming.profile.locale ?? account.locale, in: transaction
            )
        }
        let draft = try Draft.message(by: Author(.visitor), client: incoming.client, text: incoming.text)
        let appended = try await reception.receive(draft, in: conversation)
        return (conversation.rawValue, appended.number)
    }

    package func conversation(
        for identity: Identity, of account: ChannelAccount, page: VisitedPage?, in transaction: any Transaction
    ) throws -> Int64 {
        let contact = try contacts.contact(identity.contactId, of: account.workspaceId, in: transaction)
        let id = try store.conversation(
            with: identity.id, of: identity.contactId, on: account.id, workspace: account.workspaceId,
            locale: contact?.locale ?? account.locale, in: transaction
        )
        try page?.keep(of: id, in: transaction)
        return id.rawValue
    }
}
