package import Basics
package import Conversations
import Knowledge
import Organization
package import Store

/// Looks a message of the bot's over: whether its grounds are as they were written, and whether they come out the same again.
package struct Rederivation: Sendable {
    private let database: any Database
    private let seals: Seals
    private let evidence = EvidenceStore()
    private let history = KnowledgeHistory()

    package init(database: any Database, seals: Seals) { (self.database, self.seals) = (database, seals) }

    /// - Throws: `message.unknown` where there is no such message, `message.not-the-bots` where somebody else wrote it,
    ///   `message.no-evidence` where it is older than the evidence that is kept.
    package func explain(_ number: Int64, in conversation: ID<Conversation>) async throws -> Explained {
        let kept = try await kept(number, conversation)
        var explained = try await explained(kept)
        guard let grounds = explained.grounds else { return explained }
        explained.model = try await rederived(grounds, question: explained.question, in: kept.link.workspaceId)
        return explained
    }

    private typealias Kept = (link: EvidenceLink, previous: String, words: String)

    private func kept(_ number: Int64, _ conversation: ID<Conversation>) async throws -> Kept {
        try await database.read { transaction in
            guard let words = try evidence.words(of: number, in: conversation, transaction) else {
                throw Refusal(.notFound, "message.unknown")
            }
            guard words.author == .bot else { throw Refusal(.invalid, "message.not-the-bots") }
            guard let found = try evidence.evidence(of: number, in: conversation, transaction) else {
                throw Refusal(.notFound, "message.no-evidence")
            }
            return (found.evidence, found.previous, words.text)
        }
    }

    private func explained(_ kept: Kept) async throws -> Explained {
        let (link, grounds) = (kept.link, kept.link.read)
        var explained = Explained(link, grounds, said: kept.words)
        explained.isLinked = link.follows(kept.previous)
        if let seal = link.seal { explained.isSealed = try await seals.holds(seal, in: link.workspaceId) }
        explained.saidIsSame = grounds?.said == Grounds.digest(kept.words)
        guard let question = grounds?.question else { return explained }
        explained.question = try await database.read { try evidence.words(of: question, in: link.conversationId, $0)?.text }
        explained.askedIsSame = explained.question.map { grounds?.asked == Grounds.digest($0) }
        return explained
    }

    /// Learns again what was published then, and asks the same question again.
    private func rederived(_ grounds: Grounds, question: String?, in workspace: ID<Workspace>) async throws -> Explained.Model {
        guard let model = grounds.model, let at = grounds.knownAt else { return .noneTookPart }
        let (entries, synonyms) = try await database.read { transaction in
            (
                try history.published(at: model.revision, in: workspace, transaction),
                try history.synonyms(at: model.revision, in: workspace, transaction)
            )
        }
        guard let entries else { return .historyMissing(revision: model.revision) }
        let learnt = Learnt(entries, synonyms: synonyms, revision: model.revision)
        var again = Explained.Again(digest: learnt.digest, entries: entries.count)
        if let question, let language = Language(rawValue: grounds.language ?? "") {
            let speaker = grounds.speaker.flatMap { Language(rawValue: $0) }
            let findings = learnt.findings(for: question, language, speaker: speaker, at: at)
            let found = findings.candidates.first { $0.entry.id.description == grounds.likeliest }
            (again.score, again.confidence, again.plausibility) = (found?.score, found?.confidence, findings.plausibility)
            again.title = found?.entry.title
        }
        return .again(again)
    }
}

/// What became of looking a message over.
package struct Explained: Sendable {
    /// The model that is learnt again.
    package enum Model: Sendable {
        /// A rule decided alone.
        case noneTookPart
        /// Which knowledge was published at this revision was not kept.
        case historyMissing(revision: Int)
        case again(Again)
    }

    /// What comes out when everything is done again.
    package struct Again: Sendable {
        package let digest: ModelDigest
        /// How many entries were published.
        package let entries: Int
        package var title: String?
        package var score: Double?
        package var confidence: Double?
        package var plausibility: Double?
    }

    package let evidence: EvidenceLink
    /// Nil where what was kept cannot be read any more.
    package let grounds: Grounds?
    package let said: String
    package var question: String?
    /// Whether the link follows the one before it in its conversation.
    package var isLinked = false
    /// Whether its seal in the audit log holds; nil while it has none.
    package var isSealed: Bool?
    package var saidIsSame = false
    /// Nil where the question is gone.
    package var askedIsSame: Bool?
    package var model = Model.noneTookPart

    init(_ evidence: EvidenceLink, _ grounds: Grounds?, said: String) {
        (self.evidence, self.grounds, self.said) = (evidence, grounds, said)
    }

    /// How far two figures may lie apart that are the same but for the last bits of another processor.
    package static let tolerance = 1e-6

    package var scoreIsSame: Bool? { again.map { Self.isSame(grounds?.score, $0.score) } }
    package var confidenceIsSame: Bool? { again.map { Self.isSame(grounds?.confidence, $0.confidence) } }
    package var lessonsAreSame: Bool? { again.map { $0.digest.lessons == grounds?.model?.lessons } }
    package var weightsAreSame: Bool? { again.map { $0.digest.weights == grounds?.model?.weights } }

    /// Whether nothing was changed since, and everything that can be done again comes out as it was.
    package var holds: Bool {
        let kept = isLinked && isSealed != false && saidIsSame && askedIsSame != false && grounds != nil
        return kept && scoreIsSame != false && confidenceIsSame != false && lessonsAreSame != false
    }

    private var again: Again? {
        guard case .again(let again) = model else { return nil }
        return again
    }

    private static func isSame(_ one: Double?, _ other: Double?) -> Bool {
        switch (one, other) {
        case (let one?, let other?): abs(one - other) <= tolerance
        case (nil, nil): true
        default: false
        }
    }
}
