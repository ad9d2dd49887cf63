import Basics
import Conversations
import Knowledge
import Organization
import Store

/// Flows as the bot's dialogue uses them: begun by an entry, gone on with, left for a moment and come back to.
package struct Flows: Sendable {
    let database: any Database
    let surroundings: Surroundings
    package let store: FlowStore
    let connectors: Connectors?

    /// Asked in the middle of a flow what the rest of the bot knows: nil where it is not sure.
    typealias Elsewhere = @Sendable (BotTurn) async throws -> Elsewise?

    /// What the rest of the bot would say.
    enum Elsewise: Sendable {
        case entry(KnowledgeEntry, confidence: Double)
        case words(String)
        /// Something else happens in this turn, and the flow waits.
        case instead(BotDecision)
    }

    /// The flow that an entry stands for, from its beginning; nil where the entry is an answer.
    func begin(_ entry: KnowledgeEntry, confidence: Double, _ turn: BotTurn) async throws -> BotDecision? {
        try await begin(entry, confidence: confidence, turn, leaving: [])
    }

    private func begin(
        _ entry: KnowledgeEntry, confidence: Double, _ turn: BotTurn, leaving parents: [FlowRun]
    ) async throws -> BotDecision? {
        let found = try await database.read { transaction -> (Flow, Outline)? in
            guard let flow = try store.flow(of: entry.id, in: turn.workspace, transaction), let version = flow.publishedVersion,
                let outline = try store.outline(of: flow.id, version, transaction)
            else { return nil }
            return (flow, outline)
        }
        guard let (flow, outline) = found else { return nil }
        var run = FlowRun(flow.id, version: flow.publishedVersion ?? 1)
        run.parents = parents
        var play = try await play(outline, run, turn)
        // What was said with the wish is not asked for again; a title that was tapped holds nothing.
        if turn.choice == nil { play.overhear(turn.text) }
        let end = await play.goOn()
        return try await decided(play, end, turn, evidence: Answered(entry, confidence: confidence))
    }

    /// The next turn of the flow under way; nil where there is none.
    func goOn(_ turn: BotTurn, elsewhere: Elsewhere) async throws -> BotDecision? {
        let found = try await database.read { transaction -> (FlowRun, Outline)? in
            guard let run = try store.run(of: turn, transaction),
                let outline = try store.outline(of: run.flow, run.version, transaction)
            else { return nil }
            return (run, outline)
        }
        guard let (run, outline) = found else { return nil }
        var play = try await play(outline, run, turn)
        if FlowRemark.isLeaving(turn.text), !outline.isConfirming(run) {
            var decision = FlowDecision(text: play.phrases.flowLeft, state: nil, keeps: [:])
            decision.version = FlowVersion(flow: run.flow.description, version: run.version)
            return .flow(decision)
        }
        let isQuestion = turn.choice == nil && Self.looksLikeQuestion(turn.text)
        let asksForWords = outline.asksForWords(run)
        if !(asksForWords && isQuestion) || turn.choice != nil, play.hear(turn.text) {
            let end = await play.goOn()
            return try await decided(play, end, turn)
        }
        switch try await elsewhere(turn) {
        case .entry(let entry, let confidence):
            if let other = try await begin(entry, confidence: confidence, turn, leaving: deeper(run)) { return other }
            let end = await play.goBack(after: entry.answer)
            return try await decided(play, end, turn, evidence: Answered(entry, confidence: confidence), isAnswer: true)
        case .words(let words):
            let end = await play.goBack(after: words)
            return try await decided(play, end, turn)
        case .instead(let decision): return decision
        case nil:
            if asksForWords, play.hear(turn.text) {
                let end = await play.goOn()
                return try await decided(play, end, turn)
            }
            let end = await play.askAgain()
            return try await decided(play, end, turn)
        }
    }

    private func deeper(_ run: FlowRun) -> [FlowRun] {
        var left = run
        left.parents = []
        return Array((run.parents + [left]).suffix(FlowRun.deepest))
    }

    private static let asking = Pattern(
        anyCase:
            "[?？]|^(?:怎么|什么|为什么|多少|多久|几|哪|能不能|可不可以|是不是|有没有|请问)|(?:吗|呢|么)[。.]?$|^(?:how|what|when|where|why|which|who|can|could|do|does|is|are)\\b"
    )

    private static func looksLikeQuestion(_ text: String) -> Bool { asking.occurs(in: text.trimmingSpaces) }

    // Deciding

    func play(_ outline: Outline, _ run: FlowRun, _ turn: BotTurn) async throws -> FlowPlay {
        let earlier = try await database.read { try store.earlier(in: turn, $0) }
        let language = Language.detect(outline.title + outline.questions.map(\.text).joined()) ?? .english
        let phrases = Phrases(language: language, variant: 0)
        return FlowPlay(outline, run, phrases: phrases, today: turn.today ?? today, earlier: earlier) {
            call, run, line, changes in
            guard let connectors else { return .failed("no connectors") }
            let once = "\(turn.conversation?.description ?? "trial")-\(turn.number ?? 0)-\(run.flow)-\(line)"
            return await connectors.ask(
                call.connector, run.lookedUp, for: LookUpCaller(visitor: turn.visitor, once: once), changes: changes,
                in: turn.workspace)
        }
    }

    /// Where no channel says otherwise.
    var today: Day { Day(at: surroundings.now()) }

    private func decided(
        _ play: FlowPlay, _ end: FlowPlay.End, _ turn: BotTurn, evidence: Answered? = nil, isAnswer: Bool = false
    )
        async throws -> BotDecision
    {
        let (run, speech) = (play.run, play.speech)
        var decision = FlowDecision(text: speech.text, state: run, keeps: run.values)
        decision.buttons = speech.buttons
        decision.version = FlowVersion(flow: run.flow.description, version: run.version)
        decision.suggested = speech.trace.filter { $0.what == "suggest" }.map(\.detail)
        (decision.evidence, decision.isAnswer, decision.parts) = (evidence, isAnswer, speech.parts)
        switch end {
        case .waiting: return .flow(decision)
        case .over, .unheard:
            guard let parent = run.parents.last else {
                decision.state = nil
                if decision.text.isEmpty {
                    decision.text = run.declined.isEmpty ? play.phrases.flowLeft : play.phrases.flowDeclined
                }
                return .flow(decision)
            }
            return try await back(to: parent, decision, run, turn)
        case .handOff:
            decision.state = nil
            decision.note = note(of: run, play.outline)
            if decision.text.isEmpty {
                let isLookUp = speech.trace.contains { $0.what == "failed" }
                decision.text =
                    turn.mayHandOff ? (isLookUp ? play.phrases.lookUpFailed : play.phrases.unknown) : play.phrases.unknownAlone
            }
            decision.handsOff = turn.mayHandOff
            return .flow(decision)
        }
    }

    /// The flow that was left goes on where it stood.
    private func back(to parent: FlowRun, _ decision: FlowDecision, _ run: FlowRun, _ turn: BotTurn) async throws -> BotDecision {
        var (left, decision) = (parent, decision)
        left.parents = Array(run.parents.dropLast())
        guard let outline = try await database.read({ try store.outline(of: parent.flow, parent.version, $0) }) else {
            decision.state = nil
            return .flow(decision)
        }
        var play = try await play(outline, left, turn)
        let end = await play.goBack(after: decision.text)
        return try await decided(play, end, turn, evidence: decision.evidence)
    }

    /// What was learnt so far, for whoever takes over.
    private func note(of run: FlowRun, _ outline: Outline) -> String {
        let values = outline.questions.compactMap { question in
            run.values[question.name].flatMap { $0.isEmpty ? nil : "\(question.name): \($0)" }
        }
        let found = run.found.sorted { $0.key < $1.key }.flatMap { name, fields in
            fields.sorted { $0.key < $1.key }.map { "\(name).\($0.key): \($0.value)" }
        }
        return ([outline.title] + values + found).joined(separator: "\n")
    }
}

