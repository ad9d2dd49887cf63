import Basics
import Channels
import Organization
import Store
import Web

/// What the staff does with a conversation. Everything an agent may see is checked here, in the transaction that acts.
package struct Serving: Sendable {
    let store: ConversationStore
    let inbox: Inbox
    let dispatching: any Dispatching

    package init(store: ConversationStore, dispatching: any Dispatching) {
        (self.store, self.dispatching) = (store, dispatching)
        inbox = Inbox(store: store, dispatching: dispatching)
    }

    /// Appends an agent's reply. Only the agent who owns the session may speak; `epoch`, where given, must still hold.
    func reply(_ draft: Draft, in conversation: ID<Conversation>, by staff: Staff, epoch: Int64?) async throws -> Appended {
        try await once(draft, in: conversation, isAppend: draft.file == nil) { transaction in
            let held: SQL = epoch.map { "AND epoch = \($0)" } ?? ""
            let numbered = try store.entries.nextNumber(
                of: conversation, waiting: .ends,
                where: "workspace_id = \(staff.workspace) AND owner_kind = 'agent' AND owner_id = \(staff.agent) \(held)",
                in: transaction
            )
            guard let numbered, let service = numbered.service else {
                throw try whyNot(conversation, staff, in: transaction)
            }
            return try store.entries.write(draft, to: conversation, session: service.session, as: numbered, in: transaction)
        }
    }

    /// Appends a note that only the staff sees, to the session under way or the last one.
    func note(_ draft: Draft, in conversation: ID<Conversation>, by staff: Staff) async throws -> Appended {
        try await once(draft, in: conversation) { transaction in
            let row = try visibleRow(conversation, to: staff, in: transaction)
            let numbered = try store.entries.nextNumber(of: conversation, waiting: .goesOn, in: transaction)!
            return try store.entries.write(draft, to: conversation, session: row.session, as: numbered, in: transaction)
        }
    }

    /// Takes the session over from the bot or the queue; from a colleague only with the right to see everything.
    func takeOver(_ conversation: ID<Conversation>, by staff: Staff) async throws {
        try await store.database.write { transaction in
            _ = try visibleRow(conversation, to: staff, in: transaction)
            let (found, service) = try open(conversation, in: transaction)
            guard service.owner != .agent(staff.agent) else { return }
            let taker = try dispatching.checkPlace(for: staff.agent, in: staff.workspace, isOwnWish: true, transaction)
            try dispatching.withdraw(service.session, workspace: found.workspace, in: transaction)
            let detail = Detail(
                agent: .init(id: taker.id.description, name: taker.name), from: try name(of: service.owner, in: transaction))
            try store.appendEvent(
                .takenOver, by: author(staff), detail, to: conversation, session: service.session, in: transaction)
            try store.change(
                conversation, session: service.session, to: .agent(staff.agent), team: service.team, workspace: found.workspace,
                reason: "taken-over", in: transaction
            )
            try dispatching.drain(found.workspace, in: transaction)
        }
    }

    /// Hands the session to a colleague, or to a team where somebody free takes it or it waits.
    func transfer(_ conversation: ID<Conversation>, to target: Target, reason: String, by staff: Staff) async throws {
        guard reason.count <= 500 else { throw Refusal(.invalid, "transfer.reason") }
        try await store.database.write { transaction in
            let (found, service) = try owned(conversation, by: staff, in: transaction)
            switch target {
            case .agent(let agent):
                guard service.owner != .agent(agent) else { throw Refusal(.conflict, "transfer.same") }
                let colleague = try dispatching.checkPlace(for: agent, in: found.workspace, isOwnWish: false, transaction)
                let detail = Detail(reason: reason, agent: .init(id: agent.description, name: colleague.name))
                try store.appendEvent(
                    .transferred, by: author(staff), detail, to: conversation, session: service.session, in: transaction)
                try dispatching.withdraw(service.session, workspace: found.workspace, in: transaction)
                try store.change(
                    conversation, session: service.session, to: .agent(agent), team: service.team, workspace: found.workspace,
                    reason: reason, in: transaction
                )
            case .team(let team):
                let name = try transaction.value(
                    "SELECT name FROM team WHERE id = \(team) AND workspace_id = \(found.workspace)", as: String.self)
                guard let name else { throw Refusal(.notFound, "team.unknown") }
                let detail = Detail(reason: reason, team: .init(id: team.description, name: name))
                try store.appendEvent(
                    .transferred, by: author(staff), detail, to: conversation, session: service.session, in: transaction)
                try dispatching.withdraw(service.session, workspace: found.workspace, in: transaction)
                let moved = Conversation.Service(session: service.session, owner: service.owner, team: team, epoch: service.epoch)
                _ = try dispatching.place(moved, of: found, reason: reason, excluding: service.owner.agent, in: transaction)
            }
            try dispatching.drain(found.workspace, in: transaction)
        }
    }

    /// Ends the session, with what it was about.
    func close(_ conversation: ID<Conversation>, category: String?, note: String?, by staff: Staff) async throws {
        guard (category?.count ?? 0) <= 100, (note?.count ?? 0) <= 2_000 else { throw Refusal(.invalid, "closure.too-long") }
        try await store.database.write { transaction in
            let (found, service) = try owned(conversation, by: staff, in: transaction)
            try dispatching.withdraw(service.session, workspace: found.workspace, in: transaction)
            try store.close(found, service: service, by: author(staff), category: category, note: note, in: transaction)
            try dispatching.drain(found.workspace, in: transaction)
        }
    }

    /// Everything the desk shows of a conversation.
    func open(_ conversation: ID<Conversation>, for staff: Staff) async throws -> Opened {
        try await store.database.read { transaction in
            let row = try visibleRow(conversation, to: staff, in: transaction)
            return try Opened(row, found: store.conversation(conversation, in: transaction), store: store, in: transaction)
        }
    }

    enum Target: Sendable {
        case agent(ID<Agent>)
        case team(ID<Team>)
    }
}

