import Basics
import HTTPTypes
import Knowledge
import Organization
import Store
import Web

/// The try-it box: what the bot would find for a question, with its scores.
struct TrialAPI: Sendable {
    /// How long a trial waits for what was saved just before it.
    private static let patience = Duration.seconds(5)
    static let longest = 10_000
    /// The threshold that accounts begin with.
    static let threshold = 0.75

    let dialogue: Dialogue

    struct Asked: Codable, Sendable {
        let question: String
        let language: Language?
        let threshold: Double?
    }

    struct Trial: Codable, Sendable {
        struct Candidate: Codable, Sendable {
            let entry: ID<KnowledgeEntry>
            let version: Int
            let title: String
            let confidence: Double
            let answer: String
        }

        let band: Band
        let threshold: Double
        let language: Language
        /// The probability that the right answer is among the first three.
        let plausibility: Double
        let asksForPerson: Bool
        let candidates: [Candidate]
    }

    var routes: [Route] {
        [
            Route(
                .post, "/api/knowledge/trials", access: .needs("knowledge.read"),
                summary: "Shows what the bot would find for a question, with its confidence; nothing is counted.",
                takes: Asked.self, gives: Trial.self, handle: tryOut
            )
        ]
    }

    private func tryOut(_ call: Call, _ asked: Asked) async throws -> Trial {
        let workspace = try call.staff.workspace
        guard asked.question.contains(where: { !$0.isWhitespace }) else { throw Refusal(.invalid, "trial.question") }
        guard asked.question.count <= Self.longest else { throw Refusal(.invalid, "trial.question.length") }
        let threshold = asked.threshold ?? Self.threshold
        guard (0...1).contains(threshold) else { throw Refusal(.invalid, "trial.threshold") }
        let language = asked.language ?? Language.detect(asked.question) ?? .english
        // As a customer would find it who speaks the language of the house.
        let locale = try await dialogue.database.read { try WorkspaceStore.workspace(workspace, in: $0)?.locale }
        let findings = try await dialogue.findings(
            for: asked.question, language, speaker: asked.language ?? locale.flatMap { Language(locale: $0) }, in: workspace,
            waitingAtMost: Self.patience)
        return Trial(
            band: findings.band(threshold: threshold), threshold: threshold, language: language,
            plausibility: findings.plausibility, asksForPerson: HumanRequest.isMade(in: asked.question),
            candidates: findings.candidates.map(Trial.Candidate.init)
        )
    }
}

extension TrialAPI.Trial.Candidate {
    init(_ candidate: Findings.Candidate) {
        let entry = candidate.entry
        (self.entry, version, title, answer) = (entry.id, entry.version, entry.title, entry.answer)
        confidence = candidate.confidence
    }
}
