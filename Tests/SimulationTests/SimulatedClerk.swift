import Basics
import Conversations
import HTTPTypes
import Organization
import Support
import Web

/// An agent at work: comes and goes, is connected to one node, answers what is there, takes, passes on and closes.
final class SimulatedClerk: @unchecked Sendable {
    let staff: Staff
    private unowned let world: Simulation
    private let number: Int
    private var said = 0
    private var seen: [Inbox.Row] = []
    /// The node that the desk is connected to.
    private(set) var node: SimulatedNode?
    /// When the desk was last seen.
    private(set) var goneSince: Int64? = 0
    private var scheduler: Scheduler { world.scheduler }

    init(_ staff: Staff, number: Int, in world: Simulation) { (self.staff, self.number, self.world) = (staff, number, world) }

    var isAtDesk: Bool { node?.isUp == true }

    /// Longer than the nodes wait for a reload, even when they noticed late that the desk is gone.
    func isLongGone(at elapsed: Int64) -> Bool { goneSince.map { elapsed - $0 > 250_000 } ?? false }

    func work() async {
        await Doing.$name.withValue("agent \(number)") {
            while !world.isOver {
                await scheduler.idle(0...(scheduler.happens(200) ? 20_000 : 5_000))
                guard isAtDesk else {
                    await comeBack()
                    continue
                }
                do { try await act() } catch { scheduler.note("fails: \((error as? Refusal)?.code ?? "\(error)")") }
            }
        }
    }

    private func act() async throws {
        switch scheduler.number(in: 0...19) {
        case 0: await standUp()
        case 1...2: try await choose(scheduler.happens(700) ? .online : .busy)
        case 3: try await changeCapacity()
        case 4...6: try await take()
        default: try await serve()
        }
    }

    private func ask(_ method: HTTPRequest.Method, _ path: String, _ json: String = "{}") async throws -> TestAnswer {
        guard let node else { throw CancellationError() }
        return try await node.ask(method, path, json, as: staff)
    }
}

// MARK: Conversations

extension SimulatedClerk {
    private func rows(_ list: String) async throws -> [Inbox.Row] {
        try await ask(.get, "/api/conversations?list=\(list)&limit=20").read(Inbox.Page.self).rows
    }

    /// One of those served now, or what a tab left open still shows.
    private func row() async throws -> Inbox.Row? {
        if let row = scheduler.happens(250) ? scheduler.one(of: seen) : nil { return row }
        let rows = try await rows("mine")
        seen = rows + seen.prefix(4)
        return scheduler.one(of: rows)
    }

    private func serve() async throws {
        guard let row = try await row() else { return }
        // Reading takes its time, and meanwhile the session may have changed hands.
        await scheduler.idle(0...(scheduler.happens(200) ? 15_000 : 500))
        let path = "/api/conversations/\(row.conversation)"
        switch scheduler.number(in: 0...9) {
        case 0...5: await reply(to: row)
        case 6...7: try await close(row, path)
        case 8:
            _ = try await ask(
                .post, path + "/transfers", #"{"team":"\#(scheduler.one(of: world.company.teams)!)","reason":"team"}"#)
        default:
            let colleague = scheduler.one(of: world.clerks)!.staff.agent
            _ = try await ask(.post, path + "/transfers", #"{"agent":"\#(colleague)","reason":"direct"}"#)
        }
    }

    /// Under the epoch that the desk saw, and again under the same id when no answer comes.
    private func reply(to row: Inbox.Row) async {
        said += 1
        let client = "a\(number)-\(said)-e\(row.epoch)"
        var isCertain = true
        for _ in 0..<scheduler.number(in: 1...8) {
            do {
                let answer = try await ask(
                    .post, "/api/conversations/\(row.conversation)/entries",
                    #"{"client":"\#(client)","text":"\#(client)","epoch":\#(row.epoch)}"#)
                let number = try answer.read(Appended.self).number
                scheduler.note("says \(client): number \(number)")
                return world.judge.acknowledged(client, number, in: row.conversation)
            } catch let refusal as Refusal {
                scheduler.note("\(client) is refused: \(refusal.code)")
                if isCertain { world.judge.refused(client, in: row.conversation) }
                return
            } catch {
                scheduler.note("\(client) is not acknowledged: \(error)")
                isCertain = false
                await scheduler.idle(100...3_000)
            }
        }
    }

    private func close(_ row: Inbox.Row, _ path: String) async throws {
        _ = try await ask(.post, path + "/closure", #"{"category":null,"note":null}"#)
        scheduler.note("closes \(row.session)")
        world.judge.closed(row.session, since: row.epoch)
    }

    private func take() async throws {
        guard let row = scheduler.one(of: try await rows(scheduler.one(of: ["queue", "bot", "all"])!)) else { return }
        await scheduler.idle(0...2_000)
        _ = try await ask(.post, "/api/conversations/\(row.conversation)/takeover")
        scheduler.note("takes \(row.conversation)")
    }

    private func choose(_ presence: Presence) async throws {
        _ = try await ask(.put, "/api/me/presence", #"{"presence":"\#(presence.rawValue)"}"#)
        scheduler.note("is \(presence)")
    }

    /// The owner decides how many conversations somebody serves at once.
    private func changeCapacity() async throws {
        guard staff.role == .owner, let clerk = scheduler.one(of: world.clerks)?.staff else { return }
        let (name, role, capacity) = (clerk.name, clerk.role.rawValue, scheduler.number(in: 1...3))
        let change = #"{"name":"\#(name)","role":"\#(role)","capacity":\#(capacity),"isActive":true}"#
        _ = try await ask(.put, "/api/agents/\(clerk.agent)", change)
    }
}

// MARK: Coming and going

extension SimulatedClerk {
    private func comeBack() async {
        guard node == nil else { return await lose() }
        await scheduler.idle(0...10_000)
        await sitDown()
        // A new desk says at once that its agent takes conversations.
        if scheduler.happens(800) { try? await choose(.online) }
    }

    private func sitDown() async {
        let node = await world.anyNode()
        scheduler.note("sits down at node \(node.number)")
        (self.node, goneSince) = (node, nil)
        try? await node.deskChanged(of: staff, isConnected: true)
    }

    private func standUp() async {
        scheduler.note("stands up")
        await lose()
        guard scheduler.happens(300) else { return }
        let left = max(world.weather.end - Int(scheduler.elapsed), 0)
        await scheduler.idle(min(60_000, left)...min(300_000, left))
    }

    /// The connection ends; the node, if it is still there, notices.
    private func lose() async {
        if isAtDesk { try? await node?.deskChanged(of: staff, isConnected: false) }
        (node, goneSince) = (nil, scheduler.elapsed)
    }

    /// Who has lost the desk stays away.
    func settle() {
        if !isAtDesk, goneSince == nil { (node, goneSince) = (nil, scheduler.elapsed) }
    }
}
