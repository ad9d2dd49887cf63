package import Basics
package import Conversations
package import Knowledge
package import Organization
package import Store
import Synchronization

/// What the bot does when it is its turn: rules first, then what it has learnt.
package struct Dialogue: Answering {
    /// After so many tries in a row without an answer a person takes over.
    package static let mostFailures = 2
    private static let mostChoices = 3
    /// Choices that are hardly ever meant are not shown.
    private static let leastShare = 0.02

    let database: any Database
    let surroundings: Surroundings
    let knowledge: KnowledgeStore
    let understanding: Understanding
    package let flows: Flows
    /// Where a language model is there to write answers.
    var grounding: Grounding?

    package func decide(_ turn: BotTurn) async throws -> BotDecision { try await consider(turn).decision }

    package func consider(_ turn: BotTurn) async throws -> Considered {
        var notes = Deliberation()
        let decision = try await decide(turn, &notes)
        if case .flow(let decided) = decision { (notes.rule, notes.flow) = (.flow, decided.version) }
        return Considered(decision, notes)
    }

    private func decide(_ turn: BotTurn, _ notes: inout Deliberation) async throws -> BotDecision {
        let language = Language.detect(turn.text) ?? Language(locale: turn.locale) ?? .english
        var phrases = Phrases(language: language, variant: turn.earlierFailures + turn.text.unicodeScalars.count)
        // A tap is no wish of the customer's own words.
        if turn.choice == nil, turn.button == nil, let decision = decideAtOnce(turn, phrases, &notes) { return decision }
        let aside = Aside()
        if let decision = try await flows.goOn(turn, elsewhere: { [phrases] in try await elsewhere($0, phrases, aside) }) {
            if let findings = aside.findings { notes.take(findings) }
            return decision
        }
        if let choice = turn.choice { return held(try await answer(choice, turn, &notes), turn, phrases) }
        if let talk = SmallTalk(turn.text) {
            return .smallTalk(text: phrases.smallTalk(talk, greeting: turn.greeting(in: language)))
        }
        let speaker = Language(locale: turn.locale)
        let findings = try await findings(for: turn.text, language, speaker: speaker, in: turn.workspace)
        notes.take(findings)
        // Chinese typed in letters is found out only now.
        phrases.language = findings.candidates.first?.entry.language ?? language
        if findings.band(threshold: turn.threshold) == .answer, let best = findings.candidates.first,
            let decision = try await flows.begin(best.entry, confidence: findings.confidence, turn)
        {
            return held(decision, turn, phrases)
        }
        if findings.band(threshold: turn.threshold) != .answer, let grounded = await grounding?.answer(turn, findings) {
            notes.rule = .grounded
            return held(.answer(grounded), turn, phrases)
        }
        return held(decide(turn, findings, phrases, &notes), turn, phrases)
    }

    /// What goes before everything else: urgent and forbidden topics, a wish for a person, anger.
    private func decideAtOnce(_ turn: BotTurn, _ phrases: Phrases, _ notes: inout Deliberation) -> BotDecision? {
        if let topic = turn.rules.topic(of: turn.text, .urgent, .forbidden), let decision = Self.decide(topic, turn, phrases) {
            notes.rule = topic.kind == .urgent ? .urgent : .forbidden
            return decision
        }
        if HumanRequest.isMade(in: turn.text) {
            return turn.mayHandOff ? .handOff(.asked, text: phrases.asked) : .unanswered(text: phrases.nobodyToAsk)
        }
        if let anger = Anger.heard(in: turn.text) {
            notes.rule = anger == .complaint ? .complaint : .anger
            let text = turn.mayHandOff ? phrases.sorry : phrases.sorryAlone
            return turn.mayHandOff ? .handOff(anger.reason, text: text) : .unanswered(text: text)
        }
        return nil
    }

    /// What cannot wait, and what the bot never answers whatever it knows.
    private static func decide(_ topic: Topic, _ turn: BotTurn, _ phrases: Phrases) -> BotDecision? {
        let own = topic.reply.map { phrases.language == .chinese ? $0.chinese : $0.english }.flatMap { $0.isEmpty ? nil : $0 }
        switch (topic.kind, turn.mayHandOff) {
        case (.urgent, true): return .page(topic: topic.name, text: own ?? phrases.urgent)
        case (.urgent, false): return .unanswered(text: own ?? phrases.nobodyToAsk)
        case (.forbidden, true): return .handOff(.forbidden, text: own ?? phrases.forbidden)
        case (.forbidden, false): return .unanswered(text: own ?? phrases.forbiddenAlone)
        case (.approval, _): return nil
        }
    }

    /// An answer about a topic that needs a person's approval does not leave by itself. What a flow will say nobody can approve
    /// beforehand: it is not begun.
    private func held(_ decision: BotDecision, _ turn: BotTurn, _ phrases: Phrases) -> BotDecision {
        guard let topic = turn.rules.topic(of: turn.text, .approval) else { return decision }
        let own = topic.reply.map { phrases.language == .chinese ? $0.chinese : $0.english }.flatMap { $0.isEmpty ? nil : $0 }
        switch (decision, turn.mayHandOff) {
        case (.answer(let answered), true): return .approve(answered, topic: topic.name, text: own ?? phrases.checking)
        case (.flow, true): return .handOff(.approval, text: own ?? phrases.forbidden)
        case (.answer, false), (.flow, false): return .unanswered(text: phrases.forbiddenAlone)
        default: return decision
        }
    }

    private func decide(
        _ turn: BotTurn, _ findings: Findings, _ phrases: Phrases, _ notes: inout Deliberation
    ) -> BotDecision {
        let hasTriesLeft = turn.earlierFailures + 1 < Self.mostFailures || !turn.mayHandOff
        switch findings.band(threshold: turn.threshold) {
        case .answer:
            return .answer(Answered(findings.candidates[0].entry, confidence: findings.confidence))
        case .offer where hasTriesLeft:
            return .offer(text: phrases.offer(mayHandOff: turn.mayHandOff), choices: Self.choices(findings))
        case .offer, .handOff:
            notes.rule = hasTriesLeft ? .unsure : .exhausted
            return turn.mayHandOff ? .handOff(.unknown, text: phrases.unknown) : .unanswered(text: phrases.unknownAlone)
        }
    }

    /// The customer tapped an entry: that is the answer, if it still holds.
    private func answer(
        _ choice: ID<AnswerSource>, _ turn: BotTurn, _ notes: inout Deliberation
    ) async throws -> BotDecision {
        let (id, now) = (ID<KnowledgeEntry>(rawValue: choice.rawValue), surroundings.now())
        let entry = try await database.read { try knowledge.entries([id], in: turn.workspace, $0).first }
        (notes.rule, notes.likeliest, notes.at) = (.chosen, choice, now)
        guard let entry, entry.isEffective(at: now) else {
            notes.rule = .gone
            let language = Language.detect(turn.text) ?? Language(locale: turn.locale) ?? .english
            return .unanswered(text: Phrases(language: language, variant: 0).gone)
        }
        if let decision = try await flows.begin(entry, confidence: 1, turn) { return decision }
        return .answer(Answered(entry, confidence: 1))
    }

    /// What is said in the middle of a flow and has nothing to do with it.
    private func elsewhere(_ turn: BotTurn, _ phrases: Phrases, _ aside: Aside) async throws -> Flows.Elsewise? {
        if let choice = turn.choice, let entry = try await effective(choice, in: turn.workspace) {
            return self.aside(entry, confidence: 1, turn, phrases)
        }
        if let talk = SmallTalk(turn.text), talk != .agreement, talk != .wordless {
            return .words(phrases.smallTalk(talk, greeting: nil))
        }
        let (language, speaker) = (phrases.language, Language(locale: turn.locale))
        let findings = try await findings(for: turn.text, language, speaker: speaker, in: turn.workspace)
        guard findings.band(threshold: turn.threshold) == .answer, let best = findings.candidates.first else { return nil }
        aside.found(findings)
        return self.aside(best.entry, confidence: findings.confidence, turn, phrases)
    }

    /// What waits for a person's approval is not said beside a flow either; the flow waits meanwhile.
    private func aside(_ entry: KnowledgeEntry, confidence: Double, _ turn: BotTurn, _ phrases: Phrases) -> Flows.Elsewise {
        let decision = held(.answer(Answered(entry, confidence: confidence)), turn, phrases)
        if case .answer = decision { return .entry(entry, confidence: confidence) }
        return .instead(decision)
    }

    private func effective(_ choice: ID<AnswerSource>, in workspace: ID<Workspace>) async throws -> KnowledgeEntry? {
        let id = ID<KnowledgeEntry>(rawValue: choice.rawValue)
        let entry = try await database.read { try knowledge.entries([id], in: workspace, $0).first }
        return entry.flatMap { $0.isEffective(at: surroundings.now()) ? $0 : nil }
    }

    /// What was learnt, as it stands in the database at this moment: nothing withdrawn or expired is ever answered.
    package func findings(
        for question: String, _ language: Language, speaker: Language?, in workspace: ID<Workspace>,
        waitingAtMost limit: Duration? = nil
    ) async throws -> Findings {
        let learnt = try await learnt(in: workspace, waitingAtMost: limit)
        let now = surroundings.now()
        var findings = learnt.findings(for: question, language, speaker: speaker, at: now)
        let ids = findings.candidates.map(\.entry.id)
        let (entries, revision) = try await database.read { transaction in
            (try knowledge.entries(ids, in: workspace, transaction), try knowledge.revision(in: workspace, transaction))
        }
        if revision > learnt.revision { understanding.learn(workspace, revision: revision) }
        let valid = Dictionary(uniqueKeysWithValues: entries.filter { $0.isEffective(at: now) }.map { ($0.id, $0) })
        findings.candidates = findings.candidates.compactMap { candidate in
            valid[candidate.entry.id].map {
                Findings.Candidate(entry: $0, confidence: candidate.confidence, score: candidate.score)
            }
        }
        return findings
    }

    private func learnt(in workspace: ID<Workspace>, waitingAtMost limit: Duration?) async throws -> Learnt {
        guard let limit else { return try await understanding.current(in: workspace) }
        let revision = try await database.read { try knowledge.revision(in: workspace, $0) }
        return try await understanding.learnt(in: workspace, revision: revision, within: limit)
    }

    private static func choices(_ findings: Findings) -> [Offered] {
        findings.candidates.prefix(mostChoices)
            .filter { $0.confidence >= leastShare * findings.confidence }
            .map { Offered(entry: ID(rawValue: $0.entry.id.rawValue), text: $0.entry.title) }
    }
}

