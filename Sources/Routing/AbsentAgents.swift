import Basics
import Conversations
import Organization
import Store

/// Looks after what no event announces: an agent whose desk is gone for minutes gives back the conversations,
/// and the queue is drained once more in case an event was missed.
struct AbsentAgents: Sendable {
    let conversations: ConversationStore
    let dispatcher: Dispatcher

    private static let interval = Duration.seconds(5)
    /// Long enough for a reload or a dead spot, short enough for a customer.
    static let patience = Duration.seconds(180)

    var worker: Worker {
        Worker("routing.absent") {
            while true {
                try await Task.sleep(for: Self.interval)
                try await look()
            }
        }
    }

    func look() async throws {
        try await conversations.database.write { transaction in
            for workspace in try WorkspaceStore.workspaces(in: transaction) {
                for absent in try absent(in: workspace.id, transaction) { try giveBack(absent, in: transaction) }
                try dispatcher.drain(workspace.id, in: transaction)
            }
        }
    }

    private func absent(in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> [ID<Conversation>] {
        let limit = conversations.surroundings.now() - Self.patience
        let rows = try transaction.rows(
            "SELECT id, owner_id FROM conversation WHERE workspace_id = \(workspace) AND owner_kind = 'agent' ORDER BY session_id"
        )
        return try rows.compactMap { row in
            guard let gone = dispatcher.store.desks.goneSince(try row("owner_id")), gone < limit else { return nil }
            return try row("id")
        }
    }

    private func giveBack(_ conversation: ID<Conversation>, in transaction: any Transaction) throws {
        let found = try conversations.conversation(conversation, in: transaction)
        guard let service = found.service else { return }
        try conversations.appendEvent(
            .handedOff, by: .system, Detail(reason: "agent-gone"), to: conversation, session: service.session, in: transaction
        )
        _ = try dispatcher.place(service, of: found, reason: "agent-gone", excluding: nil, in: transaction)
    }
}
