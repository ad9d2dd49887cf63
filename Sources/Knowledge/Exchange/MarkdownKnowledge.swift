/// Knowledge as a page to read and write by hand:
///
/// ```
/// # Delivery
/// ## When will my order arrive?
/// <!-- language: en -->
/// - how long does shipping take
/// - where is my parcel
///
/// Two to four working days.
/// ```
///
/// A line of the answer that would look like one of these marks begins with a backslash.
enum MarkdownKnowledge {
    static func read(_ bytes: [UInt8]) -> [EntryDraft] {
        var page = Page()
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            page.add(
                String(validating: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self), number: index + 1)
        }
        return page.finished
    }

    static func write(_ entries: [ExchangedEntry]) -> String {
        var (text, category) = ("", nil as String?)
        for entry in entries {
            if entry.content.category != category {
                category = entry.content.category
                text += "# \(entry.content.category)\n\n"
            }
            text += self.text(entry)
        }
        return text
    }

    private static func text(_ entry: ExchangedEntry) -> String {
        let content = entry.content
        let phrasings = content.phrasings.list.map { "- \($0)\n" }.joined()
        let answer = content.answer.split(separator: "\n", omittingEmptySubsequences: false).map(Mark.escaped).joined(
            separator: "\n")
        return "## \(content.title)\n<!-- \(remark(entry)) -->\n\(phrasings)\n\(answer)\n\n"
    }

    private static func remark(_ entry: ExchangedEntry) -> String {
        [
            ("language", entry.content.language.rawValue),
            ("from", entry.content.effectiveFrom?.written),
            ("until", entry.content.effectiveUntil?.written),
            ("state", entry.state.rawValue),
        ].compactMap { name, value in value.map { "\(name): \($0)" } }.joined(separator: "; ")
    }

    /// What the beginning of a line says it is.
    private enum Mark {
        case category(String)
        case title(String)
        case phrasing(String)
        case remark(String)
        case text(String)

        init(_ line: String) {
            if line.hasPrefix("## ") || line == "##" {
                self = .title(String(line.dropFirst(3)))
            } else if line.hasPrefix("# ") || line == "#" {
                self = .category(String(line.dropFirst(2)))
            } else if line.hasPrefix("- ") {
                self = .phrasing(String(line.dropFirst(2)))
            } else if line.hasPrefix("<!-- "), line.hasSuffix(" -->") {
                self = .remark(String(line.dropFirst(5).dropLast(4)))
            } else {
                self = .text(Self.isEscaped(line) ? String(line.dropFirst()) : line)
            }
        }

        static func escaped(_ line: Substring) -> String { startsLikeMark(line) ? "\\" + line : String(line) }

        private static func isEscaped(_ line: String) -> Bool { line.first == "\\" && startsLikeMark(line.dropFirst()) }
        private static func startsLikeMark(_ line: Substring) -> Bool { line.first.map { "#-<\\".contains($0) } ?? false }
    }

    private struct Page {
        private var category = ""
        private var current: EntryDraft?
        private var drafts: [EntryDraft] = []

        var finished: [EntryDraft] { drafts + [current].compactMap(\.self) }

        mutating func add(_ line: String?, number: Int) {
            guard let line else { return spoil("import.encoding", number) }
            switch Mark(line) {
            case .category(let name):
                finish()
                category = name
            case .title(let title):
                finish()
                current = EntryDraft(line: number)
                current?.title = title
                current?.category = category
            case .phrasing(let text) where current?.answer.allSatisfy(\.isWhitespace) ?? true: add(phrasing: text, number)
            case .phrasing(let text): add(text: "- \(text)", number)
            case .remark(let text): current?.take(remark: text)
            case .text(let text): add(text: text, number)
            }
        }

        private mutating func add(phrasing: String, _ number: Int) {
            if current == nil { spoil("import.untitled", number) } else { current?.phrasings.append(phrasing) }
        }

        private mutating func add(text: String, _ number: Int) {
            if current != nil {
                current?.answer += text + "\n"
            } else if !text.allSatisfy(\.isWhitespace) {
                spoil("import.untitled", number)
            }
        }

        /// A line that cannot be read spoils the entry it stands in.
        private mutating func spoil(_ flaw: String, _ number: Int) {
            drafts.append(EntryDraft(line: number, flaw: flaw))
            current = current.map { EntryDraft(line: $0.line, flaw: flaw) }
        }

        private mutating func finish() {
            if let current { drafts.append(current) }
            current = nil
        }
    }
}

extension EntryDraft {
    fileprivate mutating func take(remark: String) {
        for part in remark.split(separator: ";") {
            let pair = part.split(separator: ":", maxSplits: 1).map { $0.filter { !$0.isWhitespace } }
            guard pair.count == 2 else { continue }
            switch pair[0] {
            case "language": language = pair[1]
            case "from": effectiveFrom = pair[1]
            case "until": effectiveUntil = pair[1]
            case "state": state = pair[1]
            default: continue
            }
        }
    }
}

extension ExchangeFormat {
    package func write(_ entries: [ExchangedEntry]) -> String {
        switch self {
        case .csv: DelimitedKnowledge(separator: ",").write(entries)
        case .tsv: DelimitedKnowledge(separator: "\t").write(entries)
        case .json: JSONKnowledge.write(entries)
        case .markdown: MarkdownKnowledge.write(entries)
        }
    }
}
