import Basics
import Organization
import Store

/// An answer of the bot that waits until a colleague has looked at it.
struct Approval: Codable, Hashable, Sendable {
    /// What became of it.
    enum State: String, Codable, Hashable, Sendable, CaseIterable, SQLConvertible {
        case pending, approved, edited, rejected
        /// Nobody decided in time, or a person had taken over.
        case lapsed
    }

    static let table = Table<Approval>("approval")

    let id: ID<Approval>
    let workspaceId: ID<Workspace>
    let conversationId: ID<Conversation>
    let sessionId: ID<Session>
    /// The ownership epoch under which it was found: under another it is not said.
    let epoch: Int64
    let topic: String
    let question: String
    let text: String
    let answer: AsJSON<Answer>
    /// Why the bot found it.
    let grounds: AsJSON<Grounds>
    let since: Timestamp
    let dueAt: Timestamp
    var state: State
    var decidedBy: ID<Agent>?
    var decidedAt: Timestamp?

    /// Whether the bot still has the word under which it found the answer.
    func stillHolds(in conversation: Conversation) -> Bool {
        state == .pending && conversation.service?.session == sessionId && conversation.service?.owner == .bot
            && conversation.service?.epoch == epoch
    }
}

extension Reception {
    /// Keeps an answer until it is approved, and tells the customer so.
    func holdBack(
        _ answered: Answered, topic: String, text: String, client: String, because grounds: Grounds, for question: Question,
        in transaction: any Transaction
    ) throws {
        let (conversation, service, now) = (question.conversation, question.service, store.surroundings.now())
        try say(.botMessage(text, client: client), because: grounds, in: conversation.id, under: service, in: transaction)
        let rules = try TakeoverRulesStore.rules(in: conversation.workspace, transaction)
        let approval = Approval(
            id: store.surroundings.makeID(), workspaceId: conversation.workspace, conversationId: conversation.id,
            sessionId: service.session, epoch: service.epoch, topic: topic, question: question.turn.text, text: answered.text,
            answer: AsJSON(Answer(answered)), grounds: AsJSON(grounds), since: now,
            dueAt: now + .seconds(60 * rules.approveWithin), state: .pending
        )
        try Approval.table.insert(approval, in: transaction)
        store.announcer.announceCases(of: conversation.workspace, after: transaction)
    }

    /// Carries out what a colleague decided. Returns false when it came too late; then the answer has lapsed.
    func decide(
        _ id: ID<Approval>, _ decision: Approval.State, text: String?, by staff: Staff, in transaction: any Transaction
    ) throws -> Bool {
        guard var approval = try Approval.table.first("id = \(id) AND workspace_id = \(staff.workspace)", in: transaction) else {
            throw Refusal(.notFound, "approval.unknown")
        }
        guard approval.state == .pending else { throw Refusal(.conflict, "approval.decided") }
        let found = try store.conversation(approval.conversationId, in: transaction)
        let holds = approval.stillHolds(in: found)
        approval.state = holds ? decision : .lapsed
        (approval.decidedBy, approval.decidedAt) = (staff.agent, store.surroundings.now())
        try Approval.table.update(approval, in: transaction)
        store.announcer.announceCases(of: approval.workspaceId, after: transaction)
        guard holds, let service = found.service else { return false }
        guard decision != .rejected else {
            try handOff(found, service, reason: .approval, text: nil, topic: approval.topic, in: transaction)
            return true
        }
        var draft = Draft.botMessage(text ?? approval.text, client: "approved-\(id)", answer: approval.answer.value)
        draft.detail = Detail(agent: .init(id: staff.agent.description, name: staff.name))
        var grounds = approval.grounds.value
        grounds.rule = decision == .edited ? .edited : .approved
        try say(draft, because: grounds, in: found.id, under: service, in: transaction)
        try answering.count(Answered(approval), in: approval.workspaceId, transaction)
        return true
    }

    /// Nobody decided in time: a person takes over.
    func lapse(_ approval: Approval, in transaction: any Transaction) throws {
        var approval = approval
        approval.state = .lapsed
        try Approval.table.update(approval, in: transaction)
        store.announcer.announceCases(of: approval.workspaceId, after: transaction)
        let found = try store.conversation(approval.conversationId, in: transaction)
        guard let service = found.service, service.session == approval.sessionId, service.owner == .bot else { return }
        guard service.epoch == approval.epoch else { return }
        try handOff(found, service, reason: .approval, text: nil, topic: approval.topic, in: transaction)
    }
}

extension Answer {
    init(_ answered: Answered) {
        self.init(
            entry: answered.entry.description, version: answered.version, title: answered.title, confidence: answered.confidence,
            sources: answered.byModel?.sources)
    }
}

extension Answered {
    fileprivate init(_ approval: Approval) {
        let (answer, grounds) = (approval.answer.value, approval.grounds.value)
        self.init(
            entry: ID(answer.entry) ?? ID(rawValue: 0), version: answer.version, title: answer.title, text: approval.text,
            confidence: answer.confidence)
        byModel = answer.sources.map {
            ByModel(model: grounds.writer ?? "", sources: $0, plausibility: grounds.plausibility ?? 0)
        }
    }
}
