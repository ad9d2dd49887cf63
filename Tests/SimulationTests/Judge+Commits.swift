import Basics
import Conversations
import Organization

@testable import Routing
@testable import Store

extension Judge {
    func look(by node: SimulatedNode?) throws {
        let (snapshot, objections) = try world.memory.transact(isUndone: true) { transaction in
            let snapshot = try Snapshot(transaction, at: world.scheduler.now)
            return (
                snapshot,
                try entriesAndEpochs(snapshot, transaction) + owners(snapshot, transaction)
                    + deliveries.look(
                        at: DeliveryJudge.rows(transaction), accepted: world.receiver.accepted, by: node?.nodes.own,
                        holder: snapshot.leases["channels.deliveries"]?.node)
            )
        }.answer
        objections.forEach(object)
        load(snapshot)
        leases(snapshot)
        if let node {
            waiting(snapshot, seenBy: node)
            given(snapshot, by: node)
        }
        before = snapshot
    }

    /// Every new entry has the next number, and was written by who had the word.
    private func entriesAndEpochs(_ now: Snapshot, _ transaction: any Transaction) throws -> [String] {
        var objections: [String] = []
        for (id, thread) in now.threads.sorted(by: { $0.key < $1.key }) {
            let earlier = before.threads[id]
            guard thread != earlier else { continue }
            world.scheduler.note("conversation \(id) is \(thread)")
            let isMoved = (thread.session, thread.owner, thread.agent) != (earlier?.session, earlier?.owner, earlier?.agent)
            let epoch = earlier?.epoch ?? 0
            if thread.epoch < epoch || isMoved && earlier != nil && thread.epoch == epoch {
                objections.append("conversation \(id) changed hands at epoch \(epoch) → \(thread.epoch)")
            }
            let rows = try transaction.rows(
                """
                SELECT number, session_id, kind, author, author_id, client FROM entry
                WHERE conversation_id = \(id) AND number > \(earlier?.last ?? 0) ORDER BY number
                """)
            let new = try rows.map(NewEntry.init)
            if new.map(\.number) != Array((earlier?.last ?? 0) + 1..<thread.last + 1) {
                objections.append(
                    "conversation \(id) has \(new.map(\.number)) after \(earlier?.last ?? 0), and says \(thread.last)")
            }
            entries += new.count
            objections += new.compactMap { $0.objection(before: earlier, after: thread, in: id) }
        }
        return objections
    }

    /// Exactly one owner of each session under way, and a place in the queue for those it owns.
    private func owners(_ now: Snapshot, _ transaction: any Transaction) throws -> [String] {
        let live = now.threads.filter { $0.value.owner != nil }
        var objections: [String] = []
        let queued = Set(live.values.filter { $0.owner == "queue" }.compactMap(\.session))
        let places = now.queue.map(\.sessionId.rawValue)
        if Set(places) != queued { objections.append("the queue holds \(places.sorted()), and owns \(queued.sorted())") }
        for entry in now.queue where live[entry.conversationId.rawValue]?.team != entry.teamId?.rawValue {
            objections.append("session \(entry.sessionId) waits for another team than it belongs to")
        }
        let open = try transaction.rows("SELECT id, conversation_id FROM session WHERE closed_at IS NULL")
        let sessions = try Dictionary(grouping: open) { try $0("conversation_id", as: Int64.self) }
            .mapValues { try $0.map { try $0("id", as: Int64.self) } }
        if sessions != live.mapValues({ [$0.session].compactMap { $0 } }) {
            objections.append("open sessions \(sessions) where conversations have \(live.mapValues(\.session))")
        }
        return objections + assignments(now, live)
    }

    private func assignments(_ now: Snapshot, _ live: [Int64: Snapshot.Thread]) -> [String] {
        var objections: [String] = []
        for (id, thread) in live.sorted(by: { $0.key < $1.key }) {
            let held = now.assignments[thread.session!, default: []]
            if held.count != 1 || held[0].kind != thread.owner || held[0].agent != thread.agent {
                objections.append(
                    "conversation \(id) is \(thread.owner!)'s \(thread.agent?.description ?? ""), assigned to \(held)")
            }
        }
        if now.assignments.count != live.count { objections.append("an assignment of a closed session goes on") }
        return objections
    }

    /// Nobody is given more than they take; a capacity that was lowered takes nothing away.
    private func load(_ now: Snapshot) {
        for (agent, member) in now.staff where member.serving > member.capacity {
            expect(
                member.serving <= before.staff[agent]?.serving ?? 0,
                "agent \(agent) was given conversation \(member.serving) of \(member.capacity)")
        }
    }

    /// A commit that makes room, or a wish, leaves nobody waiting for whom it made it.
    private func waiting(_ now: Snapshot, seenBy node: SimulatedNode) {
        let pairs = now.pairs(seenBy: node, clerks)
        guard !pairs.isEmpty else { return }
        let earlier = before.pairs(seenBy: node, clerks)
        let waited = Set(before.queue.map(\.sessionId))
        for pair in pairs.subtracting(earlier).sorted(by: { ($0.session, $0.agent) < ($1.session, $1.agent) }) {
            guard let was = before.staff[pair.agent], let member = now.staff[pair.agent] else { continue }
            expect(waited.contains(pair.session), "session \(pair.session) was queued while \(pair.agent) was free")
            expect(
                member.serving >= was.serving && (was.presence == .online || member.presence != .online),
                "session \(pair.session) waits on while \(pair.agent) has become free")
        }
    }
}
