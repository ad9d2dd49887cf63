import Foundation
import Knowledge

/// How far the shipped curve must be bent for one knowledge base: the logarithm of the odds times `slope` plus `shift`.
package struct Bend: Sendable, Hashable {
    package var slope = 1.0
    package var shift = 0.0

    /// Strength of the pull towards no bend, in examples.
    private static let pull = 10.0

    package init() {}

    private init(slope: Double, shift: Double) { (self.slope, self.shift) = (slope, shift) }

    /// Fits slope and shift to what turned out right and wrong, by Newton's method.
    init(fitting examples: [(odds: Double, isRight: Bool)]) {
        for _ in 0..<20 {
            let (step, loss) = (newtonStep(examples), loss(examples))
            // Far from the goal a whole step may lead beyond it, and the next one further away.
            guard let next = step.first(where: { $0.loss(examples) < loss }) else { return }
            self = next
        }
    }

    /// Where Newton's method leads, and less and less far in the same direction.
    private func newtonStep(_ examples: [(odds: Double, isRight: Bool)]) -> some Sequence<Bend> {
        var (g0, g1) = (-Self.pull * shift, -Self.pull * (slope - 1))
        var (h00, h01, h11) = (Self.pull, 0.0, Self.pull)
        for example in examples {
            let probability = 1 / (1 + exp(-odds(example.odds)))
            let (miss, curve) = ((example.isRight ? 1 : 0) - probability, probability * (1 - probability))
            (g0, g1) = (g0 + miss, g1 + miss * example.odds)
            (h00, h01, h11) = (h00 + curve, h01 + curve * example.odds, h11 + curve * example.odds * example.odds)
        }
        let determinant = h00 * h11 - h01 * h01
        let (towards0, towards1) = ((h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant)
        return (0..<12).lazy.map { halving in
            let share = pow(0.5, Double(halving))
            return Bend(slope: slope + share * towards1, shift: shift + share * towards0)
        }
    }

    private func odds(_ shipped: Double) -> Double { slope * shipped + shift }

    /// The surprise at what turned out, plus the pull.
    private func loss(_ examples: [(odds: Double, isRight: Bool)]) -> Double {
        let pulled = Self.pull / 2 * (shift * shift + (slope - 1) * (slope - 1))
        return examples.reduce(pulled) { loss, example in
            let against = example.isRight ? -odds(example.odds) : odds(example.odds)
            return loss + max(against, 0) + log1p(exp(-abs(against)))
        }
    }
}

extension Calibrator {
    private enum Refit {
        /// Fewer entries or phrasings say too little about the knowledge base.
        static let leastEntries = 8
        static let leastPhrasings = 3
        /// Of a large knowledge base a part will do.
        static let mostEntries = 150
        static let rounds = 3
        /// One entry in so many is left out whole: its phrasings are questions that nothing answers.
        static let leftOut = 4
    }

    /// This calibrator bent to one knowledge base: each of a few rounds leaves out some phrasings and some whole entries,
    /// learns the rest, and looks how often it would have been right.
    package func refitted(to lessons: [Matcher.Lesson], _ hearing: Hearing) -> Calibrator {
        var generator = SplitMix(state: 11)
        let usable = lessons.filter { $0.phrasings.count >= Refit.leastPhrasings }
        guard usable.count >= Refit.leastEntries else { return self }
        var outcomes: [(matches: Matches, isRight: Bool, isAmongThree: Bool)] = []
        for _ in 0..<Refit.rounds {
            let chosen = Array(usable.shuffled(using: &generator).prefix(Refit.mostEntries))
            outcomes += Self.round(chosen, hearing, &generator)
        }
        let shipped = Calibrator(right: right, amongThree: amongThree)
        return Calibrator(
            right: right, amongThree: amongThree,
            rightBend: Bend(fitting: outcomes.map { (shipped.odds($0.matches, right), $0.isRight) }),
            amongThreeBend: Bend(fitting: outcomes.map { (shipped.odds($0.matches, amongThree), $0.isAmongThree) })
        )
    }

    private static func round(
        _ lessons: [Matcher.Lesson], _ hearing: Hearing, _ generator: inout SplitMix
    ) -> [(matches: Matches, isRight: Bool, isAmongThree: Bool)] {
        let strangers = lessons.prefix(lessons.count / Refit.leftOut)
        var taught: [Matcher.Lesson] = []
        var questions: [(text: String, lesson: Int?)] = strangers.flatMap { lesson in
            lesson.phrasings.shuffled(using: &generator).prefix(Refit.leastPhrasings).map { ($0, nil) }
        }
        for (number, lesson) in lessons.dropFirst(strangers.count).enumerated() {
            let phrasings = lesson.phrasings.shuffled(using: &generator)
            let asked = max(1, min(phrasings.count / 4, Refit.leastPhrasings))
            questions += phrasings.prefix(asked).map { ($0, number) }
            taught.append(Matcher.Lesson(phrasings: Array(phrasings.dropFirst(asked)), answer: lesson.answer))
        }
        let matcher = Matcher(taught, hearing)
        return questions.compactMap { question in
            let matches = matcher.match(question.text)
            guard matches.evidence != nil else { return nil }
            let found = matches.candidates.map(\.lesson)
            return (matches, found.first == question.lesson, question.lesson.map(found.prefix(3).contains) ?? false)
        }
    }
}
