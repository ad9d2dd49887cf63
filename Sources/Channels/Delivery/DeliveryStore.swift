import Basics
import Organization
import Store

/// The table `delivery`.
struct DeliveryStore: Sendable {
    private let table = Table<Delivery>("delivery")

    func insert(_ delivery: Delivery, in transaction: any Transaction) throws { try table.insert(delivery, in: transaction) }

    func update(_ delivery: Delivery, in transaction: any Transaction) throws { try table.update(delivery, in: transaction) }

    func delivery(_ id: ID<Delivery>, of workspace: ID<Workspace>, in transaction: any Transaction) throws -> Delivery? {
        try table.first("id = \(id) AND workspace_id = \(workspace)", in: transaction)
    }

    /// What is due, at most one of each conversation: never while another is under way or an earlier one waits.
    func claim(
        at now: Timestamp, limit: Int, except busy: [ID<ChannelAccount>], in transaction: any Transaction
    ) throws -> [Delivery] {
        let allowed: SQL = busy.isEmpty ? "" : "AND account_id NOT IN \(list: busy)"
        return try transaction.rows(
            """
            UPDATE delivery SET state = 'sending' WHERE id IN (
                SELECT id FROM delivery d
                WHERE state = 'waiting' AND due_at <= \(now) \(allowed) AND NOT EXISTS (
                    SELECT 1 FROM delivery o
                    WHERE o.account_id = d.account_id AND o.conversation_id = d.conversation_id
                    AND o.state IN ('waiting', 'sending') AND o.id <> d.id
                    AND ((o.number, o.id) < (d.number, d.id) OR o.state = 'sending')
                )
                ORDER BY due_at, id LIMIT \(limit)
            )
            RETURNING *
            """
        ).map(Table<Delivery>.decode).sorted { $0.id < $1.id }
    }

    /// What was under way when the process ended is sent again: at least once, with the same id.
    func releaseAll(except known: [ID<Delivery>] = [], in transaction: any Transaction) throws {
        let others: SQL = known.isEmpty ? "" : "AND id NOT IN \(list: known)"
        try transaction.run("UPDATE delivery SET state = 'waiting' WHERE state = 'sending' \(others)")
    }

    func nextDue(after now: Timestamp, in transaction: any Transaction) throws -> Timestamp? {
        try transaction.row("SELECT MIN(due_at) AS due FROM delivery WHERE state = 'waiting' AND due_at > \(now)")?.optional(
            "due")
    }

    func removeDone(before limit: Timestamp, in transaction: any Transaction) throws {
        try table.delete("state = 'done' AND created_at < \(limit)", in: transaction)
    }

    /// A page of the list, the newest first.
    func page(
        _ state: Delivery.State?, before cursor: ID<Delivery>?, limit: Int, of workspace: ID<Workspace>,
        in transaction: any Transaction
    ) throws -> [Delivery] {
        let states: SQL = if let state { "AND state = \(state)" } else { "" }
        let beyond: SQL = if let cursor { "AND id < \(cursor)" } else { "" }
        return try table.find(
            "workspace_id = \(workspace) \(states) \(beyond) ORDER BY id DESC LIMIT \(limit)", in: transaction
        )
    }
}
