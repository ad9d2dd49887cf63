import Foundation
package import Knowledge

/// Turns evidence into probabilities that hold: of the answers given at 0.8, eight in ten are right.
package struct Calibrator: Sendable {
    /// One logistic curve over the evidence.
    package struct Curve: Sendable, Hashable {
        let intercept: Double
        /// In the order of `Evidence.names`.
        let weights: [Double]

        package init(intercept: Double, weights: [Double]) { (self.intercept, self.weights) = (intercept, weights) }

        package func probability(_ evidence: Evidence) -> Double {
            1 / (1 + exp(-zip(weights, evidence.values).reduce(intercept) { $0 + $1.0 * $1.1 }))
        }
    }

    /// That the best match is the right answer.
    package let right: Curve
    /// That the right answer is among the three best.
    package let amongThree: Curve

    package init(right: Curve, amongThree: Curve) { (self.right, self.amongThree) = (right, amongThree) }

    package func confidence(_ matches: Matches) -> Double { matches.evidence.map(right.probability) ?? 0 }

    /// Whether asking back is worth the customer's time.
    package func plausibility(_ matches: Matches) -> Double { matches.evidence.map(amongThree.probability) ?? 0 }

    /// The one that comes with the product, before a knowledge base has had a chance to show how it fares.
    package static func shipped(_ language: Language) -> Calibrator {
        switch language {
        case .chinese: chinese
        case .english: english
        }
    }
}
