/// Numbers in words: 三千八, 一百零五, 1.5万, 半, twenty-five, a dozen.
enum Numerals {
    /// One Chinese or Arabic number, as patterns find it.
    static let chinese = "(?:[0-9][0-9,]*(?:\\.[0-9]+)?[百千万亿]?|[零〇一二两俩三仨四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬点半]+)"
    /// One English number.
    static let english =
        "(?:[0-9][0-9,]*(?:\\.[0-9]+)?|(?:(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|dozen)(?:[ -](?:and )?|\\b))+)"

    static func value(_ text: String) -> Double? {
        let text = text.lowercased().filter { $0 != "," }.trimmingSpaces
        return Double(text)
            ?? (text.unicodeScalars.contains(where: { digits[$0] != nil || units[$0] != nil || $0 == "半" })
                ? inChinese(text) : inEnglish(text))
    }

    static func whole(_ text: String) -> Int? {
        value(text).flatMap { $0 == $0.rounded() && abs($0) < 1e15 ? Int($0) : nil }
    }

    /// Without a point and zeros that say nothing.
    static func written(_ number: Double) -> String {
        if number == number.rounded(), abs(number) < 1e15 { return String(Int(number)) }
        let text = String((number * 100).rounded() / 100)
        return text
    }

    static let digits: [Unicode.Scalar: Double] = [
        "零": 0, "〇": 0, "幺": 1, "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "仨": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8,
        "九": 9, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
    ]
    private static let units: [Unicode.Scalar: Double] = [
        "十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10_000, "萬": 10_000, "亿": 100_000_000,
    ]

    private static func inChinese(_ text: String) -> Double? {
        if text == "半" { return 0.5 }
        let parts = text.split(separator: "点", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = wholeChinese(parts[0]) else { return nil }
        guard parts.count == 2 else { return whole }
        let fraction = parts[1].unicodeScalars.compactMap { digits[$0] }.map { String(Int($0)) }.joined()
        return Double("\(Int(whole)).\(fraction)")
    }

    /// 三千八 is 3800 and 三千零八 is 3008: a last digit counts a tenth of the unit before it, unless a zero stands between.
    private static func wholeChinese(_ text: Substring) -> Double? {
        var (total, section, last) = (0.0, 0.0, 1.0)
        var number: Double?
        var arabic = ""
        for scalar in text.unicodeScalars {
            if ("0"..."9").contains(scalar) || scalar == "." { arabic.unicodeScalars.append(scalar) }
            if !arabic.isEmpty { number = Double(arabic) }
            if let digit = digits[scalar] {
                if number != nil, arabic.isEmpty, last == 1, section == 0, total == 0 {
                    number = (number ?? 0) * 10 + digit
                } else {
                    number = digit
                }
                if digit == 0 { (number, last) = (section + total == 0 ? 0 : nil, 1) }
            } else if let unit = units[scalar] {
                if unit < 10_000 {
                    section += (number ?? 1) * unit
                } else {
                    total = (total + section + (number ?? 0)) * unit
                    section = 0
                }
                (number, last, arabic) = (nil, unit, "")
            }
        }
        return total + section + (number ?? 0) * (last >= 100 ? last / 10 : 1)
    }

    private static let words: [String: Int] = {
        let small = [
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
            "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
        ]
        let tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
        var words = Dictionary(uniqueKeysWithValues: small.enumerated().map { ($1, $0) })
        for (place, word) in tens.enumerated() { words[word] = (place + 2) * 10 }
        words.merge(["a": 1, "an": 1, "dozen": 12, "couple": 2, "few": 3]) { $1 }
        return words
    }()

    private static func inEnglish(_ text: String) -> Double? {
        var (total, section, isNumber) = (0, 0, false)
        for word in text.split(whereSeparator: { " -".contains($0) }) where word != "and" && word != "of" {
            switch word {
            case "hundred": section = max(section, 1) * 100
            case "thousand": (total, section) = (total + max(section, 1) * 1000, 0)
            case "dozen": section = max(section, 1) * 12
            default:
                guard let value = words[String(word)] else { return nil }
                section += value
            }
            isNumber = true
        }
        return isNumber ? Double(total + section) : nil
    }
}

extension String {
    var trimmingSpaces: String {
        var text = Substring(self)
        while text.first?.isWhitespace ?? false { text.removeFirst() }
        while text.last?.isWhitespace ?? false { text.removeLast() }
        return String(text)
    }
}
