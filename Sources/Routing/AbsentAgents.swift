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
        Worker("routing.absent", .oneNode) {
            while true {
                try await conversations.surroundings.sleep(Self.interval)
                try await look()
            }
        }
    }

    func look() async throws {
        let now = conversations.surroundings.now()
        try await conversations.database.write { transaction in
            let desks = dispatcher.store.desks
            let (there, gone) = (try desks.there(in: transaction), try desks.gone(in: transaction))
            for workspace in try WorkspaceStore.workspaces(in: transaction) {
                for (conversation, agent) in try served(in: workspace.id, transaction) where !there.contains(agent) {
                    guard max(gone[agent] ?? desks.start, desks.start) < now - Self.patience else { continue }
                    try giveBack(conversation, in: transaction)
                }
                try dispatcher.drain(workspace.id, in: transaction)
            }
            try desks.forgetOld(before: now - .seconds(60 * 60), in: transaction)
        }
    }

    private func served(
        in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws -> [(ID<Conversation>, ID<Agent>)] {
        try transaction.rows(
            "SELECT id, owner_id FROM conversation WHERE workspace_id = \(workspace) AND owner_kind = 'agent' ORDER BY session_id"
        ).map { try ($0("id"), $0("owner_id")) }
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
