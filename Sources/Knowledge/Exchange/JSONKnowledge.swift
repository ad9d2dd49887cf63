import Basics
import Foundation

/// Knowledge as JSON: `{"entries":[{"language","category","title","phrasings":[…],"answer",…}]}`.
enum JSONKnowledge {
    private struct File: Codable {
        let entries: [Entry]
    }

    private struct Entry: Codable {
        var language: String?
        var category: String?
        var title: String?
        var phrasings: [String]?
        var answer: String?
        var effectiveFrom: Int64?
        var effectiveUntil: Int64?
        var state: String?
    }

    /// An element of the wrong shape, which must not spoil the others.
    private struct Lenient: Decodable {
        let entry: Entry?
        init(from decoder: any Decoder) { entry = try? Entry(from: decoder) }
    }

    private struct LenientFile: Decodable {
        let entries: [Lenient]
    }

    /// Rows are counted as the elements of the list, from 1: JSON has no lines worth the name.
    static func read(_ bytes: [UInt8]) throws(Refusal) -> [EntryDraft] {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw Refusal(.invalid, "import.encoding", detail: "the file is not UTF-8")
        }
        guard let file = try? JSONDecoder().decode(LenientFile.self, from: Data(bytes)) else {
            throw Refusal(.invalid, "import.json", detail: "expected an object with the list `entries`")
        }
        return file.entries.enumerated().map { draft($1.entry, line: $0 + 1) }
    }

    private static func draft(_ entry: Entry?, line: Int) -> EntryDraft {
        guard let entry else { return EntryDraft(line: line, flaw: "import.shape") }
        var draft = EntryDraft(line: line)
        (draft.language, draft.category) = (entry.language ?? "", entry.category ?? "")
        (draft.title, draft.answer) = (entry.title ?? "", entry.answer ?? "")
        (draft.phrasings, draft.state) = (entry.phrasings ?? [], entry.state ?? "")
        draft.effectiveFrom = entry.effectiveFrom?.description ?? ""
        draft.effectiveUntil = entry.effectiveUntil?.description ?? ""
        return draft
    }

    static func write(_ entries: [ExchangedEntry]) -> String {
        let file = File(
            entries: entries.map { entry in
                Entry(
                    language: entry.content.language.rawValue, category: entry.content.category, title: entry.content.title,
                    phrasings: entry.content.phrasings.list, answer: entry.content.answer,
                    effectiveFrom: entry.content.effectiveFrom?.milliseconds,
                    effectiveUntil: entry.content.effectiveUntil?.milliseconds, state: entry.state.rawValue
                )
            }
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try! encoder.encode(file), as: UTF8.self)
    }
}
