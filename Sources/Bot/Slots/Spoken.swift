/// A text made ready for the rules: full width as half width, one kind of apostrophe, and digits that are said one by one
/// (幺三八零零一三…, one three double eight) as digits.
enum Spoken {
    static func written(_ text: String) -> String {
        spaces.replacing(in: english.replacing(in: chinese.replacing(in: narrow(text), digits(ofChinese:)), digits(ofEnglish:))) {
            _ in " "
        }
    }

    private static func narrow(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar.value {
                    case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
                    case 0x3000, 0xA0, 0x09, 0x0A, 0x0D: " "
                    case 0x2018, 0x2019: "'"
                    case 0x2013, 0x2014: "-"
                    default: scalar
                    }
                }))
    }

    private static let spaces = Pattern(" {2,}")
    private static let chinese = Pattern(
        "(?<![十百千万亿点第])[零〇幺一二三四五六七八九](?:[ ,、-]{0,2}[零〇幺一二三四五六七八九0-9]){3,}(?![十百千万亿点])")
    private static let english = Pattern(
        anyCase:
            "\\b(?:double |triple )?(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)(?:[ ,-]{1,2}(?:double |triple )?(?:zero|oh|o|one|two|three|four|five|six|seven|eight|nine)\\b){3,}"
    )

    private static func digits(ofChinese match: Match) -> String? {
        match.whole.unicodeScalars.compactMap { scalar in
            scalar.properties.numericType == .decimal
                ? String(scalar) : Numerals.digits[scalar].map { String(Int($0)) }
        }.joined()
    }

    private static func digits(ofEnglish match: Match) -> String? {
        var (digits, times) = ("", 1)
        for word in match.whole.lowercased().split(whereSeparator: { " ,-".contains($0) }) {
            switch word {
            case "double": times = 2
            case "triple": times = 3
            default:
                let digit = ["oh", "o"].contains(word) ? 0 : Numerals.whole(String(word)) ?? 0
                digits += String(repeating: String(digit), count: times)
                times = 1
            }
        }
        return digits
    }
}
