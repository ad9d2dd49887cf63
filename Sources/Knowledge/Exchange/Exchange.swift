package import Basics
import Foundation

/// The file forms in which knowledge comes and goes. What is exported in any of them comes back the same.
package enum ExchangeFormat: String, Sendable, CaseIterable, LosslessStringConvertible {
    case csv, tsv, json, markdown

    package init?(_ description: String) { self.init(rawValue: description) }
    package var description: String { rawValue }

    package var mediaType: String {
        switch self {
        case .csv: "text/csv; charset=utf-8"
        case .tsv: "text/tab-separated-values; charset=utf-8"
        case .json: "application/json"
        case .markdown: "text/markdown; charset=utf-8"
        }
    }

    package var fileName: String { "knowledge.\(self == .markdown ? "md" : rawValue)" }
}

/// An entry on its way in or out.
package struct ExchangedEntry: Hashable, Sendable {
    package let content: EntryContent
    package let state: KnowledgeEntry.State

    package init(_ content: EntryContent, state: KnowledgeEntry.State = .published) {
        (self.content, self.state) = (content, state)
    }
}

/// What a file holds: what can be taken over, and what cannot with the reason.
package struct ImportPreview: Sendable {
    /// A row that can be taken over.
    package struct Good: Hashable, Sendable {
        /// Where in the file it begins, from 1.
        package let line: Int
        package let entry: ExchangedEntry
    }

    /// A row that cannot, and why.
    package struct Bad: Codable, Hashable, Sendable {
        package let line: Int
        /// The code of a refusal, e.g. `knowledge.title.missing`.
        package let reason: String

        package init(line: Int, reason: String) { (self.line, self.reason) = (line, reason) }
    }

    /// The largest file.
    package enum Limit {
        package static let bytes = 10 * 1024 * 1024
        package static let entries = 20_000
    }

    package private(set) var good: [Good] = []
    package private(set) var bad: [Bad] = []

    /// Reads a whole file. A file that cannot be read at all is refused; a broken part of it is listed.
    /// - Parameter isKept: the file is our own copy of a preview, which may be larger than its upload was.
    package init(reading bytes: [UInt8], as format: ExchangeFormat, isKept: Bool = false) throws(Refusal) {
        guard isKept || bytes.count <= Limit.bytes else {
            throw Refusal(.tooLarge, "import.bytes", detail: "at most \(Limit.bytes) bytes")
        }
        let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        guard !bytes.isEmpty else { throw Refusal(.invalid, "import.empty") }
        let drafts =
            switch format {
            case .csv: try DelimitedKnowledge(separator: ",").read(bytes)
            case .tsv: try DelimitedKnowledge(separator: "\t").read(bytes)
            case .json: try JSONKnowledge.read(bytes)
            case .markdown: MarkdownKnowledge.read(bytes)
            }
        for draft in drafts.sorted(by: { $0.line < $1.line }) { add(draft) }
        guard good.count <= Limit.entries else {
            throw Refusal(.tooLarge, "import.entries", detail: "at most \(Limit.entries) entries")
        }
    }

    private mutating func add(_ draft: EntryDraft) {
        do {
            let entry = try draft.finished()
            good.append(Good(line: draft.line, entry: entry))
        } catch {
            bad.append(Bad(line: draft.line, reason: error.code))
        }
    }
}

/// An entry as read, not checked yet. All texts, so that every form shares the checks.
struct EntryDraft: Sendable {
    let line: Int
    var language = ""
    var category = ""
    var title = ""
    var phrasings: [String] = []
    var answer = ""
    var effectiveFrom = ""
    var effectiveUntil = ""
    var state = ""
    /// Why it could not even be read.
    var flaw: String?

    init(line: Int, flaw: String? = nil) { (self.line, self.flaw) = (line, flaw) }

    func finished() throws(Refusal) -> ExchangedEntry {
        if let flaw { throw Refusal(.invalid, flaw) }
        let content = try EntryContent(
            language: readLanguage(), category: category, title: title, phrasings: phrasings, answer: answer,
            effectiveFrom: Self.moment(effectiveFrom), effectiveUntil: Self.moment(effectiveUntil)
        )
        return ExchangedEntry(content, state: try readState())
    }

    /// Where a file does not say, the text itself does.
    private func readLanguage() throws(Refusal) -> Language {
        let named = language.isEmpty ? Language.detect(title) ?? Language.detect(answer) : Language(locale: language)
        guard let named else { throw Refusal(.invalid, "knowledge.language") }
        return named
    }

    private func readState() throws(Refusal) -> KnowledgeEntry.State {
        if state.isEmpty { return .published }
        guard let state = KnowledgeEntry.State(rawValue: state), state != .archived else {
            throw Refusal(.invalid, "knowledge.state")
        }
        return state
    }

    private static func moment(_ text: String) throws(Refusal) -> Timestamp? {
        if text.isEmpty { return nil }
        guard let moment = Timestamp(written: text) else { throw Refusal(.invalid, "knowledge.effective.malformed") }
        return moment
    }
}

extension Timestamp {
    private static let withDay = Date.ISO8601FormatStyle().year().month().day()
    private static let withTime = Date.ISO8601FormatStyle()
    private static let withMilliseconds = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    /// As people write it: `2026-10-01`, `2026-10-01T08:00:00Z`, `2026-10-01T08:00:00.000+08:00`, or milliseconds.
    init?(written text: String) {
        if let milliseconds = Int64(text) {
            self.init(milliseconds: milliseconds)
            return
        }
        let styles = [Self.withTime, Self.withMilliseconds, Self.withDay]
        guard let date = styles.lazy.compactMap({ try? Date(text, strategy: $0) }).first else { return nil }
        self.init(milliseconds: Int64((date.timeIntervalSince1970 * 1000).rounded()))
    }

    /// Whole seconds by the formatter, milliseconds by hand: they would be cut off wrongly in binary fractions.
    var written: String {
        let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        let text = Date(timeIntervalSince1970: Double(seconds)).formatted(Self.withTime)
        return rest == 0 ? text : text.replacing("Z", with: ".\(String(1000 + abs(rest)).dropFirst())Z")
    }
}