extension FlowRun {
    /// Values and what was found, for the next connector: `order`, `parcel.number`.
    var lookedUp: [String: String] {
        found.reduce(into: values) { all, result in
            for (field, value) in result.value { all["\(result.key).\(field)"] = value }
        }
    }
}

extension Outline {
    func isConfirming(_ run: FlowRun) -> Bool { if case .confirm = next(run) { true } else { false } }

    func asksForWords(_ run: FlowRun) -> Bool {
        if case .ask(_, let question) = next(run) { question.type == .text && question.choices.isEmpty } else { false }
    }
}

extension FlowDecision {
    fileprivate init(text: String, state: FlowRun?, keeps: [String: String]) {
        self.init(text: text)
        (run, self.keeps) = (state.map { AsJSON($0) }.map { $0.text }, keeps)
    }

    fileprivate var state: FlowRun? {
        get { run.flatMap { AsJSON<FlowRun>(sqlValue: .text($0))?.value } }
        set { run = newValue.map { AsJSON($0).text } }
    }
}

extension AsJSON {
    fileprivate var text: String { if case .text(let text) = sqlValue { text } else { "" } }
}

// In the transaction that says it

extension Flows {
    func keep(_ decision: FlowDecision, of turn: BotTurn, _ transaction: any Transaction) throws {
        let run = decision.run.flatMap { AsJSON<FlowRun>(sqlValue: .text($0))?.value }
        try store.keep(run, of: turn, transaction)
        try store.remember(decision.keeps, of: turn, transaction)
        guard !decision.suggested.isEmpty, let flow = decision.buttons.compactMap({ Self.flow(in: $0.id) }).last else { return }
        for asks in decision.suggested {
            try store.count(shown: 1, taken: 0, asks: asks, of: flow, in: turn.workspace, transaction)
        }
    }

    /// A suggestion that was tapped.
    func countTaken(_ turn: BotTurn, _ transaction: any Transaction) throws {
        guard let button = turn.button, let flow = Self.flow(in: button),
            try store.suggestions(of: flow, transaction).contains(where: { $0.asks == turn.text })
        else { return }
        try store.count(shown: 0, taken: 1, asks: turn.text, of: flow, in: turn.workspace, transaction)
    }

    /// `flow-12-3-7-0`: the flow, its version, the line, and the how-manieth button.
    private static func flow(in button: String) -> ID<Flow>? {
        let parts = button.split(separator: "-")
        return parts.count == 5 && parts[0] == "flow" ? ID(String(parts[1])) : nil
    }
}
