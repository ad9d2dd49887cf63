package import Basics
package import Conversations
package import Organization
package import Store
import Synchronization

/// A bot that decides as the test says, and remembers what it was told. Until told otherwise it makes small talk.
package final class ScriptedBot: Answering {
    package typealias Decide = @Sendable (BotTurn) async throws -> BotDecision

    private struct State {
        var decide: Decide = { _ in .smallTalk(text: "Hello!") }
        var turns: [BotTurn] = []
        var judged: [(helpful: Bool, earlier: Bool?)] = []
        var counted: [Answered] = []
    }

    private let state = Mutex(State())

    package init() {}

    package func decides(_ decide: @escaping Decide) { state.withLock { $0.decide = decide } }

    package var turns: [BotTurn] { state.withLock { $0.turns } }
    package var counted: [Answered] { state.withLock { $0.counted } }
    package var judged: [(helpful: Bool, earlier: Bool?)] { state.withLock { $0.judged } }

    package func decide(_ turn: BotTurn) async throws -> BotDecision {
        let decide = state.withLock { state in
            state.turns.append(turn)
            return state.decide
        }
        return try await decide(turn)
    }

    package func count(_ answered: Answered, in workspace: ID<Workspace>, _ transaction: any Transaction) throws {
        state.withLock { $0.counted.append(answered) }
    }

    package func judge(
        _ source: ID<AnswerSource>, helpful: Bool, earlier: Bool?, in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws {
        state.withLock { $0.judged.append((helpful, earlier)) }
    }
}

extension Answered {
    /// What the knowledge says of returns.
    package static let returns = Answered(
        entry: ID(rawValue: 77), version: 3, title: "Returns", text: "Thirty days.", confidence: 0.93)
}
