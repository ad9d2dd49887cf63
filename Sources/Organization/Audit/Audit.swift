import Basics
package import Store

/// The audit log: append-only, numbered without gaps, each line chained to the one before.
package struct Audit: Sendable {
    let surroundings: Surroundings

    /// Writes down what is being done, in the transaction that does it: both happen or neither.
    package func record(_ event: AuditEvent, by actor: Actor, in transaction: any Transaction) throws {
        var head = try AuditStore.advance(actor.workspace, in: transaction)
        let entry = AuditEntry(head.number, after: head.hash, at: surroundings.now(), event: event, by: actor)
        try AuditStore.table.insert(entry, in: transaction)
        head.hash = entry.hash
        try AuditStore.heads.update(head, in: transaction)
    }
}
