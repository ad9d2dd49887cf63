package import Basics

/// What led the bot to a message: the rule that decided, not the sentence that was said.
package enum PolicyRule: String, Codable, Hashable, Sendable, CaseIterable {
    /// Sure enough: the confidence reached the account's threshold.
    case answered
    /// Not sure enough by itself: a language model answered from published entries, and the check found its words there.
    case grounded
    /// The customer tapped the entry.
    case chosen
    /// Not sure enough, but the right entry is probably among the best: asked back.
    case offered
    /// Nothing fits well enough.
    case unsure
    /// As many tries in a row as a customer is asked to bear.
    case exhausted
    /// The customer asked for a person.
    case asked
    /// The customer was angry, or complained.
    case anger
    case complaint
    /// A topic that cannot wait, and one that the bot never answers.
    case urgent
    case forbidden
    /// A topic whose answers a colleague approves; a colleague did so, or said it in other words.
    case held, approved, edited
    case smallTalk = "small-talk"
    /// The tapped entry was withdrawn or has expired.
    case gone
    /// A step of a flow.
    case flow
    /// A fixed sentence that answers no question.
    case notice
}

/// Which model decided, so that it can be learnt again and compared (docs/decisions/017-evidence-of-the-bot.md).
package struct ModelDigest: Codable, Hashable, Sendable {
    /// The revision of the knowledge base that was learnt.
    package let revision: Int
    /// SHA-256, hexadecimal, over what was learnt: the same on every machine.
    package let lessons: String
    /// SHA-256, hexadecimal, over revision, lessons, weights and calibrators to the last bit: the same for the same version of
    /// the product on processors of one kind.
    package let weights: String

    package init(revision: Int, lessons: String, weights: String) {
        (self.revision, self.lessons, self.weights) = (revision, lessons, weights)
    }
}

/// What the bot notes down while it decides; whatever stays nil did not take part.
package struct Deliberation: Hashable, Sendable {
    /// Nil: as the decision itself tells (``BotDecision/rule``).
    package var rule: PolicyRule?
    package var flow: FlowVersion?
    /// The likeliest entry, whether or not it was said.
    package var likeliest: ID<AnswerSource>?
    /// The matcher's own share of the likeliest entry, 0 to 1, not calibrated.
    package var score: Double?
    /// The calibrated probability that the likeliest entry is right.
    package var confidence: Double?
    /// The calibrated probability that the right entry is among the best three.
    package var plausibility: Double?
    package var model: ModelDigest?
    /// The language that the question was read in, and that of whoever asked (`zh-CN`, `en`).
    package var language: String?
    package var speaker: String?
    /// The moment for which the knowledge was read.
    package var at: Timestamp?

    package init() {}
}

/// One version of a flow.
package struct FlowVersion: Codable, Hashable, Sendable {
    package let flow: String
    package let version: Int

    package init(flow: String, version: Int) { (self.flow, self.version) = (flow, version) }
}

/// A decision with what led to it.
package struct Considered: Sendable {
    package let decision: BotDecision
    package let deliberation: Deliberation

    package init(_ decision: BotDecision, _ deliberation: Deliberation = Deliberation()) {
        (self.decision, self.deliberation) = (decision, deliberation)
    }
}

extension Answering {
    /// For those who keep no notes.
    package func consider(_ turn: BotTurn) async throws -> Considered { Considered(try await decide(turn)) }
}

extension BotDecision {
    /// The rule that a decision without a note of its own follows.
    var rule: PolicyRule {
        switch self {
        case .answer: .answered
        case .offer: .offered
        case .handOff(.asked, _): .asked
        case .handOff(.angry, _): .anger
        case .handOff(.complaint, _): .complaint
        case .handOff(.forbidden, _): .forbidden
        case .page: .urgent
        case .approve: .held
        case .handOff, .unanswered: .unsure
        case .smallTalk: .smallTalk
        case .flow: .flow
        }
    }
}
