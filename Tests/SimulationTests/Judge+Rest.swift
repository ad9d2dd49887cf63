import Basics
import Conversations
import Organization

@testable import Routing
@testable import Store

extension Judge {
    /// Everything was done that could be: the whole database is counted once more.
    func rest() {
        do {
            let objections = try world.memory.transact(isUndone: true) { try self.objections($0) }.answer
            objections.forEach(object)
        } catch { object("the judge fails: \(error)") }
    }

    private func objections(_ transaction: any Transaction) throws -> [String] {
        let now = try Snapshot(transaction, at: world.scheduler.now)
        var objections = deliveries.rest(try DeliveryJudge.rows(transaction)) + leasesAtRest(now)
        if world.nodes.count(where: \.isUp) != world.weather.nodes { objections.append("a node has given up") }
        for node in world.nodes where node.isUp {
            objections += now.pairs(seenBy: node, clerks).sorted { $0.session < $1.session }.map {
                "at rest session \($0.session) waits while \($0.agent) is free"
            }
        }
        for clerk in world.clerks where world.weather.crashes == 0 && clerk.isLongGone(at: world.scheduler.elapsed) {
            if now.staff[clerk.staff.agent]?.serving != 0 { objections.append("\(clerk.staff.name) is gone and still serves") }
        }
        return try objections + Recount(transaction).objections + kept(transaction)
    }

    /// What was acknowledged is there, once; what was refused is not.
    private func kept(_ transaction: any Transaction) throws -> [String] {
        let rows = try transaction.rows("SELECT conversation_id, number, client, text FROM entry WHERE client IS NOT NULL")
        let said = try Dictionary(grouping: rows) {
            Said(conversation: try $0("conversation_id"), client: try $0("client"))
        }.mapValues { try $0.map { try $0("number", as: Int64.self) } }
        var objections = said.filter { $0.value.count > 1 }.map { "\($0.key.client) was written as \($0.value)" }
        for promise in promises where said[promise.said] != [promise.number] {
            let found = said[promise.said, default: []]
            objections.append("\(promise.said.client) was acknowledged as \(promise.number), and is \(found)")
        }
        objections += refusals.filter { said[$0] != nil }.map { "\($0.client) was refused, and is there" }
        return objections.sorted()
    }

    /// The order of events and everything that is left of them, as one number.
    func digest(after events: UInt64) throws -> UInt64 {
        var digest = Digest()
        digest.add(events)
        _ = try world.memory.transact(isUndone: true) { transaction in
            for query: SQL in [
                "SELECT conversation_id || ' ' || number || kind || author || at || COALESCE(text, '') FROM entry ORDER BY 1",
                "SELECT id || state || attempts FROM delivery ORDER BY 1",
                "SELECT id || kind || started_at || COALESCE(ended_at, 0) FROM assignment ORDER BY 1",
            ] {
                for row in try transaction.rows(query) { digest.add(String(sqlValue: row.values[0]) ?? "") }
            }
        }
        return digest.value
    }
}
