/// Amounts and what they are in: 三百五十块, 12块8, ¥99.9, $20, 1.5万元, fifty dollars, 100-150元.
enum MoneySlots {
    private static let number = Numerals.chinese
    private static let yuan = "元|块钱|块|圆|人民币|rmb|cny|yuan|刀|美元|美金|美刀|欧元|英镑|港币|日元"
    private static let chinese = Pattern(
        anyCase:
            "(?:人民币|rmb|¥|￥)? ?(?:(\(number)) ?(?:\(yuan))? ?(?:-|~|到|至) ?)?(\(number))(多|来)? ?(?:大洋)?(\(yuan))(?:(?:([0-9一二两三四五六七八九])(?![0-9十百千万个件天]) ?(?:毛|角)?)(?:([0-9一二三四五六七八九])分)?)?"
    )
    private static let cents = Pattern("(?<![\\d块元])(\(number))(毛|角)(?:钱)?")
    private static let sign = Pattern(
        anyCase:
            "(us\\$|hk\\$|[$£€¥￥]|\\b(?:usd|gbp|eur|cny|rmb)) ?(\\d[\\d,]*(?:\\.\\d{1,2})?)(?: ?- ?[$£€¥￥]?(\\d[\\d,]*(?:\\.\\d{1,2})?))?(k|万)?"
    )
    private static let english = Pattern(
        anyCase:
            "(?<![\\d.,])(?:(\(Numerals.english)) ?(?:-|to) ?)?(?:\\b(?:a )?)(\(Numerals.english)) ?(dollars?|bucks?|usd|pounds?|quid|gbp|euros?|eur|yuan|rmb|cny|cents?|pence)\\b(?: (?:and )?(\(Numerals.english)) ?(?:cents?|pence)?)?"
    )

    static func read(_ text: String) -> [Found] {
        let found =
            chinese.matches(in: text).compactMap(inYuan) + sign.matches(in: text).compactMap(signed)
            + english.matches(in: text).compactMap(inEnglish) + cents.matches(in: text).compactMap(inJiao)
        return found.sorted { ($0.place.lowerBound, -$0.place.count) < ($1.place.lowerBound, -$1.place.count) }
    }

    private static func inYuan(_ match: Match) -> Found? {
        guard var amount = match[2].flatMap(Numerals.value) else { return nil }
        if let tenths = match[5].flatMap(Numerals.value) { amount += tenths / 10 }
        if let hundredths = match[6].flatMap(Numerals.value) { amount += hundredths / 100 }
        return Found(.money, written(match[1].flatMap(Numerals.value), amount, currency(match[4] ?? "")), in: match)
    }

    private static func inJiao(_ match: Match) -> Found? {
        match[1].flatMap(Numerals.value).map { Found(.money, written(nil, $0 / 10, "CNY"), in: match) }
    }

    private static func signed(_ match: Match) -> Found? {
        guard let first = match[2].flatMap(Numerals.value) else { return nil }
        let times = match[4].map { $0 == "万" ? 10_000.0 : 1000 } ?? 1
        let second = match[3].flatMap(Numerals.value)
        return Found(
            .money, written(second.map { _ in first * times }, (second ?? first) * times, currency(match[1] ?? "")), in: match)
    }

    private static func inEnglish(_ match: Match) -> Found? {
        guard var amount = match[2].flatMap(Numerals.value) else { return nil }
        let unit = match[3]?.lowercased() ?? ""
        if unit.hasPrefix("cent") || unit == "pence" { amount /= 100 }
        if let hundredths = match[4].flatMap(Numerals.value) { amount += hundredths / 100 }
        return Found(.money, written(match[1].flatMap(Numerals.value), amount, currency(unit)), in: match)
    }

    private static func written(_ from: Double?, _ to: Double, _ currency: String) -> String {
        let amount = from.map { "\(Numerals.written($0))-\(Numerals.written(to))" } ?? Numerals.written(to)
        return currency.isEmpty ? amount : "\(amount) \(currency)"
    }

    private static let currencies: [(names: [String], code: String)] = [
        (["美", "刀", "dollar", "buck", "usd", "$", "us$", "cent"], "USD"), (["欧", "euro", "eur", "€"], "EUR"),
        (["英镑", "pound", "quid", "gbp", "£", "pence"], "GBP"), (["港", "hk$"], "HKD"), (["日元"], "JPY"),
    ]

    private static func currency(_ word: String) -> String {
        let word = word.lowercased()
        if word.isEmpty { return "" }
        if word.hasPrefix("hk") { return "HKD" }
        return currencies.first { $0.names.contains { word.hasPrefix($0) } }?.code ?? "CNY"
    }
}
