import Foundation

/// What speaks for and against the best match: the calibrator turns it into a probability.
///
/// The number of entries is left out on purpose: the odds hold it already, and curves fitted to small knowledge bases were too timid
/// about large ones.
package struct Evidence: Sendable {
    package static let names = [
        "odds", "margin", "background", "cosine", "lead", "agreement", "known", "knownSquare", "length", "phrasings",
        "direction", "directionLead",
    ]

    /// In the order of ``names``.
    package let values: [Double]

    init(
        top: Int, usable: [Int], scores: [Float], cosines: [Float], directions: [Float]?, background: Int, known: Float,
        length: Int, phrasings: Int
    ) {
        let others = usable.lazy.filter { $0 != top }
        let secondScore = others.map { scores[$0] }.max() ?? scores[background]
        let secondCosine = others.map { cosines[$0] }.max() ?? 0
        let againstAll = Self.odds(of: scores[top], against: others.map { scores[$0] } + [scores[background]])
        values = [
            Double(min(max(againstAll, -6), 6)),
            Double(min(scores[top] - secondScore, 6)),
            Double(min(max(scores[top] - scores[background], -6), 6)),
            Double(cosines[top]),
            Double(cosines[top] - max(secondCosine, cosines[background])),
            cosines[top] >= secondCosine ? 1 : 0,
            Double(known),
            Double(known * known),
            log(Double(max(length, 1))),
            log(Double(max(phrasings, 1))),
            Double(directions?[top] ?? 0),
            Double(directions.map { directions in directions[top] - (others.map { directions[$0] }.max() ?? 0) } ?? 0),
        ]
    }

    /// The logarithm of p / (1 - p).
    private static func odds(of score: Float, against others: [Float]) -> Float {
        guard let largest = others.max() else { return 0 }
        return score - largest - log(others.reduce(0) { $0 + exp($1 - largest) })
    }
}
