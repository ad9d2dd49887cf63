package import Basics
import Foundation
package import Store

/// Words that mean the same to a company's customers, in groups: its products' nicknames, abbreviations, local expressions.
package struct Synonyms: Codable, Hashable, Sendable {
    package enum Limit {
        package static let groups = 500
        /// Of one group.
        package static let words = 30
        /// In characters.
        package static let length = 40
    }

    /// Each with at least two words; the first is what the others are read as.
    package let groups: [[String]]

    package init() { groups = [] }

    /// Tidies and checks; empty words and repetitions within a group are left out, and so are empty groups.
    package init(checking groups: [[String]]) throws(Refusal) {
        var seen: Set<String> = []
        var checked: [[String]] = []
        for group in groups {
            let words = try Self.words(group)
            if words.isEmpty { continue }
            guard words.count > 1 else { throw Refusal(.invalid, "synonyms.single", detail: words[0]) }
            guard words.count <= Limit.words else { throw Refusal(.invalid, "synonyms.words", detail: "at most \(Limit.words)") }
            for word in words where !seen.insert(word.folded).inserted {
                throw Refusal(.invalid, "synonyms.twice", detail: word)
            }
            checked.append(words)
        }
        guard checked.count <= Limit.groups else { throw Refusal(.invalid, "synonyms.groups", detail: "at most \(Limit.groups)") }
        self.groups = checked
    }

    private static func words(_ group: [String]) throws(Refusal) -> [String] {
        var (words, seen) = ([String](), Set<String>())
        for word in group {
            let word = try EntryContent.line(word, "synonym", atMost: Limit.length)
            if !word.isEmpty, seen.insert(word.folded).inserted { words.append(word) }
        }
        return words
    }
}

/// Kept as a JSON list of lists in one column: they are only ever read together.
extension Synonyms: SQLConvertible {
    package var sqlValue: SQLValue { .text(String(decoding: try! JSONEncoder().encode(groups), as: UTF8.self)) }

    package init?(sqlValue: SQLValue) {
        guard
            case .text(let text) = sqlValue,
            let groups = try? JSONDecoder().decode([[String]].self, from: Data(text.utf8))
        else { return nil }
        self.groups = groups
    }
}
