import Basics
import Organization
import Store

/// How probably a grounded answer is right. Its pieces are told apart, so that each can be checked.
///
/// The calibrated plausibility says how probably the answer is among the sources. That the model answered at all, and that the
/// answer stood up to the check, is evidence for it (Bayes): a model answers so in nine of ten cases where the sources do, and
/// is assumed to do so in one of four where they do not. What customers thought of such answers then speaks: of nineteen imagined
/// good ones and one bad one, and every one that was judged.
struct Trust: Hashable, Sendable {
    /// Assumed, not measured: no model comes with the product.
    static let answersWhenKnown = 0.9
    static let answersWhenUnknown = 0.25

    var helpful = 0
    var judged = 0

    var faithfulness: Double { Double(helpful + 19) / Double(judged + 20) }

    /// - Parameter plausibility: the probability that the sources answer the question.
    func confidence(plausibility: Double) -> Double {
        let known = plausibility * Self.answersWhenKnown
        let posterior = known / (known + (1 - plausibility) * Self.answersWhenUnknown)
        return posterior * faithfulness
    }
}
