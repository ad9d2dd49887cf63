/// 不对,是… / no, I meant …: what stands after such words replaces what stood before them.
struct Corrections: Sendable {
    private let places: [Range<Int>]

    init(in text: String) {
        places = (Self.marks.matches(in: text).map { $0.place() } + Self.changes.matches(in: text).map { $0.place(1) })
            .sorted { $0.lowerBound < $1.lowerBound }
    }

    /// Change my booking from this to that.
    private static let changes = Pattern(
        anyCase: "\\b(?:chang|chnag|switch|mov|reschedul|updat|modif|amend|adjust)[a-z]*\\b[^.?!]{0,80}?\\b(to|into)\\b")

    /// The first, unless a correction stands between two; then the first one after the last correction.
    func chosen(among found: [Found]) -> Found? {
        let inOrder = found.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }.map(\.element)
        guard let first = inOrder.first else { return nil }
        for place in places.reversed() {
            let isCorrected = inOrder.contains { $0.place.lowerBound < place.upperBound }
            if isCorrected, let after = inOrder.first(where: { $0.place.lowerBound >= place.upperBound - 1 }) { return after }
        }
        return first
    }

    private static let marks = Pattern(
        anyCase:
            "不对|不是[^,，。]{0,30}?[,，]?(?:而?是|应该)|错了|搞错|弄错|说错|写错|打错|记错|应该是|改成|改为|改到|调到|换到|换成|我是说|我说的是|哦不|啊不|更正|纠正|准确[地的]?说|而是|\\bno[,.! ]+(?:wait|sorry|it'?s|i|make|that|the|not)\\b|\\bno,|\\bnope\\b|\\bi mean(?:t)?\\b|\\bsorry[, ]+(?:i|it'?s|that'?s|make|no)\\b|\\bactually\\b|\\bcorrection\\b|\\bmake (?:it|that)\\b|\\bor rather\\b|\\bscratch that\\b|\\bmy mistake\\b|\\bi misspoke\\b|\\bwait[,. ]|\\boops\\b|\\bchange (?:it|that|this) to\\b|\\bshould be\\b|\\binstead[,:]? (?:it'?s )?(?!of)|\\bnot [^,.]{1,30}, (?:but )?(?=[\\w])"
    )
}

extension Found {
    /// Explicit before relative before vague: a date that is written out says more than the weekday beside it.
    var rank: Int {
        guard type == .date else { return 0 }
        return heard.contains { $0.isNumber } ? 0 : 1
    }
}
