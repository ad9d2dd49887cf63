import Basics
import Bus
import Channels
import Logging
package import Organization
import Store
import Synchronization

/// Conversations in which it is the bot's turn; one turn at a time for each, many conversations at once.
final class BotTurns: Sendable {
    private struct State {
        /// Under way; true when more was said meanwhile.
        var turns: [ID<Conversation>: Bool] = [:]
    }

    private let state = Mutex(State())
    let arrivals: AsyncStream<ID<Conversation>>
    private let source: AsyncStream<ID<Conversation>>.Continuation

    init() { (arrivals, source) = AsyncStream.makeStream(of: ID<Conversation>.self) }

    func add(_ conversation: ID<Conversation>) {
        let isNew = state.withLock { state in
            defer { state.turns[conversation] = state.turns[conversation] != nil }
            return state.turns[conversation] == nil
        }
        if isNew { source.yield(conversation) }
    }

    /// Whether the turn is over; false when more was said meanwhile.
    func finish(_ conversation: ID<Conversation>) -> Bool {
        state.withLock { state in
            let isOver = state.turns[conversation] != true
            state.turns[conversation] = isOver ? nil : false
            return isOver
        }
    }
}

extension Reception {
    /// The bot's work, for as long as the process serves. What was asked before a crash is answered after it, here or by another
    /// node.
    package var botWorkers: [Worker] {
        [
            Worker("conversations.bot") {
                await withTaskGroup(of: Void.self) { group in
                    var running = 0
                    for await conversation in turns.arrivals {
                        if running < Self.mostTurns { running += 1 } else { await group.next() }
                        group.addTask {
                            repeat { await takeTurns(in: conversation) } while !turns.finish(conversation)
                        }
                    }
                }
            },
            Worker("conversations.unanswered", .oneNode) {
                let elsewhere = store.announcer.bus.subscribe(to: Subject.turns) { turns.add(ID(rawValue: $0.number)) }
                defer { elsewhere.cancel() }
                var asked = store.surroundings.now()
                while true {
                    for conversation in try await unanswered(askedBefore: asked) { turns.add(conversation) }
                    try await store.surroundings.sleep(.seconds(10))
                    asked = store.surroundings.now() - Self.longestTurn
                }
            },
        ]
    }

    /// At once. After a long pause thousands may wait for the bot; the desk's own questions must not wait behind all of them.
    private static let mostTurns = 100

    /// Whoever waits for longer is not being answered by anybody: two answers to one question are refused, but cost work.
    private static let longestTurn = Duration.seconds(60)

    /// Conversations in which the bot has not dealt with a question; `waiting_since` ends with the answer to an earlier one.
    /// As joins, PostgreSQL would read all that was ever said.
    private func unanswered(askedBefore limit: Timestamp) async throws -> [ID<Conversation>] {
        try await store.database.read { transaction in
            try transaction.rows(
                """
                SELECT c.id FROM conversation c WHERE c.owner_kind = 'bot' AND (
                    SELECT e.number FROM entry e WHERE e.conversation_id = c.id AND e.session_id = c.session_id
                    AND e.number > (SELECT s.bot_seen FROM session s WHERE s.id = c.session_id) AND e.at <= \(limit)
                    AND e.author = 'visitor' AND e.kind = 'message' LIMIT 1) IS NOT NULL
                """
            ).map { try $0("id") }
        }
    }

    /// Between the tries of a turn that fails.
    private static let pauses: [Duration] = [.milliseconds(500), .seconds(1), .seconds(2)]

    /// What fails again and again is left to people: nobody waits for a bot that cannot answer. Whoever is
    /// stopped leaves it to others.
    private func takeTurns(in conversation: ID<Conversation>) async {
        for pause in Self.pauses {
            if await isDone(conversation, { try await answerAll(in: conversation) }) { return }
            guard (try? await store.surroundings.sleep(pause)) != nil else { return }
        }
        if await isDone(conversation, { try await answerAll(in: conversation) }) || Task.isCancelled { return }
        _ = await isDone(conversation) { try await giveUp(conversation) }
    }

    private func isDone(_ conversation: ID<Conversation>, _ work: () async throws -> Void) async -> Bool {
        do {
            try await work()
            return true
        } catch {
            log.error("bot turn failed", metadata: ["conversation": "\(conversation)", "error": "\(error)"])
            return false
        }
    }

    private func answerAll(in conversation: ID<Conversation>) async throws {
        while !Task.isCancelled, let question = try await nextQuestion(in: conversation) { try await answer(question) }
    }

    private func giveUp(_ conversation: ID<Conversation>) async throws {
        try await store.database.write { transaction in
            let found = try store.conversation(conversation, in: transaction)
            guard
                let service = found.service, service.owner == .bot,
                hours.everHasPeople(try accounts.account(found.account, in: transaction))
            else { return }
            try handOff(found, service, reason: .unknown, text: nil, in: transaction)
        }
    }

    struct Question: Sendable {
        let conversation: Conversation
        let service: Conversation.Service
        let number: Int64
        let turn: BotTurn
    }

