package import Basics
import Crypto
package import Organization
import Store

/// Why the bot said one message. Written once with the message, as JSON with sorted keys; it only grows, and what is new is optional.
package struct Grounds: Codable, Hashable, Sendable {
    package var rule: PolicyRule
    /// The number of the customer's message in the same conversation; nil for a ``PolicyRule/notice``.
    package var question: Int64?
    /// SHA-256 of the question as it was read, and of what was said: a text changed later is noticed, one erased is not kept here.
    package var asked: String?
    package var said: String?
    /// The knowledge entry that was said, and its version.
    package var entry: String?
    package var version: Int?
    /// Which language model wrote it, and the published texts it rests on.
    package var writer: String?
    package var sources: [Cited]?
    package var flow: FlowVersion?
    package var likeliest: String?
    package var score: Double?
    package var confidence: Double?
    package var plausibility: Double?
    /// What the rule looked at besides: from which confidence on the bot answers, tries before, whether people ever serve.
    package var threshold: Double?
    package var failures: Int?
    package var mayHandOff: Bool?
    package var locale: String?
    /// The language that the question was read in, and that of whoever asked.
    package var language: String?
    package var speaker: String?
    package var model: ModelDigest?
    /// The moment for which the knowledge was read.
    package var knownAt: Timestamp?

    /// A sentence that answers no question.
    static let notice = Grounds(rule: .notice)

    private init(rule: PolicyRule) { self.rule = rule }

    init(_ considered: Considered, _ turn: BotTurn, question: Int64) {
        let notes = considered.deliberation
        rule = notes.rule ?? considered.decision.rule
        (self.question, asked) = (question, Self.digest(turn.text))
        switch considered.decision {
        case .answer(let answered), .approve(let answered, _, _):
            (entry, version) = (answered.entry.description, answered.version)
            (writer, sources) = (answered.byModel?.model, answered.byModel?.sources)
        case .flow(let decided):
            (entry, version) = (decided.evidence?.entry.description, decided.evidence?.version)
        default: break
        }
        (flow, likeliest) = (notes.flow, notes.likeliest?.description)
        (score, confidence, plausibility) = (notes.score, notes.confidence, notes.plausibility)
        (threshold, failures, mayHandOff) = (turn.threshold, turn.earlierFailures, turn.mayHandOff)
        (locale, language, speaker) = (turn.locale, notes.language, notes.speaker)
        (model, knownAt) = (notes.model, notes.at)
    }

    package static func digest(_ text: String) -> String { SHA256.hash(data: Array(text.utf8)).hexadecimal }
}

/// The grounds of one message as a link of its conversation's chain.
package struct EvidenceLink: Codable, Hashable, Sendable {
    package let conversationId: ID<Conversation>
    package let number: Int64
    package let workspaceId: ID<Workspace>
    package let at: Timestamp
    /// ``Grounds`` as they were written.
    package let grounds: String
    package let hash: String
    /// The line of the audit log that seals it; nil until the next seal.
    package let seal: Int64?

    /// What stands before the first link.
    static let beginning = String(repeating: "0", count: 64)

    init(_ grounds: Grounds, of entry: Entry, in workspace: ID<Workspace>, after previous: String) {
        (conversationId, number, workspaceId, at) = (entry.conversation, entry.number, workspace, entry.at)
        self.grounds = AsJSON(grounds).text
        seal = nil
        hash = Self.hash(
            [entry.conversation.description, "\(entry.number)", workspace.description, "\(entry.at.milliseconds)", self.grounds],
            after: previous)
    }

    /// Whether this is what was once written after `previous`.
    package func follows(_ previous: String) -> Bool {
        let fields = [conversationId.description, "\(number)", workspaceId.description, "\(at.milliseconds)", grounds]
        return hash == Self.hash(fields, after: previous)
    }

    package var read: Grounds? { AsJSON<Grounds>(sqlValue: .text(grounds))?.value }

    /// Every field with its length before it, so that no two different links read the same.
    private static func hash(_ fields: [String], after previous: String) -> String {
        Grounds.digest("\(previous)\n" + fields.map { "\($0.utf8.count):\($0)" }.joined(separator: ","))
    }
}

extension AsJSON {
    fileprivate var text: String {
        guard case .text(let text) = sqlValue else { return "" }
        return text
    }
}
