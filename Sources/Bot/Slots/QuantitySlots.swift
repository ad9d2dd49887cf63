/// How many pieces: 3件, 两双, two boxes, x2.
enum QuantitySlots {
    private static let chinese = Pattern(
        "(\\d{1,5}|[一二两三四五六七八九十百千半]{1,6})(?:个|件|只|双|台|盏|箱|盒|瓶|套|包|份|张|条|支|把|本|袋|斤|公斤|罐|杯)(?!人|大人|小时|月|星期|礼拜|周|小孩|号)")
    private static let english = Pattern(
        anyCase:
            "\\b(\(Numerals.english)) ?(?:x|pcs?|pieces?|units?|items?|boxes|box|bottles?|pairs?|sets?|packs?|copies|lamps?|flasks?|curtains?|cups?|bags?|cartons?)\\b"
    )
    private static let times = Pattern(anyCase: "(?<![\\dA-Za-z])[x×] ?(\\d{1,4})\\b|\\b(?:quantity|qty|数量)[ :：是为]*(\\d{1,5})")

    static func read(_ text: String) -> [Found] {
        (chinese.matches(in: text) + english.matches(in: text) + times.matches(in: text)).compactMap { match in
            let group = match[1] != nil ? 1 : 2
            return match[group].flatMap(Numerals.value).map { Found(.quantity, Numerals.written($0), in: match) }
        }
    }
}
