import Basics
package import Knowledge

extension Evaluation {
    /// From files: knowledge and questions with the columns `answer` and `text`, out-of-scope questions with `text`.
    /// Without a language the one that most phrasings are in.
    package static func run(
        knowledge: String, questions: String, outOfScope: String? = nil, threshold: Double, language: Language? = nil,
        embedding: Embedding? = nil
    ) throws -> Figures {
        let (taught, asked) = (try Sheet(path: knowledge), try Sheet(path: questions))
        let phrasings = zip(try taught("answer"), try taught("text")).map { (label: $0, text: $1) }
        let inScope = zip(try asked("answer"), try asked("text")).map { Question(text: $1, label: $0) }
        let strangers = try outOfScope.map { try Sheet(path: $0)("text") } ?? []
        let spoken = language ?? mostSpoken(phrasings.map(\.text))
        return Evaluation(phrasings: phrasings).run(
            inScope + strangers.map { Question(text: $0, label: nil) }, threshold: threshold,
            hearing: embedding.map { Hearing(spoken, embedding: $0) } ?? Hearing(spoken)
        )
    }

    static func mostSpoken(_ texts: [String]) -> Language {
        texts.count { Language.detect($0) == .chinese } * 2 >= texts.count ? .chinese : .english
    }
}

/// How well something is recognised in what customers write.
package struct Recognition: Codable, Sendable {
    package let questions: Int
    package let precision: Double
    package let recall: Double
    /// Of the texts that are not meant, the share that was taken for it.
    package let falseAlarms: Double

    /// From a file with the columns `label` (or `column`), 0 or 1, and `text`. Without labels none is meant.
    init(questions: String, column: String, _ isHeard: (String) -> Bool) throws {
        let sheet = try Sheet(path: questions)
        let texts = try sheet("text")
        let labels = (try? sheet("label")) ?? (try? sheet(column)) ?? []
        // Other sheets label their texts with what they are about.
        let meant = labels.allSatisfy { ["0", "1"].contains($0) } ? labels : []
        let cases = texts.enumerated().map {
            (isMeant: meant.isEmpty ? false : meant[$0.offset] == "1", isHeard: isHeard($0.element))
        }
        let right = Double(cases.count { $0.isMeant && $0.isHeard })
        self.questions = cases.count
        precision = right / Double(max(cases.count(where: \.isHeard), 1))
        recall = right / Double(max(cases.count(where: \.isMeant), 1))
        falseAlarms = Double(cases.count { !$0.isMeant && $0.isHeard }) / Double(max(cases.count { !$0.isMeant }, 1))
    }
}

extension HumanRequest {
    package static func evaluate(questions: String) throws -> Recognition {
        try Recognition(questions: questions, column: "human_request", isMade)
    }
}

extension Anger {
    package static func evaluate(questions: String) throws -> Recognition {
        try Recognition(questions: questions, column: "anger") { heard(in: $0) != nil }
    }
}