    private func nextQuestion(in conversation: ID<Conversation>) async throws -> Question? {
        try await store.database.read { transaction -> Question? in
            let found = try store.conversation(conversation, in: transaction)
            guard
                let service = found.service, service.owner == .bot,
                let session = try store.session(service.session, in: transaction),
                let row = try transaction.row(
                    """
                    SELECT e.*, NULL AS agent_name, NULL AS helpful FROM entry e
                    WHERE e.conversation_id = \(conversation) AND e.number > \(session.botSeen)
                        AND e.session_id = \(session.id) AND e.author = 'visitor' AND e.kind = 'message'
                    ORDER BY e.number LIMIT 1
                    """
                )
            else { return nil }
            let entry = try Entry(row)
            let account = try accounts.account(found.account, in: transaction)
            var turn = BotTurn(
                workspace: found.workspace, text: entry.text ?? "", locale: found.locale,
                choice: entry.choices?.first.flatMap { ID($0.entry) }, threshold: account.threshold,
                greeting: ["zh-CN": account.appearance.greeting.chinese, "en": account.appearance.greeting.english],
                earlierFailures: session.botMisses,
                mayHandOff: hours.everHasPeople(account),
                rules: try TakeoverRulesStore.rules(in: found.workspace, transaction)
            )
            (turn.conversation, turn.session, turn.epoch) = (found.id, service.session, service.epoch)
            turn.visitor = try transaction.value(
                "SELECT key FROM identity WHERE id = \(found.identity) AND is_verified = 1", as: String.self)
            turn.button = entry.choices?.first?.entry
            turn.number = entry.number
            turn.today = try hours.today(on: account, at: entry.at, in: transaction)
            return Question(conversation: found, service: service, number: entry.number, turn: turn)
        }
    }

    private func answer(_ question: Question) async throws {
        let conversation = question.conversation.id
        tellTyping(true, in: conversation)
        defer { tellTyping(false, in: conversation) }
        let considered = try await answering.consider(question.turn)
        do {
            try await store.database.write { transaction in try carryOut(considered, for: question, in: transaction) }
        } catch let refusal as Refusal where refusal.code == "epoch.stale" {
            // A person took over while the bot was thinking, or another node answered: its word is not wanted any more.
        }
    }

    private func tellTyping(_ on: Bool, in conversation: ID<Conversation>) {
        store.announcer.send(Typing(conversation: nil, by: .bot, on: on, text: nil), to: .visitor, of: conversation)
    }

    private func carryOut(_ considered: Considered, for question: Question, in transaction: any Transaction) throws {
        let (conversation, service) = (question.conversation, question.service)
        let decision = considered.decision
        let grounds = Grounds(considered, question.turn, question: question.number)
        // Answering the same question twice is made impossible by the sender's id, whatever happens in between.
        let client = "bot-\(question.number)"
        switch decision {
        case .answer(let answered):
            var answer = Answer(
                entry: answered.entry.description, version: answered.version, title: answered.title,
                confidence: answered.confidence
            )
            answer.sources = answered.byModel?.sources
            try say(
                .botMessage(answered.text, client: client, answer: answer), because: grounds, in: conversation.id, under: service,
                in: transaction)
            try answering.count(answered, in: conversation.workspace, transaction)
        case .offer(let text, let choices):
            let choices = choices.map { Choice(entry: $0.entry.description, text: $0.text) }
            try say(
                .botMessage(text, client: client, choices: choices), because: grounds, in: conversation.id, under: service,
                in: transaction)
        case .smallTalk(let text), .unanswered(let text):
            try say(.botMessage(text, client: client), because: grounds, in: conversation.id, under: service, in: transaction)
        case .approve(let answered, let topic, let text):
            try holdBack(
                answered, topic: topic, text: text, client: client, because: grounds, for: question, in: transaction)
        case .flow(let decided):
            try carryOut(decided, client: client, because: grounds, conversation, service, in: transaction)
        case .handOff(let reason, let text):
            try handOff(conversation, service, reason: reason, text: text, because: grounds, in: transaction)
        case .page(let topic, let text):
            try handOff(
                conversation, service, reason: .urgent, text: text, topic: topic, because: grounds, in: transaction)
        }
        try answering.keep(decision, of: question.turn, transaction)
        let misses = decision.isUnanswered ? question.turn.earlierFailures + 1 : 0
        let dealtWith = try transaction.run(
            """
            UPDATE session SET bot_seen = \(question.number), bot_misses = \(misses)
            WHERE id = \(service.session) AND bot_seen < \(question.number)
            """
        )
        // Another node's bot was quicker: what was written here is undone with the transaction.
        guard dealtWith == 1 else { throw Refusal(.conflict, "epoch.stale") }
    }

    private func carryOut(
        _ decided: FlowDecision, client: String, because grounds: Grounds, _ conversation: Conversation,
        _ service: Conversation.Service, in transaction: any Transaction
    ) throws {
        let choices = decided.buttons.map { Choice(entry: $0.id, text: $0.text) }
        var draft = Draft.botMessage(
            decided.text, client: client, answer: decided.isAnswer ? decided.evidence.map(Answer.init) : nil,
            choices: choices.isEmpty ? nil : choices)
        draft.parts = decided.parts
        try say(draft, because: grounds, in: conversation.id, under: service, in: transaction)
        if let evidence = decided.evidence { try answering.count(evidence, in: conversation.workspace, transaction) }
        guard decided.handsOff else { return }
        if let note = decided.note {
            let draft = try Draft.note(by: .bot, client: nil, text: String(note.prefix(Entry.longestText)))
            try say(draft, in: conversation.id, under: service, in: transaction)
        }
        try handOff(conversation, service, reason: .unknown, text: nil, filled: decided.keeps, in: transaction)
    }
}
