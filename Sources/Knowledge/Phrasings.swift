package import Basics
import Foundation
package import Store

/// The ways in which customers ask for one entry, in the order given and without repetition.
package struct Phrasings: Hashable, Sendable {
    package let list: [String]

    /// Tidies and checks each; empty ones and repetitions are left out.
    package init(checking texts: [String]) throws(Refusal) {
        var seen: Set<String> = []
        var list: [String] = []
        for text in texts {
            let phrasing = try EntryContent.line(text, "phrasing", atMost: EntryContent.Limit.phrasing)
            if !phrasing.isEmpty, seen.insert(phrasing).inserted { list.append(phrasing) }
        }
        guard list.count <= EntryContent.Limit.phrasings else {
            throw Refusal(.invalid, "knowledge.phrasings.count", detail: "at most \(EntryContent.Limit.phrasings)")
        }
        self.list = list
    }
}

extension Phrasings: Codable {
    package init(from decoder: any Decoder) throws {
        try self.init(checking: decoder.singleValueContainer().decode([String].self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(list)
    }
}

/// Kept as a JSON list in one column: phrasings are only ever read together with their entry.
extension Phrasings: SQLConvertible {
    package var sqlValue: SQLValue {
        let bytes = try! JSONEncoder().encode(list)
        return .text(String(decoding: bytes, as: UTF8.self))
    }

    package init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue, let list = try? JSONDecoder().decode([String].self, from: Data(text.utf8)) else {
            return nil
        }
        self.list = list
    }
}
