import Foundation
import Knowledge

/// Measures the bot on labelled questions, as `nightdesk eval bot` prints it.
package struct Evaluation: Sendable {
    /// The figures, in the order in which they are told.
    package struct Figures: Codable, Sendable {
        package var entries = 0
        package var phrasings = 0
        package var questions = 0
        package var outOfScope = 0
        package var top1 = 0.0
        package var top3 = 0.0
        package var threshold = 0.0
        /// Of all answers given, the share that is right; out-of-scope questions count.
        package var precision = 0.0
        /// Of the in-scope questions, the share answered.
        package var coverage = 0.0
        /// Of the out-of-scope questions, the share answered.
        package var outOfScopeAnswered = 0.0
        package var calibrationError = 0.0
        /// Busy time of one core, here and below.
        package var secondsToTrain = 0.0
        package var microsecondsToPredict = Percentiles()
    }

    /// Half of all and ninety-nine of a hundred took no longer.
    package struct Percentiles: Codable, Sendable {
        package var p50 = 0.0
        package var p99 = 0.0
    }

    /// A question with the label of its answer, nil where there is none.
    package struct Question: Sendable {
        package let text: String
        package let label: String?
        package init(text: String, label: String?) { (self.text, self.label) = (text, label) }
    }

    private struct Verdict {
        let confidence: Double
        let isRight: Bool
        let isAmongThree: Bool
        let isInScope: Bool
    }

    private let lessons: [(label: String, lesson: Matcher.Lesson)]

    /// - Parameter phrasings: each with the label of its answer.
    package init(phrasings: [(label: String, text: String)]) {
        let grouped = Dictionary(grouping: phrasings, by: \.label).sorted { $0.key < $1.key }
        lessons = grouped.map { ($0.key, Matcher.Lesson(phrasings: $0.value.map(\.text))) }
    }

    /// - Parameter isRefitted: with the calibrator bent to the knowledge base, as the bot does it; else as shipped.
    package func run(_ questions: [Question], threshold: Double, hearing: Hearing, isRefitted: Bool = true) -> Figures {
        var matcher: Matcher?
        let training = BusyTime.measure { matcher = Matcher(lessons.map(\.lesson), hearing) }
        let shipped = Calibrator.shipped(hearing.language)
        let calibrator = isRefitted ? shipped.refitted(to: lessons.map(\.lesson), hearing) : shipped
        var times: [Double] = []
        let verdicts = questions.map { question in
            var matches = Matches()
            times.append(BusyTime.measure { matches = matcher!.match(question.text) } / .microseconds(1))
            return verdict(matches, question.label, calibrator)
        }
        var figures = Self.figures(verdicts, threshold)
        (figures.entries, figures.phrasings) = (lessons.count, lessons.reduce(0) { $0 + $1.lesson.phrasings.count })
        figures.secondsToTrain = training / .seconds(1)
        figures.microsecondsToPredict = Self.percentiles(times)
        return figures
    }

    private func verdict(_ matches: Matches, _ label: String?, _ calibrator: Calibrator) -> Verdict {
        let labels = matches.candidates.prefix(3).map { lessons[$0.lesson].label }
        return Verdict(
            confidence: calibrator.confidence(matches),
            isRight: label != nil && labels.first == label,
            isAmongThree: label.map(labels.contains) ?? false,
            isInScope: label != nil
        )
    }

    private static func figures(_ verdicts: [Verdict], _ threshold: Double) -> Figures {
        let inScope = verdicts.filter(\.isInScope)
        let answered = verdicts.filter { $0.confidence >= threshold }
        var figures = Figures()
        (figures.questions, figures.outOfScope, figures.threshold) = (inScope.count, verdicts.count - inScope.count, threshold)
        figures.top1 = share(inScope.count(where: \.isRight), of: inScope.count)
        figures.top3 = share(inScope.count(where: \.isAmongThree), of: inScope.count)
        figures.precision = share(answered.count(where: \.isRight), of: answered.count)
        figures.coverage = share(answered.count(where: \.isInScope), of: inScope.count)
        figures.outOfScopeAnswered = share(answered.count { !$0.isInScope }, of: figures.outOfScope)
        figures.calibrationError = calibrationError(verdicts)
        return figures
    }

    /// Expected calibration error over ten bins of equal width.
    private static func calibrationError(_ verdicts: [Verdict]) -> Double {
        Dictionary(grouping: verdicts) { min(Int($0.confidence * 10), 9) }.values.reduce(0) { sum, bin in
            let confidence = bin.reduce(0) { $0 + $1.confidence } / Double(bin.count)
            let right = share(bin.count(where: \.isRight), of: bin.count)
            return sum + abs(confidence - right) * Double(bin.count) / Double(verdicts.count)
        }
    }

    private static func percentiles(_ times: [Double]) -> Percentiles {
        let sorted = times.sorted()
        guard !sorted.isEmpty else { return Percentiles() }
        return Percentiles(p50: sorted[sorted.count / 2], p99: sorted[min(sorted.count * 99 / 100, sorted.count - 1)])
    }

    private static func share(_ part: Int, of whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
}
