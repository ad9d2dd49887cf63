/// Takes comments and indentation out of a script; strings, templates and regular expressions stay as they are.
struct ScriptStripper {
    private let source: [UInt8]
    private var at = 0
    private var stripped: [UInt8] = []

    static func strip(_ source: [UInt8]) -> [UInt8] {
        var stripper = ScriptStripper(source: source)
        stripper.copyCode(isInTemplate: false)
        return stripper.stripped
    }

    private init(source: [UInt8]) { self.source = source }

    private func byte(_ offset: Int) -> UInt8? {
        source.indices.contains(at + offset) ? source[at + offset] : nil
    }

    /// To the end, or to the brace that ends a `${…}`.
    private mutating func copyCode(isInTemplate: Bool) {
        var depth = 0
        while let next = byte(0) {
            switch next {
            case UInt8(ascii: "'"), UInt8(ascii: "\""): copyQuoted(next)
            case UInt8(ascii: "`"): copyTemplate()
            case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "/"): skipLine()
            case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "*"): skipBlock()
            case UInt8(ascii: "/") where mayBeginExpression: copyExpression()
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): copySpace()
            case UInt8(ascii: "}") where isInTemplate && depth == 0: return
            default:
                if next == UInt8(ascii: "{") { depth += 1 }
                if next == UInt8(ascii: "}") { depth -= 1 }
                copyByte()
            }
        }
    }

    private mutating func copyByte() {
        stripped.append(source[at])
        at += 1
    }

    private mutating func copyQuoted(_ quote: UInt8) {
        copyByte()
        while let next = byte(0), next != quote {
            if next == UInt8(ascii: "\\") { copyByte() }
            copyByte()
        }
        copyByte()
    }

    private mutating func copyTemplate() {
        copyByte()
        while let next = byte(0), next != UInt8(ascii: "`") {
            if next == UInt8(ascii: "$"), byte(1) == UInt8(ascii: "{") {
                copyByte()
                copyByte()
                copyCode(isInTemplate: true)
            } else if next == UInt8(ascii: "\\") {
                copyByte()
            }
            copyByte()
        }
        copyByte()
    }

    private mutating func copyExpression() {
        copyByte()
        var isInClass = false
        while let next = byte(0), isInClass || next != UInt8(ascii: "/") {
            if next == UInt8(ascii: "[") { isInClass = true }
            if next == UInt8(ascii: "]") { isInClass = false }
            if next == UInt8(ascii: "\\") { copyByte() }
            copyByte()
        }
        copyByte()
    }

    /// Whether a slash here begins a regular expression; after a value it divides.
    private var mayBeginExpression: Bool {
        guard let last = stripped.last(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") }) else { return true }
        return "(,=:[!&|?{;+-*%~^<>".utf8.contains(last)
    }

    private mutating func skipLine() {
        while let next = byte(0), next != UInt8(ascii: "\n") { at += 1 }
    }

    private mutating func skipBlock() {
        at += 2
        while at < source.count, !(byte(0) == UInt8(ascii: "*") && byte(1) == UInt8(ascii: "/")) { at += 1 }
        at += 2
    }

    /// A run of spaces becomes one; a run with a line's end becomes the line's end, which may stand for a semicolon.
    private mutating func copySpace() {
        var hasLineEnd = false
        while let next = byte(0), " \t\n\r".utf8.contains(next) {
            hasLineEnd = hasLineEnd || next == UInt8(ascii: "\n")
            at += 1
        }
        if stripped.last == UInt8(ascii: "\n") || stripped.isEmpty { return }
        if stripped.last == UInt8(ascii: " ") { stripped.removeLast() }
        stripped.append(hasLineEnd ? UInt8(ascii: "\n") : UInt8(ascii: " "))
    }
}