extension Deliberation {
    /// Notes what was found, whatever is made of it.
    fileprivate mutating func take(_ findings: Findings) {
        let best = findings.candidates.first
        likeliest = best.map { ID(rawValue: $0.entry.id.rawValue) }
        (score, confidence, plausibility) = (best?.score, best?.confidence, findings.plausibility)
        (model, at) = (findings.model, findings.at)
        (language, speaker) = (findings.language?.rawValue, findings.speaker?.rawValue)
    }
}

/// What was found in the middle of a flow, for the evidence.
private final class Aside: Sendable {
    private let kept = Mutex<Findings?>(nil)

    var findings: Findings? { kept.withLock { $0 } }

    func found(_ findings: Findings) { kept.withLock { $0 = findings } }
}

// Counting

extension Dialogue {
    package func count(_ answered: Answered, in workspace: ID<Workspace>, _ transaction: any Transaction) throws {
        guard let written = answered.byModel else {
            return try knowledge.countHit(of: ID(rawValue: answered.entry.rawValue), in: workspace, transaction)
        }
        let evidence = GroundedAnswer(
            id: answered.entry, workspaceId: workspace, model: written.model, sources: AsJSON(written.sources),
            plausibility: written.plausibility, confidence: answered.confidence, createdAt: surroundings.now())
        try GroundedAnswers.table.insert(evidence, in: transaction)
        for source in written.sources {
            if let id = ID<KnowledgeEntry>(source.entry) { try knowledge.countHit(of: id, in: workspace, transaction) }
        }
    }

