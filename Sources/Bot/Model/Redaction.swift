import Foundation

/// Puts tokens in the place of personal data before a text leaves the house, and the data back into what comes back.
///
/// Covered: e-mail addresses, identity and card numbers, telephone numbers (also in Chinese digits), order and tracking numbers,
/// street addresses, the names that are known and those that people give ("我叫…", "my name is …"). The same data is the same
/// token in all texts of one call.
struct Redaction: Sendable {
    private var tokens: [(token: String, original: String)] = []
    private let names: [String]

    /// - Parameter names: what the contact is known by: name, e-mail address, telephone.
    init(names: [String] = []) {
        self.names = names.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.filter { $0.count >= 2 }
            .sorted { $0.count > $1.count }
    }

    /// The text as it may leave.
    mutating func hide(_ text: String) -> String {
        var text = Self.withPlainDigits(text)
        for name in names { text = replace(Self.literally(name), in: text, as: "NAME") }
        for (kind, expression) in Self.kinds { text = replace(expression, in: text, as: kind) }
        return text
    }

    /// Full-width digits are digits, too.
    private static func withPlainDigits(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { (0xFF10...0xFF19).contains($0.value) ? Unicode.Scalar($0.value - 0xFEE0)! : $0 }))
    }

    /// The text as the customer reads it.
    func restore(_ text: String) -> String {
        tokens.reduce(text) { $0.replacing($1.token, with: $1.original) }
    }

    /// The tokens in use.
    var hidden: [String] { tokens.map(\.token) }

    private mutating func replace(_ expression: NSRegularExpression, in text: String, as kind: String) -> String {
        var (result, end) = ("", text.startIndex)
        for match in expression.matches(in: text, range: NSRange(text.startIndex..., in: text)) {
            // The first group is what is personal, where the words around it are needed to tell.
            let personal =
                match.numberOfRanges > 1 && match.range(at: 1).location != NSNotFound ? match.range(at: 1) : match.range
            guard let range = Range(personal, in: text), range.lowerBound >= end, !range.isEmpty else { continue }
            result += text[end..<range.lowerBound] + token(for: String(text[range]), kind)
            end = range.upperBound
        }
        return result + text[end...]
    }

    private mutating func token(for original: String, _ kind: String) -> String {
        if let known = tokens.first(where: { $0.original == original }) { return known.token }
        let token = "[\(kind)_\(tokens.count { $0.token.hasPrefix("[\(kind)_") } + 1)]"
        tokens.append((token, original))
        return token
    }

    private static func literally(_ name: String) -> NSRegularExpression {
        let isWord = name.unicodeScalars.allSatisfy { $0.isASCII }
        let escaped = NSRegularExpression.escapedPattern(for: name)
        return expression(isWord ? #"(?<![A-Za-z0-9])\#(escaped)(?![A-Za-z0-9])"# : escaped, ignoresCase: true)
    }

    private static func expression(_ pattern: String, ignoresCase: Bool = false) -> NSRegularExpression {
        try! NSRegularExpression(pattern: pattern, options: ignoresCase ? [.caseInsensitive] : [])
    }

    /// The first that fits takes it: what looks like a card number may look like an order number, too.
    private static let kinds: [(String, NSRegularExpression)] = [
        ("EMAIL", expression(#"[\p{L}0-9._%+\-]+[@＠][\p{L}0-9\-]+(?:[.．][\p{L}0-9\-]+)+"#)),
        // Identity cards of the mainland, with their check digit.
        ("ID", expression(#"(?<!\d)[1-9]\d{5}[ ]?(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])[ ]?(?:[0-2]\d|3[01])\d{3}[\dXxＸｘ](?!\d)"#)),
        ("CARD", expression(#"(?<![\dA-Za-z])\d{4}(?:[ \-]?\d{4}){2,3}[ \-]?\d{1,7}(?![\dA-Za-z])"#)),
        (
            "PHONE",
            expression(
                #"(?<![\dA-Za-z])(?:[+＋]\d{1,3}[ \-]?|00\d{1,3}[ \-]?)?(?:1[3-9]\d[ \-]?\d{4}[ \-]?\d{4}|0\d{2,3}[ \-]\d{7,8}|\(?\d{3}\)?[ .\-]\d{3}[ .\-]\d{4})(?![\dA-Za-z])|[+＋]\d[\d \-]{7,16}\d"#
            )
        ),
        ("PHONE", expression(#"[零〇一二三四五六七八九幺两][零〇一二三四五六七八九幺两、,， ]{6,}[零〇一二三四五六七八九幺]"#)),
        (
            "ADDRESS",
            expression(
                #"(?:[\p{Han}]{2,8}(?:省|自治区))?(?:[\p{Han}]{2,8}[市州])?(?:[\p{Han}]{1,8}[区县旗])?(?:[\p{Han}]{1,10}(?:镇|乡|街道|村))?[\p{Han}A-Za-z]{1,12}(?:路|街|巷|弄|大道|胡同|小区|花园|新村|苑)[\p{Han}]{0,6}?[\d零一二三四五六七八九十百]+(?:号|弄|栋|幢|座|单元|楼|层|室|户)(?:[\p{Han}]{0,4}[\d一二三四五六七八九十A-Za-z\-]+(?:号|弄|栋|幢|座|单元|楼|层|室|户)?)*"#
            )
        ),
        (
            "ADDRESS",
            expression(
                #"\b\d{1,5}[A-Za-z]?(?: [A-Z][A-Za-z'\-]*){1,4} (?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Square|Way|Close|Terrace)\b\.?(?:,? (?:Apt|Apartment|Flat|Unit|Suite)\.? ?\w+)?"#
            )
        ),
        ("NAME", expression(#"(?:我叫|我的名字[是叫]|我姓名是|收件人[是:： ]*|联系人[是:： ]*)([\p{Han}]{2,4}?)(?=[,，。.!！;；、 \n]|的|电话|手机|地址|$)"#)),
        ("NAME", expression(#"(?:[Mm]y name is|[Mm]y name's|[Tt]his is) ([A-Z][\p{L}'\-]+(?: [A-Z][\p{L}'\-]+){0,2})"#)),
        // Letters and digits together, or digits alone, too long for an amount or a year.
        (
            "ORDER",
            expression(
                #"(?<![\dA-Za-z])(?=[A-Za-z\-]{0,8}\d)(?=(?:[A-Za-z\-]*\d){5})[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?![\dA-Za-z])"#)
        ),
    ]
}
