import Basics
import Channels
import Conversations
import Organization
import Store

struct NoSender: WebhookSender {
    func post(_ body: [UInt8], to url: String, headers: [String: String]) async throws -> Int { throw Refusal(.unavailable, "egress") }
}

struct Bot: Answering {
    func decide(_ turn: BotTurn) async throws -> BotDecision { .handOff(.unknown, text: "…") }
    func count(_ answered: Answered, in workspace: ID<Workspace>, _ transaction: any Transaction) throws {}
    func judge(_ source: ID<AnswerSource>, helpful: Bool, earlier: Bool?, in workspace: ID<Workspace>, _ transaction: any Transaction) throws {}
}
