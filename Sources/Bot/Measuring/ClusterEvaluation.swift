import Dispatch
import Foundation
package import Knowledge

/// Measures how well questions are sorted by what they ask for, as `nightdesk eval clusters` prints it.
package enum ClusterEvaluation {
    package struct Figures: Codable, Sendable {
        package let questions: Int
        package let count: Int
        /// 1 for the groups as labelled, 0 for chance (see ``Partition``).
        package let adjustedRandIndex: Double
        /// The share of questions in the right group, groups matched as well as possible.
        package let accuracy: Double
        package let seconds: Double
    }

    /// From a file with the columns `answer` and `text`. Without a count there are as many groups as answers.
    package static func run(
        questions: String, count: Int, language: Language? = nil, embedding: Embedding? = nil
    ) throws -> Figures {
        let sheet = try Sheet(path: questions)
        let (texts, answers) = (try sheet("text"), try sheet("answer"))
        let numbers = Dictionary(uniqueKeysWithValues: Set(answers).sorted().enumerated().map { ($1, $0) })
        let spoken = language ?? Evaluation.mostSpoken(texts)
        let hearing = embedding.map { Hearing(spoken, embedding: $0) } ?? Hearing(spoken)
        let wanted = count > 0 ? count : numbers.count
        var groups: [Int] = []
        let time = ContinuousClock().measure { groups = QuestionClusters.groups(of: texts, count: wanted, hearing) }
        let partition = Partition(groups, answers.map { numbers[$0]! })
        return Figures(
            questions: texts.count, count: wanted, adjustedRandIndex: partition.adjustedRandIndex, accuracy: partition.accuracy,
            seconds: time / .seconds(1)
        )
    }
}
