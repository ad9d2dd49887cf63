import Basics

/// Knowledge as a sheet: one entry a row, its phrasings in one cell, one a line or, in a cell of one line, between bars.
struct DelimitedKnowledge {
    fileprivate enum Column: String, CaseIterable {
        case language, category, title, phrasings, answer, effectiveFrom, effectiveUntil, state

        /// Headings that people write.
        var headings: [String] {
            switch self {
            case .language: ["language", "语言"]
            case .category: ["category", "分类", "类别"]
            case .title: ["title", "question", "标题", "问题"]
            case .phrasings: ["phrasings", "phrasing", "问法", "相似问法"]
            case .answer: ["answer", "答案", "回答"]
            case .effectiveFrom: ["effectivefrom", "effective_from", "生效时间"]
            case .effectiveUntil: ["effectiveuntil", "effective_until", "失效时间"]
            case .state: ["state", "状态"]
            }
        }

        static let required: [Self] = [.title, .answer]
    }

    private let text: DelimitedText

    init(separator: Character) { text = DelimitedText(separator: separator) }

    func read(_ bytes: [UInt8]) throws(Refusal) -> [EntryDraft] {
        let records = text.records(bytes)
        guard let heading = records.first else { throw Refusal(.invalid, "import.empty") }
        let columns = try columns(heading)
        return records.dropFirst().map { draft($0, columns) }
    }

    /// Which column stands at which place; unknown ones are skipped.
    private func columns(_ heading: DelimitedText.Record) throws(Refusal) -> [Column?] {
        var names: [String] = []
        for cell in heading.cells {
            guard let cell else { throw Refusal(.invalid, "import.encoding", detail: "the file is not UTF-8") }
            names.append(cell.folded.filter { !$0.isWhitespace })
        }
        let columns = names.map { name in Column.allCases.first { $0.headings.contains(name) } }
        let missing = Column.required.filter { !columns.contains($0) }
        guard missing.isEmpty else {
            let names = missing.map(\.rawValue).joined(separator: ", ")
            throw Refusal(.invalid, "import.columns", detail: "missing: \(names)")
        }
        return columns
    }

    private func draft(_ record: DelimitedText.Record, _ columns: [Column?]) -> EntryDraft {
        if record.isCutOff { return EntryDraft(line: record.line, flaw: "import.quote") }
        guard record.cells.count == columns.count else { return EntryDraft(line: record.line, flaw: "import.cells") }
        var draft = EntryDraft(line: record.line)
        for case (let column?, let cell) in zip(columns, record.cells) {
            guard let cell else { return EntryDraft(line: record.line, flaw: "import.encoding") }
            draft.set(column, Formula.bare(cell))
        }
        return draft
    }

    /// With a byte-order mark, without which spreadsheets take Chinese for something else.
    func write(_ entries: [ExchangedEntry]) -> String {
        let rows = entries.map { entry in Column.allCases.map { Formula.harmless(entry.cell($0)) } }
        return "\u{FEFF}" + text.text([Column.allCases.map(\.rawValue)] + rows)
    }
}

extension EntryDraft {
    fileprivate mutating func set(_ column: DelimitedKnowledge.Column, _ cell: String) {
        let word = cell.filter { !$0.isWhitespace }
        switch column {
        case .language: language = word
        case .category: category = cell
        case .title: title = cell
        case .phrasings: phrasings = Phrasings.separated(cell)
        case .answer: answer = cell
        case .effectiveFrom: effectiveFrom = word
        case .effectiveUntil: effectiveUntil = word
        case .state: state = word
        }
    }
}

extension ExchangedEntry {
    fileprivate func cell(_ column: DelimitedKnowledge.Column) -> String {
        switch column {
        case .language: content.language.rawValue
        case .category: content.category
        case .title: content.title
        case .phrasings: content.phrasings.cell
        case .answer: content.answer
        case .effectiveFrom: content.effectiveFrom?.written ?? ""
        case .effectiveUntil: content.effectiveUntil?.written ?? ""
        case .state: state.rawValue
        }
    }
}

extension Phrasings {
    fileprivate static func separated(_ cell: String) -> [String] {
        let hasLines = cell.contains(where: \.isNewline)
        return cell.split { hasLines ? $0.isNewline : $0 == "|" }.map(String.init)
    }

    /// A bar within a single phrasing is kept from separating by the line end after it.
    fileprivate var cell: String {
        let lines = list.joined(separator: "\n")
        return list.count == 1 && lines.contains("|") ? lines + "\n" : lines
    }
}

/// Spreadsheets run a cell that begins like a formula; an apostrophe before it keeps it text.
/// A cell that begins with apostrophes before a formula gets one more, so that reading can take exactly one away.
enum Formula {
    private static let beginnings: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]

    static func harmless(_ cell: String) -> String { looksLikeFormula(cell.unicodeScalars[...]) ? "'" + cell : cell }

    static func bare(_ cell: String) -> String {
        let rest = cell.unicodeScalars.dropFirst()
        return cell.unicodeScalars.first == "'" && looksLikeFormula(rest) ? String(rest) : cell
    }

    private static func looksLikeFormula(_ cell: Substring.UnicodeScalarView) -> Bool {
        cell.drop { $0 == "'" }.first.map(beginnings.contains) ?? false
    }
}
