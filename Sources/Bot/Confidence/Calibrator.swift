import Foundation
package import Knowledge

/// Turns evidence into probabilities that hold: of the answers given at 0.8, eight in ten are right.
package struct Calibrator: Sendable {
    /// One logistic curve over the evidence.
    package struct Curve: Sendable, Hashable {
        let intercept: Double
        /// In the order of `Evidence.names`.
        package let weights: [Double]

        package init(intercept: Double, weights: [Double]) { (self.intercept, self.weights) = (intercept, weights) }

        /// The logarithm of the odds.
        func odds(_ evidence: Evidence) -> Double { zip(weights, evidence.values).reduce(intercept) { $0 + $1.0 * $1.1 } }

        package func probability(_ evidence: Evidence) -> Double { 1 / (1 + exp(-odds(evidence))) }
    }

    /// That the best match is the right answer.
    package let right: Curve
    /// That the right answer is among the three best.
    package let amongThree: Curve
    let rightBend: Bend
    let amongThreeBend: Bend

    package init(right: Curve, amongThree: Curve, rightBend: Bend = Bend(), amongThreeBend: Bend = Bend()) {
        (self.right, self.amongThree) = (right, amongThree)
        (self.rightBend, self.amongThreeBend) = (rightBend, amongThreeBend)
    }

    package func confidence(_ matches: Matches) -> Double { probability(matches, right, rightBend) }

    /// Whether asking back is worth the customer's time.
    package func plausibility(_ matches: Matches) -> Double { probability(matches, amongThree, amongThreeBend) }

    private func probability(_ matches: Matches, _ curve: Curve, _ bend: Bend) -> Double {
        matches.evidence == nil ? 0 : 1 / (1 + exp(-(bend.slope * odds(matches, curve) + bend.shift)))
    }

    func odds(_ matches: Matches, _ curve: Curve) -> Double { matches.evidence.map(curve.odds) ?? 0 }

    /// The one that comes with the product, before a knowledge base has had a chance to show how it fares.
    package static func shipped(_ language: Language) -> Calibrator {
        switch language {
        case .chinese: chinese
        case .english: english
        }
    }
}