    package func keep(_ decision: BotDecision, of turn: BotTurn, _ transaction: any Transaction) throws {
        if case .flow(let decided) = decision { try flows.keep(decided, of: turn, transaction) }
        try flows.countTaken(turn, transaction)
    }

    package func filled(in session: ID<Session>, _ transaction: any Transaction) throws -> [String: String] {
        try flows.store.values(in: session, transaction)
    }

    package func judge(
        _ source: ID<AnswerSource>, helpful: Bool, earlier: Bool?, in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws {
        if try GroundedAnswers.judge(source, helpful: helpful, in: workspace, transaction) { return }
        try knowledge.judge(ID(rawValue: source.rawValue), helpful: helpful, earlier: earlier, in: workspace, transaction)
    }
}

extension Answered {
    init(_ entry: KnowledgeEntry, confidence: Double) {
        self.init(
            entry: ID(rawValue: entry.id.rawValue), version: entry.version, title: entry.title, text: entry.answer,
            confidence: confidence
        )
    }
}

extension Anger {
    fileprivate var reason: HandOffReason {
        switch self {
        case .anger: .angry
        case .complaint: .complaint
        }
    }
}

extension BotTurn {
    fileprivate func greeting(in language: Language) -> String? {
        greeting[language.rawValue].flatMap { $0.isEmpty ? nil : $0 }
    }
}
