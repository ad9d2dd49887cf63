package import Basics
import Foundation

/// What an entry says: the part that has versions. Checked and tidied where it is born.
package struct EntryContent: Hashable, Sendable {
    /// The longest of each part in characters, and how many phrasings.
    package enum Limit {
        package static let title = 200
        package static let category = 100
        package static let phrasing = 500
        package static let phrasings = 200
        package static let answer = 8000
    }

    package let language: Language
    package let category: String
    /// The question as it is shown to customers when the bot asks back; it counts as a phrasing.
    package let title: String
    package let phrasings: Phrasings
    package let answer: String
    package let effectiveFrom: Timestamp?
    /// The first moment at which the entry is no longer true.
    package let effectiveUntil: Timestamp?

    package init(
        language: Language, category: String = "", title: String, phrasings: [String] = [], answer: String,
        effectiveFrom: Timestamp? = nil, effectiveUntil: Timestamp? = nil
    ) throws(Refusal) {
        self.language = language
        self.category = try Self.line(category, "category", atMost: Limit.category)
        self.title = try Self.line(title, "title", atMost: Limit.title)
        guard !self.title.isEmpty else { throw Refusal(.invalid, "knowledge.title.missing") }
        self.phrasings = try Phrasings(checking: phrasings)
        self.answer = try Self.answer(answer)
        if let effectiveFrom, let effectiveUntil, effectiveFrom >= effectiveUntil {
            throw Refusal(.invalid, "knowledge.effective.order")
        }
        (self.effectiveFrom, self.effectiveUntil) = (effectiveFrom, effectiveUntil)
    }

    /// One line without control characters, runs of space drawn together.
    static func line(_ text: String, _ name: String, atMost limit: Int) throws(Refusal) -> String {
        let words = text.split { $0.isWhitespace || $0.isNewline }
        let line = words.joined(separator: " ")
        guard !line.unicodeScalars.contains(where: \.isControl) else { throw Refusal(.invalid, "knowledge.\(name).control") }
        guard line.count <= limit else {
            throw Refusal(.invalid, "knowledge.\(name).length", detail: "at most \(limit) characters")
        }
        return line
    }

    private static func answer(_ text: String) throws(Refusal) -> String {
        let answer = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
            .trimmingCharacters(in: .whitespacesAndNewlines)
        guard !answer.isEmpty else { throw Refusal(.invalid, "knowledge.answer.missing") }
        guard !answer.unicodeScalars.contains(where: { $0.isControl && $0 != "\n" && $0 != "\t" }) else {
            throw Refusal(.invalid, "knowledge.answer.control")
        }
        guard answer.count <= Limit.answer else {
            throw Refusal(.invalid, "knowledge.answer.length", detail: "at most \(Limit.answer) characters")
        }
        return answer
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool { properties.generalCategory == .control }
}
