import Basics
package import Knowledge

extension Evaluation {
    /// From files: knowledge and questions with the columns `answer` and `text`, out-of-scope questions with `text`.
    /// Without a language the one that most phrasings are in.
    package static func run(
        knowledge: String, questions: String, outOfScope: String? = nil, threshold: Double, language: Language? = nil
    ) throws -> Figures {
        let (taught, asked) = (try Sheet(path: knowledge), try Sheet(path: questions))
        let phrasings = zip(try taught("answer"), try taught("text")).map { (label: $0, text: $1) }
        let inScope = zip(try asked("answer"), try asked("text")).map { Question(text: $1, label: $0) }
        let strangers = try outOfScope.map { try Sheet(path: $0)("text") } ?? []
        return Evaluation(phrasings: phrasings).run(
            inScope + strangers.map { Question(text: $0, label: nil) }, threshold: threshold,
            language: language ?? mostSpoken(phrasings.map(\.text))
        )
    }

    private static func mostSpoken(_ texts: [String]) -> Language {
        texts.count { Language.detect($0) == .chinese } * 2 >= texts.count ? .chinese : .english
    }
}

extension HumanRequest {
    /// How well requests for a person are recognised.
    package struct Figures: Codable, Sendable {
        package let questions: Int
        package let precision: Double
        package let recall: Double
    }

    /// From a file with the columns `label` (or `human_request`), 0 or 1, and `text`.
    package static func evaluate(questions: String) throws -> Figures {
        let sheet = try Sheet(path: questions)
        let labels = try (try? sheet("label")) ?? sheet("human_request")
        let cases = zip(labels, try sheet("text")).map { (isAsked: $0 == "1", isHeard: isMade(in: $1)) }
        let right = Double(cases.count { $0.isAsked && $0.isHeard })
        return Figures(
            questions: cases.count,
            precision: right / Double(max(cases.count(where: \.isHeard), 1)),
            recall: right / Double(max(cases.count(where: \.isAsked), 1))
        )
    }
}
