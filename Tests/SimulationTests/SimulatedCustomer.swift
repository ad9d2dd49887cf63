import Basics
import Channels
import Conversations
import HTTPTypes
import Store
import Support
import Web

/// Somebody who writes, asks for a person, leaves and comes back; what is not acknowledged is sent again under the same id.
final class SimulatedCustomer: @unchecked Sendable {
    /// By which way they come in.
    enum Way: Sendable {
        case visitor(Visitor)
        /// Through their company's own system.
        case inbound(Inbound)
    }

    private unowned let world: Simulation
    private let way: Way
    private let number: Int
    private var said = 0
    private var scheduler: Scheduler { world.scheduler }

    init(_ way: Way, number: Int, in world: Simulation) { (self.way, self.number, self.world) = (way, number, world) }

    func live() async {
        await Doing.$name.withValue("customer \(number)") {
            for _ in 0..<scheduler.number(in: 2...7) {
                await scheduler.idle(0...(scheduler.happens(300) ? 45_000 : 4_000))
                guard !world.isOver else { return }
                await act()
            }
        }
    }

    private func act() async {
        switch (scheduler.number(in: 0...9), way) {
        case (7, .visitor(let visitor)): await insist("handoff", by: visitor)
        case (8, .visitor(let visitor)): await insist("closure", by: visitor)
        case (0, _): await sayTwice()
        default: await say(nextWords())
        }
    }

    private func nextWords() -> String {
        said += 1
        return "c\(number)-\(said)"
    }

    /// Both tries of an impatient client arrive, perhaps at two nodes.
    private func sayTwice() async {
        let words = nextWords()
        async let first: Void = say(words)
        async let second: Void = say(words)
        _ = await (first, second)
    }

    private func say(_ client: String) async {
        for _ in 0..<30 {
            do {
                let answer = try await send(client, through: await world.anyNode())
                scheduler.note("said \(client): number \(answer.number)")
                return world.judge.acknowledged(client, answer.number, in: answer.conversation)
            } catch let refusal as Refusal {
                return world.judge.object("\(client) was refused: \(refusal.code)")
            } catch {
                scheduler.note("\(client) is not acknowledged: \(error)")
                await scheduler.idle(100...3_000)
            }
        }
    }

    private func send(
        _ client: String, through node: SimulatedNode
    ) async throws -> (conversation: ID<Conversation>, number: Int64) {
        switch way {
        case .visitor(let visitor):
            let answer = try await node.ask(
                .post, "/api/visit/entries", #"{"client":"\#(client)","text":"\#(client)"}"#, as: visitor)
            return (ID(rawValue: visitor.conversation), try answer.read(Appended.self).number)
        case .inbound(let system):
            let message = #"{"id":"\#(client)","from":{"id":"user-\#(number)"},"text":"\#(client)"}"#
            let answer = try await node.ask(.post, "/api/inbound/messages", message, as: system)
            return (ID(answer["conversation"]!)!, Int64(answer["number"]!)!)
        }
    }

    /// Asks for a person, or leaves, until it is acknowledged.
    private func insist(_ wish: String, by visitor: Visitor) async {
        for _ in 0..<30 {
            do {
                let node = await world.anyNode()
                _ = try await node.ask(.post, "/api/visit/\(wish)", as: visitor)
                return scheduler.note("\(wish) is done")
            } catch let refusal as Refusal {
                return scheduler.note("\(wish) is refused: \(refusal.code)")
            } catch {
                await scheduler.idle(100...3_000)
            }
        }
    }
}
