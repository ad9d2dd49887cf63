import Basics
import Conversations
import Knowledge
import Organization
import Store

/// Helps the agent who serves: answers with their source, what was said so far, what to ask next, gentler words.
/// The matcher and the snippets do it alone; a model, where there is one, does it better.
struct Copilot: Sendable {
    static let mostEntries = 3
    static let mostSnippets = 2
    /// What is hardly ever meant is not shown.
    static let leastConfidence = 0.05
    /// The share of a question's words that a snippet must have.
    static let leastShare = 0.5

    let dialogue: Dialogue
    let grounding: Grounding?

    struct Suggestion: Codable, Hashable, Sendable {
        enum Kind: String, Codable, Hashable, Sendable { case entry, snippet }

        let kind: Kind
        let id: String
        let version: Int?
        let title: String
        let text: String
        /// The calibrated probability that this is the right answer; absent for snippets.
        let confidence: Double?
    }

    struct Help: Codable, Sendable {
        struct Summary: Codable, Sendable {
            /// What the customer said, the first and the last few.
            let asked: [String]
            /// What the bot's answers were about.
            let answered: [String]
            let messages: Int
        }

        /// The number of the customer's last message, which the suggestions answer.
        let number: Int64?
        let suggestions: [Suggestion]
        let summary: Summary
        /// What to ask where no answer is sure.
        let next: String?
        /// Whether a model may be asked for more.
        let hasModel: Bool
    }

    func help(in conversation: ID<Conversation>, for staff: Staff) async throws -> Help {
        let talk = try await dialogue.database.read { try Talk.read(conversation, for: staff, $0) }
        let endpoint = try await grounding?.model.endpoint(in: staff.workspace)
        let findings = try await findings(for: talk, in: staff.workspace)
        let entries = findings.candidates.prefix(Self.mostEntries).filter { $0.confidence >= Self.leastConfidence }.map(
            Suggestion.init)
        let snippets = try await snippets(for: talk, staff)
        return Help(
            number: talk.last?.number, suggestions: entries + snippets, summary: Self.summary(of: talk),
            next: next(after: findings, talk), hasModel: endpoint != nil)
    }

    func findings(for talk: Talk, in workspace: ID<Workspace>) async throws -> Findings {
        guard let question = talk.last?.text else { return Findings() }
        let language = talk.language(fallback: nil)
        return try await dialogue.findings(for: question, language, speaker: language, in: workspace)
    }

    private func snippets(for talk: Talk, _ staff: Staff) async throws -> [Suggestion] {
        guard let question = talk.last?.text else { return [] }
        let rows = try await dialogue.database.read { transaction in
            try transaction.rows(
                """
                SELECT id, title, text FROM snippet WHERE workspace_id = \(staff.workspace)
                    AND (agent_id IS NULL OR agent_id = \(staff.agent)) ORDER BY id LIMIT 2000
                """
            ).map { (id: try $0("id") as Int64, title: try $0("title") as String, text: try $0("text") as String) }
        }
        let words = Words(question)
        guard words.content.count > 1 else { return [] }
        let ranked = rows.map { ($0, words.share(in: Words($0.title + "\n" + $0.text))) }
            .filter { $0.1 >= Self.leastShare }.sorted { $0.1 > $1.1 }
        return ranked.prefix(Self.mostSnippets).map { row, _ in
            Suggestion(kind: .snippet, id: String(row.id), version: nil, title: row.title, text: row.text, confidence: nil)
        }
    }

    private static func summary(of talk: Talk) -> Help.Summary {
        let asked = talk.questions.map { String($0.text.prefix(300)) }
        let shown = asked.count <= 4 ? asked : [asked[0]] + asked.suffix(3)
        var answered: [String] = []
        for title in talk.lines.compactMap(\.answered) where !answered.contains(title) { answered.append(title) }
        return Help.Summary(asked: shown, answered: answered, messages: talk.lines.count)
    }

    private func next(after findings: Findings, _ talk: Talk) -> String? {
        guard talk.last != nil, findings.confidence < TrialAPI.threshold else { return nil }
        let titles = findings.candidates.prefix(2).filter { $0.confidence >= Self.leastConfidence }.map(\.entry.title)
        switch (talk.language(fallback: nil), titles.count) {
        case (.chinese, 2): return "想跟您确认一下，您问的是“\(titles[0])”，还是“\(titles[1])”？"
        case (.chinese, 1): return "想跟您确认一下，您问的是“\(titles[0])”吗？"
        case (.chinese, _): return "方便再多说一点吗？比如是哪件商品、订单号，或者什么时候发生的。"
        case (.english, 2): return "Just to be sure: is this about “\(titles[0])”, or about “\(titles[1])”?"
        case (.english, 1): return "Just to be sure: is this about “\(titles[0])”?"
        case (.english, _): return "Could you tell me a little more – which product or order it is about, or when it happened?"
        }
    }
}

extension Copilot.Suggestion {
    init(_ candidate: Findings.Candidate) {
        let entry = candidate.entry
        self.init(
            kind: .entry, id: entry.id.description, version: entry.version, title: entry.title, text: entry.answer,
            confidence: candidate.confidence)
    }
}
