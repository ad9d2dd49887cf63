package import Basics
import Bus
package import Channels
import Organization
import Store

/// The ordered way of a customer's message, written down in one place:
/// it is appended and acknowledged, then the bot has its turn, then Routing finds a person.
package struct Reception: Sendable {
    let store: ConversationStore
    let accounts: ChannelAccountStore
    let hours = Hours()
    let answering: any Answering
    let dispatching: any Dispatching
    let turns = BotTurns()
    private let answersHere: Bool

    /// - Parameter answersHere: whether the bot works on this node; otherwise on another.
    package init(
        store: ConversationStore, accounts: ChannelAccountStore, answering: any Answering,
        dispatching: any Dispatching, answersHere: Bool = true
    ) {
        (self.store, self.accounts, self.answering, self.dispatching) = (store, accounts, answering, dispatching)
        self.answersHere = answersHere
    }

    /// Takes a customer's message in. Returns after the commit: what is acknowledged is on disk.
    /// The same sender's id again is the same entry, acknowledged again.
    package func receive(_ draft: Draft, in conversation: ID<Conversation>) async throws -> Appended {
        do {
            let (appended, owner) = try await append(draft, to: conversation)
            if owner == .bot { askBot(in: conversation) }
            if owner == .queue { try await hurryIfUrgent(draft.text, in: conversation) }
            return appended
        } catch StoreError.unique {
            let appended = try await earlier(draft, in: conversation)
            // Whoever took it the first time may not have lived to do what follows.
            askBot(in: conversation)
            try await hurryIfUrgent(draft.text, in: conversation)
            return appended
        }
    }

    /// The customer asks for a person. An open session leaves the bot; without one a session opens for it.
    /// Refused where people never serve: nobody waits for who will not come.
    package func askForPerson(in conversation: ID<Conversation>) async throws {
        try await store.database.write { transaction in
            let found = try store.conversation(conversation, in: transaction)
            guard hours.everHasPeople(try accounts.account(found.account, in: transaction)) else {
                throw Refusal(.conflict, "people.never")
            }
            let service = try found.service ?? open(found, in: transaction)
            guard service.owner == .bot else { return }
            try handOff(found, service, reason: .asked, text: nil, in: transaction)
        }
    }

    private func askBot(in conversation: ID<Conversation>) {
        guard !answersHere else { return turns.add(conversation) }
        store.announcer.bus.publish(Hint(subject: Subject.turns, number: conversation.rawValue, payload: []))
    }

    /// In a session under way the lock of the conversation is enough. The first word opens one, with all that follows from it.
    private func append(_ draft: Draft, to conversation: ID<Conversation>) async throws -> (Appended, Owner) {
        if draft.file == nil, let appended = try await store.database.append({ try goOn(draft, in: conversation, $0) }) {
            return appended
        }
        return try await store.database.write { transaction in
            if let appended = try goOn(draft, in: conversation, transaction) { return appended }
            _ = try open(store.conversation(conversation, in: transaction), in: transaction)
            return try goOn(draft, in: conversation, transaction)!
        }
    }

    /// Nil where no session is under way.
    private func goOn(
        _ draft: Draft, in conversation: ID<Conversation>, _ transaction: any Transaction
    ) throws -> (Appended, Owner)? {
        let numbered = try store.entries.nextNumber(
            of: conversation, waiting: .begins, where: "session_id IS NOT NULL", in: transaction)
        guard let numbered, let service = numbered.service else { return nil }
        try store.entries.write(draft, to: conversation, session: service.session, as: numbered, in: transaction)
        return (Appended(number: numbered.number, at: numbered.at), service.owner)
    }

    private func earlier(_ draft: Draft, in conversation: ID<Conversation>) async throws -> Appended {
        let found = try await store.database.read { try store.entries.earlier(draft, in: conversation, $0) }
        guard let found else { throw Refusal(.conflict, "message.client") }
        return found
    }

    /// Opens a session: with the bot, or where only people serve, with one of them or in the queue.
    private func open(_ conversation: Conversation, in transaction: any Transaction) throws -> Conversation.Service {
        let account = try accounts.account(conversation.account, in: transaction)
        let isOpen = try hours.duty(on: account, at: store.surroundings.now(), in: transaction).isOpen
        let mode = try account.mode(whileOpen: isOpen) {
            try dispatching.isAnybodyFree(for: account.teamId, in: conversation.workspace, transaction)
        }
        let service = try store.open(
            conversation.id, workspace: conversation.workspace, owner: .bot, team: account.teamId, in: transaction
        )
        guard !mode.hasBot else { return service }
        try handOff(conversation, service, reason: .peopleOnly, text: nil, in: transaction)
        return try store.conversation(conversation.id, in: transaction).service ?? service
    }

    /// Leaves the session to people, with a word to the customer.
    ///
    /// - Parameter filled: what a flow was told, where it is known already.
    func handOff(
        _ conversation: Conversation, _ service: Conversation.Service, reason: HandOffReason, text: String?,
        topic: String? = nil, filled: [String: String]? = nil, because grounds: Grounds = .notice,
        in transaction: any Transaction
    ) throws {
        if let text { try say(.botMessage(text), because: grounds, in: conversation.id, under: service, in: transaction) }
        var detail = Detail(reason: reason.rawValue)
        detail.topic = topic
        if reason != .peopleOnly {
            let slots = try filled ?? answering.filled(in: service.session, transaction)
            detail.summary = try HandOffSummary.of(service.session, in: conversation, slots: slots, transaction)
        }
        try store.appendEvent(
            .handedOff, by: .bot, detail, to: conversation.id, session: service.session, in: transaction
        )
        let owner = try dispatching.place(service, of: conversation, reason: reason.rawValue, excluding: nil, in: transaction)
        guard owner == .queue else { return }
        if reason == .urgent { try dispatching.hurry(service.session, workspace: conversation.workspace, in: transaction) }
        try callPeople(to: conversation, service.session, reason: reason, topic: topic, in: transaction)
    }

    /// For a customer who waits: the person on call is paged where it is urgent. Where nobody comes, an answer is promised.
    func callPeople(
        to conversation: Conversation, _ session: ID<Session>, reason: HandOffReason, topic: String?,
        in transaction: any Transaction
    ) throws {
        let isPaged = try reason == .urgent && page(conversation, session, topic: topic ?? "", in: transaction)
        if !isPaged { try promise(conversation, session, reason: reason, in: transaction) }
    }

    /// Appends what the bot says, with its grounds, if the bot still owns the session under this epoch; a stale word is refused.
    @discardableResult
    func say(
        _ draft: Draft, because grounds: Grounds = .notice, in conversation: ID<Conversation>,
        under service: Conversation.Service, in transaction: any Transaction
    ) throws -> Entry {
        let numbered = try store.entries.nextNumber(
            of: conversation, waiting: .ends,
            where: "session_id = \(service.session) AND owner_kind = 'bot' AND epoch = \(service.epoch)", in: transaction
        )
        guard let numbered else { throw Refusal(.conflict, "epoch.stale") }
        let entry = try store.entries.write(draft, to: conversation, session: service.session, as: numbered, in: transaction)
        try EvidenceStore().keep(grounds, of: entry, in: numbered.workspace, transaction)
        return entry
    }
}
