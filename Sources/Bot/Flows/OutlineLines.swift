import Basics

/// A line of an outline with the lines that are indented below it.
struct OutlineLine: Sendable {
    let number: Int
    let text: String
    var children: [OutlineLine] = []

    /// The word that says what the line is, in English; the text before the colon; and the text after it.
    var keyword: Keyword? { Keyword.allCases.first { keyword in keyword.words.contains { starts(with: $0) } } }

    /// What stands between keyword and colon, and after the colon.
    var parts: (head: String, body: String) {
        guard let keyword, let word = keyword.words.first(where: starts) else { return ("", text) }
        let rest = text.dropFirst(word.count)
        guard let colon = rest.firstIndex(where: { ":：".contains($0) }), keyword.hasBody else {
            return (String(rest).trimmingSpaces, "")
        }
        return (String(rest[..<colon]).trimmingSpaces, String(rest[colon...].dropFirst()).trimmingSpaces)
    }

    private func starts(with word: String) -> Bool {
        guard text.lowercased().hasPrefix(word) else { return false }
        let next = text.dropFirst(word.count).first
        let isHan = word.unicodeScalars.contains { $0.value > 0x2E80 }
        return isHan || next == nil || next.map { !$0.isLetter && !$0.isNumber } ?? true
    }

    enum Keyword: CaseIterable, Sendable {
        case flow, phrasings, again, ask, form, choice, say, button, card, words, image, link, lookUp, failed, when, otherwise
        case confirm, declined, perform, suggest
        case handOff, end

        /// Longer ones first where one begins another.
        var words: [String] {
            switch self {
            case .flow: ["flow", "流程"]
            case .phrasings: ["phrasings", "问法"]
            case .again: ["again", "再问"]
            case .ask: ["ask", "询问", "问"]
            case .form: ["form", "表单"]
            case .card: ["card", "卡片"]
            case .words: ["words", "内容"]
            case .image: ["image", "图片"]
            case .link: ["link", "链接"]
            case .choice: ["choice", "选项"]
            case .say: ["say", "说"]
            case .button: ["button", "按钮"]
            case .lookUp: ["look up", "查询"]
            case .failed: ["failed", "失败"]
            case .when: ["if", "如果"]
            case .otherwise: ["otherwise", "否则"]
            case .confirm: ["confirm", "确认"]
            case .declined: ["declined", "拒绝"]
            case .perform: ["do", "执行"]
            case .suggest: ["suggest", "推荐"]
            case .handOff: ["hand over", "转人工"]
            case .end: ["end", "结束"]
            }
        }

        var hasBody: Bool {
            switch self {
            case .lookUp, .when, .perform, .end: false
            default: true
            }
        }
    }
}

/// What is wrong with an outline, and where.
package struct OutlineMistake: Error, Codable, Hashable, Sendable {
    /// From 1.
    package let line: Int
    /// Stable: `keyword`, `indent`, `title` …
    package let code: String
    /// In English, for those who read API answers.
    package let detail: String

    init(_ line: Int, _ code: String, _ detail: String) { (self.line, self.code, self.detail) = (line, code, detail) }

    var refusal: Refusal { Refusal(.invalid, "flow.\(code)", detail: "line \(line): \(detail)") }
}

extension OutlineLine {
    static let longest = 20_000

    /// The lines as a tree. Blank lines and those that begin with # are left out.
    static func tree(_ text: String) throws(OutlineMistake) -> [OutlineLine] {
        guard text.count <= longest else { throw OutlineMistake(1, "length", "at most \(longest) characters") }
        var lines: [(indent: Int, line: OutlineLine)] = []
        for (place, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let words = String(raw).trimmingSpaces
            guard !words.isEmpty, !words.hasPrefix("#") else { continue }
            let indent = raw.prefix { $0 == " " || $0 == "\t" }.reduce(0) { $0 + ($1 == "\t" ? 2 : 1) }
            lines.append((indent, OutlineLine(number: place + 1, text: words)))
        }
        var rest = lines[...]
        return try block(&rest, at: 0)
    }

    private static func block(
        _ rest: inout ArraySlice<(indent: Int, line: OutlineLine)>, at indent: Int
    ) throws(OutlineMistake) -> [OutlineLine] {
        var made: [OutlineLine] = []
        while let (depth, line) = rest.first, depth >= indent {
            guard depth == indent else {
                throw OutlineMistake(line.number, "indent", "indented further or less than the lines it belongs to")
            }
            rest = rest.dropFirst()
            var line = line
            if let deeper = rest.first?.indent, deeper > indent { line.children = try block(&rest, at: deeper) }
            made.append(line)
        }
        if let (depth, line) = rest.first, depth > 0, indent == 0 {
            throw OutlineMistake(line.number, "indent", "indented by \(depth), but nothing stands above it")
        }
        return made
    }
}
