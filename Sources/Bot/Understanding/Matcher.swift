import Foundation
import Knowledge

/// Knows which entry a question asks for, in one language: softmax regression on TF-IDF.
///
/// Besides the entries it learns what people say that no entry answers (see ``Background``), so that a knowledge base
/// of one entry still tells its questions from small talk.
package struct Matcher: Sendable {
    /// What is to be told apart: one entry.
    package struct Lesson: Sendable {
        package let phrasings: [String]
        /// Its answer, whose sentences hold words that customers use too (measured: +7 % of first places on few phrasings).
        package let answer: String

        package init(phrasings: [String], answer: String = "") { (self.phrasings, self.answer) = (phrasings, answer) }

        fileprivate var texts: [String] { phrasings + Self.sentences(answer) }

        private static let mostSentences = 12

        private static func sentences(_ text: String) -> [String] {
            text.split { "。！？；.!?;\n".contains($0) }.prefix(mostSentences).map(String.init)
        }
    }

    /// Above this many weights the regression would take too much memory; then the nearest phrasing decides.
    private static let mostWeights = 40_000_000
    /// Makes cosines comparable with the regression's scores.
    private static let cosineScale: Float = 14

    /// How much the embedding counts beside the words, as a factor of its length.
    private static let directionWeight: Float = 1.2

    private let hearing: Hearing
    private let lessonCount: Int
    private let phrasingCounts: [Int]
    let weighting: Weighting
    let softmax: Softmax?
    private let neighbours: Neighbours

    package init(_ lessons: [Lesson], _ hearing: Hearing) {
        self.hearing = hearing
        lessonCount = lessons.count
        phrasingCounts = lessons.map(\.phrasings.count)
        var (wordings, labels) = ([Wording](), [Int32]())
        for (label, texts) in (lessons.map(\.texts) + [Background.sayings(hearing.language)]).enumerated() {
            for wording in texts.map(hearing.wording) where !wording.isEmpty {
                wordings.append(wording)
                labels.append(Int32(label))
            }
        }
        let weighting = Weighting(wordings, hearing)
        let examples = wordings.map(weighting.vector)
        let (classes, features) = (lessons.count + 1, weighting.count)
        self.weighting = weighting
        neighbours = Neighbours(examples, labels: labels, classes: classes, features: features)
        softmax =
            classes * features > Self.mostWeights
            ? nil
            : Softmax(
                examples.map { $0.joined(from: features, weight: Self.directionWeight) }, labels: labels, classes: classes,
                features: features + Embedding.dimensions)
    }

    /// The best matches among the lessons that may be used now, most likely first; empty where nothing is known of the question.
    package func match(_ question: String, among isUsable: (Int) -> Bool = { _ in true }, limit: Int = 5) -> Matches {
        let wording = hearing.wording(question)
        let vector = weighting.vector(wording)
        let usable = (0..<lessonCount).filter(isUsable)
        guard !vector.features.isEmpty, !usable.isEmpty else { return Matches() }
        let cosines = neighbours.nearest(vector)
        let scores =
            softmax?.scores(vector.joined(from: weighting.count, weight: Self.directionWeight))
            ?? cosines.map { $0 * Self.cosineScale }
        let ranked = Self.ranked(usable, scores, limit: max(limit, 2))
        let evidence = Evidence(
            top: ranked[0], usable: usable, scores: scores, cosines: cosines,
            directions: neighbours.nearestDirection(vector), background: lessonCount, known: vector.known,
            length: wording.length, phrasings: phrasingCounts[ranked[0]]
        )
        return Matches(ranked: ranked, scores: scores, evidence: evidence, limit: limit)
    }

    private static func ranked(_ usable: [Int], _ scores: [Float], limit: Int) -> [Int] {
        var best: [Int] = []
        for candidate in usable where best.count < limit || scores[candidate] > scores[best[best.count - 1]] {
            let place = best.firstIndex { scores[$0] < scores[candidate] } ?? best.count
            best.insert(candidate, at: place)
            if best.count > limit { best.removeLast() }
        }
        return best
    }
}

/// What a question was found to be like.
package struct Matches: Sendable {
    /// An entry that may be meant.
    package struct Candidate: Sendable, Hashable {
        /// The place of the lesson among those taught.
        package let lesson: Int
        /// The regression's own share, not calibrated.
        package let share: Double
    }

    package let candidates: [Candidate]
    package let evidence: Evidence?

    init() { (candidates, evidence) = ([], nil) }

    init(ranked: [Int], scores: [Float], evidence: Evidence, limit: Int) {
        let largest = Double(scores[ranked[0]])
        let sum = ranked.reduce(0) { $0 + exp(Double(scores[$1]) - largest) }
        candidates = ranked.prefix(limit).map { Candidate(lesson: $0, share: exp(Double(scores[$0]) - largest) / sum) }
        self.evidence = evidence
    }
}