extension Serving {
    func author(_ staff: Staff) -> Author { Author(.agent, id: staff.agent.description, name: staff.name) }

    /// Refuses as if the conversation did not exist where this agent may not look into it.
    func visibleRow(_ conversation: ID<Conversation>, to staff: Staff, in transaction: any Transaction) throws -> Inbox.Row {
        let isReadable =
            try transaction.row(
                "SELECT 1 FROM conversation c WHERE c.id = \(conversation) AND c.workspace_id = \(staff.workspace) AND \(Reach(staff).readableCondition)"
            ) != nil
        guard isReadable, let row = try inbox.row(of: conversation, in: transaction) else {
            throw Refusal(.notFound, "conversation.unknown")
        }
        return row
    }

    private func open(
        _ conversation: ID<Conversation>, in transaction: any Transaction
    ) throws -> (Conversation, Conversation.Service) {
        let found = try store.conversation(conversation, in: transaction)
        guard let service = found.service else { throw Refusal(.conflict, "session.closed") }
        return (found, service)
    }

    /// The session, when it is this agent's own or the agent may act for everyone.
    private func owned(
        _ conversation: ID<Conversation>, by staff: Staff, in transaction: any Transaction
    ) throws -> (Conversation, Conversation.Service) {
        _ = try visibleRow(conversation, to: staff, in: transaction)
        let (found, service) = try open(conversation, in: transaction)
        guard service.owner == .agent(staff.agent) || staff.may("conversation.see-all") else {
            throw Refusal(.conflict, "conversation.not-yours")
        }
        return (found, service)
    }

    private func whyNot(_ conversation: ID<Conversation>, _ staff: Staff, in transaction: any Transaction) throws -> Refusal {
        _ = try visibleRow(conversation, to: staff, in: transaction)
        let (_, service) = try open(conversation, in: transaction)
        return Refusal(.conflict, service.owner == .agent(staff.agent) ? "epoch.stale" : "conversation.not-yours")
    }

    private func name(of owner: Owner, in transaction: any Transaction) throws -> Detail.Named? {
        guard let agent = owner.agent else { return Detail.Named(id: "", name: owner.kind) }
        let name = try transaction.value("SELECT name FROM agent WHERE id = \(agent)", as: String.self)
        return name.map { Detail.Named(id: agent.description, name: $0) }
    }

    /// Appends, or finds what the same sender's id appended before: also where the sender may not append any more,
    /// because the answer to the first try can be lost and the session change hands in between.
    private func once(
        _ draft: Draft, in conversation: ID<Conversation>, isAppend: Bool = false,
        _ work: @escaping @Sendable (any Transaction) throws -> Entry
    ) async throws -> Appended {
        do {
            let entry = isAppend ? try await store.database.append(work) : try await store.database.write(work)
            return Appended(number: entry.number, at: entry.at)
        } catch StoreError.unique {
            guard let found = try await earlier(draft, in: conversation) else { throw Refusal(.conflict, "message.client") }
            return found
        } catch let refusal as Refusal {
            guard let found = try await earlier(draft, in: conversation) else { throw refusal }
            return found
        }
    }

    private func earlier(_ draft: Draft, in conversation: ID<Conversation>) async throws -> Appended? {
        try await store.database.read { try store.entries.earlier(draft, in: conversation, $0) }
    }
}
