import Basics
import Channels
import Conversations
import Knowledge
import Logging
import Organization
import Store

/// Answers that a model writes from published texts, for questions of which the matcher is not sure enough.
/// Whatever goes wrong, nothing is answered here and the bot goes on as without a model.
struct Grounding: Sendable {
    /// Sources that a model is given.
    static let mostSources = 4
    static let longestQuestion = 2_000
    static let longestAnswer = 1_500

    let model: LanguageModel
    private let logger = Logger(label: "model")

    init(model: LanguageModel) { self.model = model }

    /// An answer that may be sent on this account, or nil.
    func answer(_ turn: BotTurn, _ findings: Findings) async -> Answered? {
        do {
            guard let conversation = turn.conversation, let endpoint = try await model.endpoint(in: turn.workspace) else {
                return nil
            }
            let asker = try await asker(in: conversation, of: turn.workspace)
            guard endpoint.accounts.value.contains(asker.account) else { return nil }
            let sources = findings.candidates.prefix(Self.mostSources * 2).map { Source($0.entry) }
            let confidence = asker.trust.confidence(plausibility: findings.plausibility)
            // The best that it could say would not be sent.
            guard confidence >= turn.threshold, !sources.isEmpty else { return nil }
            guard let written = try await write(turn.text, names: asker.names, from: sources, endpoint) else { return nil }
            return answered(written, endpoint, plausibility: findings.plausibility, confidence: confidence)
        } catch {
            logger.info("no grounded answer", metadata: ["why": "\((error as? ModelFailure)?.code ?? "\(type(of: error))")"])
            return nil
        }
    }

    struct Written: Sendable {
        let text: String
        let sources: [Cited]
    }

    /// The answer with the sources it rests on; nil where the sources do not answer, or the check finds more than they say.
    /// All of it takes the endpoint's time limit at the most.
    func write(
        _ question: String, names: [String], from sources: [Source], _ endpoint: ModelEndpoint
    ) async throws -> Written? {
        let limit = Duration.milliseconds(endpoint.timeLimit)
        return try await withThrowingTaskGroup(of: Written?.self) { group in
            group.addTask { try await compose(question, names: names, from: sources, endpoint) }
            group.addTask {
                try await Task.sleep(for: limit)
                throw ModelFailure.timedOut
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }

    private func compose(
        _ question: String, names: [String], from sources: [Source], _ endpoint: ModelEndpoint
    ) async throws -> Written? {
        var redaction = Redaction(names: names)
        let asked = redaction.hide(String(question.prefix(Self.longestQuestion)))
        let chosen = await nearest(sources, to: asked, endpoint)
        let prompt = GroundedPrompt(sources: chosen, question: asked, tone: endpoint.tone)
        let said = try await model.chat(prompt.messages, with: endpoint, atMost: 600)
        guard !said.contains(GroundedPrompt.noAnswer), said.count <= Self.longestAnswer else { return nil }
        do throws(Support.Fault) {
            let texts = chosen.map { $0.cited.title + "\n" + $0.text.prefix(Source.longest) }
            let used = try Support.check(said, against: texts, tokens: redaction.hidden)
            return Written(
                text: redaction.restore(Claim.withoutCitations(said)), sources: used.map { chosen[$0 - 1].cited })
        } catch {
            logger.notice("an answer was not supported by its sources", metadata: ["fault": "\(error.kind)"])
            return nil
        }
    }

    /// The sources in the order of their nearness to the question, where an embedding model is there to tell; as they come otherwise.
    private func nearest(_ sources: [Source], to question: String, _ endpoint: ModelEndpoint) async -> [Source] {
        let texts = [question] + sources.map { $0.cited.title + "\n" + $0.text.prefix(500) }
        guard
            sources.count > Self.mostSources, let vectors = try? await model.embed(texts, with: endpoint)
        else { return Array(sources.prefix(Self.mostSources)) }
        let ranked = sources.enumerated().sorted {
            Self.cosine(vectors[0], vectors[$0.offset + 1]) > Self.cosine(vectors[0], vectors[$1.offset + 1])
        }
        return ranked.prefix(Self.mostSources).map(\.element)
    }

    private static func cosine(_ left: [Double], _ right: [Double]) -> Double {
        let product = zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
        let lengths = left.reduce(0) { $0 + $1 * $1 } * right.reduce(0) { $0 + $1 * $1 }
        return lengths > 0 ? product / lengths.squareRoot() : 0
    }

    private func answered(
        _ written: Written, _ endpoint: ModelEndpoint, plausibility: Double, confidence: Double
    ) -> Answered {
        var answered = Answered(
            entry: model.surroundings.makeID(), version: 1, title: written.sources.map(\.title).joined(separator: " · "),
            text: written.text, confidence: confidence)
        answered.byModel = ByModel(model: endpoint.fingerprint, sources: written.sources, plausibility: plausibility)
        return answered
    }

    struct Asker: Sendable {
        let account: ID<ChannelAccount>
        /// What the model must not learn.
        let names: [String]
        let trust: Trust
    }

    func asker(in conversation: ID<Conversation>, of workspace: ID<Workspace>) async throws -> Asker {
        try await model.database.read { transaction in
            let row = try transaction.row(
                """
                SELECT c.account_id, p.name, p.email, p.phone FROM conversation c JOIN contact p ON p.id = c.contact_id
                WHERE c.id = \(conversation) AND c.workspace_id = \(workspace)
                """
            )
            guard let row else { throw Refusal(.notFound, "conversation.unknown") }
            let names: [String?] = [try row.optional("name"), try row.optional("email"), try row.optional("phone")]
            return Asker(
                account: try row("account_id"), names: names.compactMap(\.self),
                trust: try GroundedAnswers.trust(in: workspace, transaction))
        }
    }
}

extension Source {
    init(_ entry: KnowledgeEntry) {
        self.init(Cited(entry: entry.id.description, version: entry.version, title: entry.title), text: entry.answer)
    }
}

extension Support.Fault {
    /// Without a word of the answer: logs are not the place for what customers are told.
    var kind: String {
        switch self {
        case .uncited: "uncited"
        case .unknownSource: "unknown source"
        case .figure: "figure"
        case .words: "words"
        case .polarity: "polarity"
        }
    }
}
