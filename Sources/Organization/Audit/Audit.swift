package import Basics
package import Store

/// The audit log: append-only, numbered without gaps, each line chained to the one before.
package struct Audit: Sendable {
    let surroundings: Surroundings

    /// Writes down what is being done, in the transaction that does it: both happen or neither.
    /// Gives the number of the line.
    @discardableResult
    package func record(_ event: AuditEvent, by actor: Actor, in transaction: any Transaction) throws -> Int64 {
        var head = try AuditStore.advance(actor.workspace, in: transaction)
        let entry = AuditEntry(head.number, after: head.hash, at: surroundings.now(), event: event, by: actor)
        try AuditStore.table.insert(entry, in: transaction)
        head.hash = entry.hash
        try AuditStore.heads.update(head, in: transaction)
        return entry.number
    }

    /// One line of a workspace's log, as it is kept.
    package func entry(_ number: Int64, of workspace: ID<Workspace>, in transaction: any Transaction) throws -> AuditEntry? {
        try AuditStore.table.first("workspace_id = \(workspace) AND number = \(number)", in: transaction)
    }

    /// All lines of one action, the oldest first.
    package func entries(
        of action: String, in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws -> [AuditEntry] {
        try AuditStore.table.find("workspace_id = \(workspace) AND action = \(action) ORDER BY number", in: transaction)
    }
}
