/// Sizes: clothes (XL, 2XL, 大号), shoes (42码, EU 42), measures (120×80 cm, 1米5, 55英寸).
enum SizeSlots {
    private static let clothes = Pattern(
        anyCase:
            "(?<![A-Za-z0-9])(x{1,5}[sl]|[2-6]xl|[2-3]xs|(?:size|尺码|码数|尺寸)[ :：是为选要]*(?:an? )?[sml]\\b|[sml](?= ?码| ?号| size\\b)|(?<=[\\u4e00-\\u9fff,，])[SML](?![A-Za-z0-9'])|(?:extra[- ]?)*(?:small|medium|large)\\b)(?: ?码| ?号| size)?"
    )
    private static let shoes = Pattern(
        anyCase:
            "(?:\\b(?:eu|us|uk) ?(\\d{1,2}(?:\\.5)?)\\b|(\\d{1,3}(?:\\.5)?) ?码|(?:\\bsize|尺码|码数)(?: is)?[ :：是为]*(\\d{1,3}(?:\\.5)?)(?! ?[x×*]))"
    )
    private static let han = Pattern("([特加]*[大中小均])(?:号|码)")
    private static let measures = Pattern(
        anyCase:
            "(?<![\\dA-Za-z.])(\\d{1,5}(?:\\.\\d+)?)(?: ?(mm|cm|m|厘米|毫米|公分|米))? ?[x×*乘] ?(\\d{1,5}(?:\\.\\d+)?)(?: ?[x×*乘] ?(\\d{1,5}(?:\\.\\d+)?))? ?(mm|cm|m|inch(?:es)?|in|ft|厘米|毫米|公分|米|英寸|寸)?(?![A-Za-z])"
    )
    private static let single = Pattern(
        anyCase:
            "(?<![\\dA-Za-z.])(\\d{1,4}(?:\\.\\d+)?|[一二两三四五六七八九十百]{1,4}) ?(mm|cm|inch(?:es)?|厘米|毫米|公分|英寸|寸|\"|ml|毫升|升|l(?![a-z])|米|m(?![a-z]))([0-9一二三四五六七八九])?"
    )

    static func read(_ text: String) -> [Found] {
        measures.matches(in: text).map(measured) + clothes.matches(in: text).map { Found(.size, letters($0[1] ?? ""), in: $0) }
            + shoes.matches(in: text).map { Found(.size, $0[1] ?? $0[2] ?? $0[3] ?? "", in: $0) }
            + han.matches(in: text).map { Found(.size, hanSize($0[1] ?? ""), in: $0) }
            + single.matches(in: text).compactMap(length)
    }

    private static func letters(_ text: String) -> String {
        let word = text.lowercased()
        for (name, letter) in [("small", "S"), ("medium", "M"), ("large", "L")] where word.hasSuffix(name) {
            return repeated(word.components(of: "extra"), letter)
        }
        let core = word.filter { "xsml0123456789".contains($0) }
        let last = word.last.map { String($0).uppercased() } ?? ""
        if let count = core.first?.wholeNumberValue { return "\(count)X\(last)" }
        let isLetter = word.hasPrefix("size")
        return repeated(isLetter ? 0 : core.count(where: { $0 == "x" }), last)
    }

    /// XXL and 2XL are the same.
    private static func repeated(_ count: Int, _ letter: String) -> String {
        count == 0 ? letter : count == 1 ? "X" + letter : "\(count)X\(letter)"
    }

    private static func hanSize(_ text: String) -> String {
        let count = text.count - 1
        switch text.last {
        case "大": return repeated(count, "L")
        case "小": return repeated(count, "S")
        case "中": return "M"
        default: return "均码"
        }
    }

    private static let units: [String: String] = [
        "厘米": "cm", "公分": "cm", "毫米": "mm", "米": "m", "英寸": "in", "寸": "in", "\"": "in", "inch": "in", "inches": "in", "毫升": "ml",
        "升": "l",
    ]

    private static func measured(_ match: Match) -> Found {
        let numbers = [match[1], match[3], match[4]].compactMap { $0 }.joined(separator: "x")
        let unit = (match[5] ?? match[2])?.lowercased()
        return Found(.size, unit.map { "\(numbers) \(units[$0] ?? $0)" } ?? numbers, in: match)
    }

    private static func length(_ match: Match) -> Found? {
        guard var number = match[1].flatMap(Numerals.value), let unit = match[2]?.lowercased() else { return nil }
        if let tenths = match[3].flatMap(Numerals.value) { number += tenths / 10 }
        return Found(.size, "\(Numerals.written(number)) \(units[unit] ?? unit)", in: match)
    }
}

extension String {
    fileprivate func components(of word: String) -> Int { ranges(of: word).count }
}
