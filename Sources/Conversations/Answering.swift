package import Basics
package import Organization
package import Store

/// Whoever is asked first when a customer writes: the bot. Conversations calls it, the Bot chapter implements it.
///
/// `decide` runs outside any transaction; the decision is then written under the ownership epoch that it was asked for.
package protocol Answering: Sendable {
    func decide(_ turn: BotTurn) async throws -> BotDecision

    /// The same, with the notes that are kept with what is said.
    func consider(_ turn: BotTurn) async throws -> Considered

    /// Counts an answer that was given, in the transaction that appends it.
    func count(_ answered: Answered, in workspace: ID<Workspace>, _ transaction: any Transaction) throws

    /// Keeps what belongs to a turn, in the transaction that says what was decided: how far a flow has come.
    func keep(_ decision: BotDecision, of turn: BotTurn, _ transaction: any Transaction) throws

    /// What a flow under way was told so far, by name, for whoever takes over.
    func filled(in session: ID<Session>, _ transaction: any Transaction) throws -> [String: String]

    /// Counts the customer's judgement of an answer. `earlier` is what the same customer said of the same answer before.
    func judge(
        _ source: ID<AnswerSource>, helpful: Bool, earlier: Bool?, in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws
}

extension Answering {
    /// Whoever keeps nothing.
    package func keep(_ decision: BotDecision, of turn: BotTurn, _ transaction: any Transaction) throws {}

    /// Whoever asks for nothing.
    package func filled(in session: ID<Session>, _ transaction: any Transaction) throws -> [String: String] { [:] }
}

/// A knowledge entry, known here by its id only: what it holds is the business of Knowledge.
package enum AnswerSource {}

/// What the bot is told when it is its turn.
package struct BotTurn: Sendable {
    package let workspace: ID<Workspace>
    /// What the customer wrote.
    package let text: String
    /// The customer's language (`zh-CN`, `en`) where the text itself shows none.
    package let locale: String
    /// The offered entry that the customer tapped, if this is a tap.
    package let choice: ID<AnswerSource>?
    /// From which confidence on an answer is given; the channel account says.
    package let threshold: Double
    /// The account's greeting by locale, used when the customer only says hello.
    package let greeting: [String: String]
    /// How many tries in a row, just before this one, ended without an answer (`BotDecision.isUnanswered`).
    package let earlierFailures: Int
    /// False where the account's mode leaves everything to the bot: then it never hands over.
    package let mayHandOff: Bool
    /// The workspace's topics.
    package let rules: TakeoverRules
    /// Where and under which ownership it is said; nil where somebody only tries the bot out.
    package var conversation: ID<Conversation>?
    package var session: ID<Session>?
    package var epoch: Int64 = 0
    /// The customer's id at the company, where its site signed it.
    package var visitor: String?
    /// The button that was tapped, if it was one of a flow.
    package var button: String?
    /// The number of the customer's message; nil in a trial. The same again after a crash.
    package var number: Int64?
    /// What "tomorrow" counts from, where the account's calendar is kept.
    package var today: Day?

    package init(
        workspace: ID<Workspace>, text: String, locale: String, choice: ID<AnswerSource>? = nil, threshold: Double = 0.75,
        greeting: [String: String] = [:], earlierFailures: Int = 0, mayHandOff: Bool = true,
        rules: TakeoverRules = .usual
    ) {
        (self.workspace, self.text, self.locale, self.choice) = (workspace, text, locale, choice)
        (self.threshold, self.greeting) = (threshold, greeting)
        (self.earlierFailures, self.mayHandOff, self.rules) = (earlierFailures, mayHandOff, rules)
    }
}

/// What the bot does with a turn.
package enum BotDecision: Hashable, Sendable {
    case answer(Answered)
    /// Not sure enough: asks back with up to three entries to tap.
    case offer(text: String, choices: [Offered])
    /// Leaves it to people, with a word to the customer.
    case handOff(HandOffReason, text: String)
    /// A greeting, thanks, a goodbye: counts neither as an answer nor as a failure.
    case smallTalk(text: String)
    /// What cannot wait, by the name of its topic: to the front of the queue, and the person on call is paged.
    case page(topic: String, text: String)
    /// Answers only when a colleague has looked at it; `text` tells the customer so.
    case approve(Answered, topic: String, text: String)
    /// Does not know, and may not hand over.
    case unanswered(text: String)
    /// Goes on with a flow.
    case flow(FlowDecision)

    /// Whether this counts towards the tries after which the bot gives up.
    package var isUnanswered: Bool {
        switch self {
        case .offer, .unanswered: true
        case .answer, .handOff, .smallTalk, .page, .approve, .flow: false
        }
    }
}

/// An answer with the evidence for it.
package struct Answered: Hashable, Sendable {
    package let entry: ID<AnswerSource>
    package let version: Int
    package let title: String
    package let text: String
    /// The calibrated probability that this is the right answer; 1 when the customer chose it.
    package let confidence: Double
    /// For an answer that a language model wrote.
    package var byModel: ByModel?

    package init(entry: ID<AnswerSource>, version: Int, title: String, text: String, confidence: Double) {
        (self.entry, self.version, self.title, self.text) = (entry, version, title, text)
        self.confidence = confidence
    }
}

/// What an answer rests on that a language model wrote.
package struct ByModel: Hashable, Sendable {
    /// Which model, and at which host.
    package let model: String
    package let sources: [Cited]
    /// The calibrated probability that the sources hold the answer.
    package let plausibility: Double

    package init(model: String, sources: [Cited], plausibility: Double) {
        (self.model, self.sources, self.plausibility) = (model, sources, plausibility)
    }
}

/// What a flow says, and how far it has come with it.
package struct FlowDecision: Hashable, Sendable {
    package var text: String
    package var version: FlowVersion?
    package var buttons: [Offered.Button] = []
    /// The state to keep, which only the bot can read; nil when the flow is over.
    package var run: String?
    /// What the customer said, by name, for the next time.
    package var keeps: [String: String] = [:]
    /// What was suggested besides.
    package var suggested: [String] = []
    package var parts: Parts?
    /// The entry that the flow was found by, or that was answered in between.
    package var evidence: Answered?
    /// Whether the words of that entry are among what is said.
    package var isAnswer = false
    /// A person is needed, and is told this.
    package var handsOff = false
    package var note: String?

    package init(text: String) { self.text = text }
}

/// One entry to tap.
package struct Offered: Codable, Hashable, Sendable {
    package let entry: ID<AnswerSource>
    package let text: String

    package init(entry: ID<AnswerSource>, text: String) { (self.entry, self.text) = (entry, text) }

    /// Words to tap instead of typing them.
    package struct Button: Codable, Hashable, Sendable {
        package let id: String
        package let text: String

        package init(id: String, text: String) { (self.id, self.text) = (id, text) }
    }
}

/// Why a session leaves the bot; on the wire in `detail.reason` of the entry `handed-off`.
package enum HandOffReason: String, Codable, Hashable, Sendable, CaseIterable {
    /// The customer asked for a person.
    case asked
    /// The bot does not know.
    case unknown
    /// The customer is angry.
    case angry
    /// The customer complains.
    case complaint
    /// A topic that cannot wait: the person on call is paged.
    case urgent
    /// A topic that the bot never answers.
    case forbidden
    /// An answer was not approved, or not in time.
    case approval
    /// The channel account is served by people only.
    case peopleOnly = "people-only"
}
