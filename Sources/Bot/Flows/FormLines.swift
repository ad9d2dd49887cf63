import Basics

/// A form that was filled in, as it is sent: lines like `Phone: 138…`.
struct FormLines: Sendable {
    private let lines: [String]

    init(_ text: String) { lines = text.split(whereSeparator: \.isNewline).map { String($0).trimmingSpaces } }

    /// What stands behind the label of each question that has a line.
    func values(of questions: [Outline.Question], in run: FlowRun) -> [(Outline.Question, String)] {
        questions.compactMap { question in
            let label = run.filled(question.text)
            return lines.lazy.compactMap { Self.value($0, behind: label) }.first.map { (question, $0) }
        }
    }

    private static func value(_ line: String, behind label: String) -> String? {
        guard line.lowercased().hasPrefix(label.lowercased()) else { return nil }
        let rest = String(line.dropFirst(label.count)).trimmingSpaces
        guard let colon = rest.first, ":：".contains(colon) else { return nil }
        return String(rest.dropFirst()).trimmingSpaces
    }
}
