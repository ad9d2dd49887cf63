import Basics
import Channels
import Store

/// Watches the outbox: in order, one at a time, never again after it is done, done only when it was accepted, and moved by nobody
/// but the node that holds its lease.
struct DeliveryJudge {
    struct Row {
        let id: Int64
        let webhook: String
        let conversation: Int64
        let state: Delivery.State
        let attempts: Int
        /// The number of the entry that it brings.
        let entry: Int64
    }

    /// A node may send once what it has claimed.
    private struct Claim: Hashable {
        let delivery: Int64
        let node: Int64
    }

    private var before: [Int64: Delivery.State] = [:]
    private var done: Set<String> = []
    private var claims: Set<Claim> = []
    /// Who claimed it last. A node that lost its lease may still send what it had claimed: at least once, with the same id.
    private var claimers: [Int64: Int64] = [:]

    static func rows(_ transaction: any Transaction) throws -> [Row] {
        try transaction.rows(
            """
            SELECT id, webhook_id, conversation_id, state, attempts, payload ->> '$.data.entry.number' AS entry FROM delivery
            ORDER BY conversation_id, entry
            """
        ).map {
            try Row(
                id: $0("id"), webhook: $0("webhook_id"), conversation: $0("conversation_id"), state: $0("state"),
                attempts: $0("attempts"), entry: $0("entry"))
        }
    }

    /// - Parameter holder: the node that has the outbox now.
    mutating func look(at rows: [Row], accepted: Set<String>, by node: Int64?, holder: Int64?) -> [String] {
        var objections: [String] = []
        for row in rows {
            let isDone = row.state == .done
            if isDone, !accepted.contains(row.webhook) { objections.append("delivery \(row.id) is done, and nobody accepted it") }
            if !isDone, done.contains(row.webhook) { objections.append("delivery \(row.id) was done, and is \(row.state)") }
            if row.state == .dead { objections.append("delivery \(row.id) was given up after \(row.attempts)") }
            if isDone { done.insert(row.webhook) }
            objections += move(row, by: node, holder: holder)
        }
        for (conversation, under) in Dictionary(grouping: rows.filter { $0.state == .sending }, by: \.conversation)
        where under.count > 1 {
            objections.append("conversation \(conversation) has \(under.count) deliveries under way")
        }
        return objections
    }

    private mutating func move(_ row: Row, by node: Int64?, holder: Int64?) -> [String] {
        let was = before.updateValue(row.state, forKey: row.id)
        guard row.state != was ?? .waiting else { return [] }
        guard let node, node == holder else { return ["delivery \(row.id) is \(row.state) by a node that has not the outbox"] }
        if row.state == .sending {
            claims.insert(Claim(delivery: row.id, node: node))
            claimers[row.id] = node
        }
        return []
    }

    /// Once for each claim; and unless another has claimed it since, not after it is done, and not before what was said earlier.
    mutating func arrives(_ webhook: String, from node: Int64, _ rows: [Row]) -> String? {
        guard let row = rows.first(where: { $0.webhook == webhook }) else { return "\(webhook) is sent, and not in the outbox" }
        guard claims.remove(Claim(delivery: row.id, node: node)) != nil else { return "\(webhook) is sent without a claim" }
        guard claimers[row.id] == node, row.state != .waiting else { return nil }
        if done.contains(webhook) { return "\(webhook) is sent again after it was done" }
        let overtaken = rows.first { $0.conversation == row.conversation && $0.entry < row.entry && $0.state != .done }
        return overtaken.map { "entry \(row.entry) of conversation \(row.conversation) is sent before entry \($0.entry)" }
    }

    func rest(_ rows: [Row]) -> [String] {
        rows.filter { $0.state != .done }.map { "delivery \($0.id) is still \($0.state) after \($0.attempts) attempts" }
    }
}
