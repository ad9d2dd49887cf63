/// Times of the day, as `19:30`. Half of the day is taken as said; where nothing is said the number stands.
enum TimeSlots {
    private static let half = "(a\\.?m\\b\\.?|p\\.?m\\b\\.?)"
    private static let hour = "(\\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    private static let later = "(?: (?:in the |at |to)?(morning|afternoon|evening|night))?"

    private typealias Rule = (pattern: Pattern, time: @Sendable (Match) -> String?)

    static func read(_ text: String) -> [Found] {
        var taken: [Range<Int>] = []
        return rules.flatMap { rule in
            rule.pattern.matches(in: text).compactMap { match -> Found? in
                guard !taken.contains(where: { $0.overlaps(match.place()) }), let time = rule.time(match) else { return nil }
                taken.append(match.place())
                return Found(.time, time, in: match)
            }
        }.sorted { $0.place.lowerBound < $1.place.lowerBound }
    }

    private static let rules: [Rule] = [
        (
            Pattern(
                anyCase:
                    "\\b(\\d{1,3}|five|ten|twenty|fifteen|thirty) (?:minutes|mins) (before|after|past|to) (?:(\\d{1,2})(?:[:.](\\d{2}))? ?\(half)?|(noon|midday|midnight))"
            ),
            {
                guard let minutes = Numerals.whole($0[1] ?? "") else { return nil }
                let base = $0[6].map { $0.lowercased() == "midnight" ? "00:00" : "12:00" } ?? clock($0[3], $0[4], $0[5])
                return shifted(base, by: ["before", "to"].contains($0[2]?.lowercased()) ? -minutes : minutes)
            }
        ),
        (
            Pattern(
                anyCase:
                    "\\b(half|quarter|a quarter|five|ten|twenty|twenty[- ]five|one|two|three|four|six|seven|eight|nine)[ -]?(past|after|to|before|till|of)[ -]\(hour)(?! ?(?:people|of us|adults|persons|guests|\\d))(?: ?\(half))?\(later)"
            ),
            {
                relative($0)
            }
        ),
        (
            Pattern(anyCase: "(?<![\\d/.:$])(\\d{1,2})[:.](\\d{2})(?:[:.]\\d{2})?(?:ish)? ?\(half)?\(later)(?![\\d%])"),
            { clock($0[1], $0[2], $0[3] ?? $0[4]) }
        ),
        (Pattern(anyCase: "(?<![\\d/.:])(\\d{1,2})(\\d{2}) ?(?:\(half)|hrs?\\b|hours\\b)"), { clock($0[1], $0[2], $0[3]) }),
        (Pattern(anyCase: "(?<![\\d/.:])\(hour)(?:ish)? ?\(half)"), { clock($0[1], nil, $0[2]) }),
        (Pattern(anyCase: "(?<![\\d/.:])(\\d{1,2}) ?hr?s?\\b(?! (?:ago|from|later))"), { clock($0[1], nil, nil) }),
        (
            Pattern(anyCase: "\\b(?:noon|midday|noontime|midnight|lunchtime)\\b"),
            {
                let word = $0.whole.lowercased()
                return word == "midnight" ? "00:00" : word == "lunchtime" ? nil : "12:00"
            }
        ),
        (Pattern(anyCase: "(?<![\\d/.:-])\\b\(hour)(?: o'?clock)\(later)"), { clock($0[1], nil, $0[2]) }),
        (
            Pattern(anyCase: "(?<![\\d/.:-])\\b\(hour) (?:in the |at |to)(morning|afternoon|evening|night)"),
            { clock($0[1], nil, $0[2]) }
        ),
        (Pattern(anyCase: "(?<![\\d/.:-])\\b\(hour)ish\\b"), { clock($0[1], nil, nil) }),
        (
            Pattern(
                anyCase:
                    "\\b(?:at|by|around|about|@|till|until|after|before)(?: around| about)? \(hour)(?![\\d/:.]\\d|st\\b|nd\\b|rd\\b|th\\b|\\w| ?(?:people|persons?|of us|guests|adults?|kids|children|stars?|days?|weeks?|minutes?|mins|hours?|percent|%|friends|others|seats?|[A-Z][a-z]+ (?:Street|Road)))"
            ),
            {
                clock($0[1], nil, nil)
            }
        ),
        (Pattern(anyCase: "\\btime (?:is|should be|will be|would be)(?: at)? \(hour)\\b"), { clock($0[1], nil, nil) }),
        (Pattern(anyCase: "\\bin (?:an|one|1) hour\\b"), { _ in "in 1 hour" }),
        (
            Pattern(
                "(凌晨|清晨|早上|早晨|今早|明早|上午|中午|下午|午后|傍晚|晚上|夜里|半夜|今晚|明晚|晚)?(\\d{1,2}|[一二两三四五六七八九十]{1,3})[点时](?!左右吗)(?:钟|整)?(?:(半)|(一|三)刻|(\\d{1,2}|[零一二三四五六七八九十]{1,3})分?)?"
            ),
            {
                chinese($0)
            }
        ),
        (Pattern("(?:中午|正午)(?!\\d|[一二两三])"), { _ in "12:00" }),
    ]

    static func clock(_ hour: String?, _ minute: String?, _ half: String?) -> String? {
        guard var hours = hour.flatMap(Numerals.whole), let minutes = Int(minute ?? "0"), minutes < 60, hours <= 24 else {
            return nil
        }
        let half = half?.lowercased().filter { $0 != "." } ?? ""
        if ["pm", "afternoon", "evening", "night"].contains(half), hours < 12 { hours += 12 }
        if ["am", "morning"].contains(half), hours == 12 { hours = 0 }
        return written(hours % 24, minutes)
    }

    private static func written(_ hours: Int, _ minutes: Int) -> String {
        (hours < 10 ? "0" : "") + String(hours) + (minutes < 10 ? ":0" : ":") + String(minutes)
    }

    private static func shifted(_ time: String?, by minutes: Int) -> String? {
        let parts = time?.split(separator: ":").compactMap { Int($0) } ?? []
        guard parts.count == 2 else { return nil }
        let all = (parts[0] * 60 + parts[1] + minutes + 1440) % 1440
        return written(all / 60, all % 60)
    }

    private static func relative(_ match: Match) -> String? {
        let word = match[1]?.lowercased() ?? ""
        let minutes = word == "half" ? 30 : word.hasSuffix("quarter") ? 15 : Numerals.whole(word)
        guard let minutes, let base = clock(match[3], nil, match[4] ?? match[5]) else { return nil }
        return shifted(base, by: ["to", "before", "till", "of"].contains(match[2]?.lowercased()) ? -minutes : minutes)
    }

    private static func chinese(_ match: Match) -> String? {
        guard var hours = match[2].flatMap(Numerals.whole), hours <= 24 else { return nil }
        let minutes = match[3] != nil ? 30 : match[4].map { $0 == "一" ? 15 : 45 } ?? match[5].flatMap(Numerals.whole) ?? 0
        guard minutes < 60 else { return nil }
        let part = match[1] ?? ""
        if ["下午", "午后", "傍晚", "晚上", "今晚", "明晚", "晚"].contains(part), hours < 12 { hours += 12 }
        if part == "中午", hours < 3 { hours += 12 }
        if ["凌晨", "半夜"].contains(part), hours == 12 { hours = 0 }
        return written(hours % 24, minutes)
    }
}
