import Organization

/// Dates, written out or counted from today. Where the year is left out the coming day is meant, unless the last one is much nearer.
struct DateSlots: Sendable {
    let today: Day

    func read(_ text: String) -> [Found] {
        var taken: [Range<Int>] = []
        return rules.flatMap { rule in
            rule.pattern.matches(in: text).compactMap { match -> Found? in
                guard !taken.contains(where: { $0.overlaps(match.place()) }), let day = rule.day(self, match) else { return nil }
                taken.append(match.place())
                return Found(.date, day.description, in: match)
            }
        }
    }

    private typealias Rule = (pattern: Pattern, day: @Sendable (Self, Match) -> Day?)
    private var rules: [Rule] { Self.written + Self.chinese + Self.english }

    // Written out

    private static let months =
        "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    private static let weekdays =
        "mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
    private static let weekdayBefore = "(?:\\b(?:on )?(?:\(weekdays))\\b[., ]*(?:the )?)?"
    private static let han = "[0-9一二三四五六七八九十两〇零]"

    private static let written: [Rule] = [
        (
            Pattern("(?<!\\d)((?:19|20)\\d{2}) ?[-/.年] ?(\\d{1,2}|\(han){1,3}) ?[-/.月] ?(\\d{1,2}|\(han){1,3})[日号]?(?!\\d)"),
            {
                $0.day(Numerals.whole($1[1] ?? ""), Numerals.whole($1[2] ?? ""), Numerals.whole($1[3] ?? ""))
            }
        ),
        (
            Pattern("(今年|明年|去年)?(?<!\\d)(\\d{1,2}|[一二三四五六七八九十]{1,2})月份?的?(\\d{1,2}|[一二三四五六七八九十]{1,3})[日号]?"),
            {
                let shift = $1[1].map { $0 == "明年" ? 1 : $0 == "去年" ? -1 : 0 }
                return $0.day(
                    shift.map { [today = $0.today] in today.civil.year + $0 }, Numerals.whole($1[2] ?? ""),
                    Numerals.whole($1[3] ?? ""))
            }
        ),
        (
            Pattern(anyCase: weekdayBefore + "(?<!\\d)(\\d{1,2})/(\\d{1,2})/((?:19|20)?\\d{2})(?!\\d)"),
            {
                $0.slashed(Numerals.whole($1[1] ?? ""), Numerals.whole($1[2] ?? ""), Numerals.whole($1[3] ?? ""))
            }
        ),
        (
            Pattern(
                anyCase: weekdayBefore
                    + "\\b(?!may the)(\(months))\\b\\.? +(?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?:[, ]+((?:19|20)\\d{2}))?(?![\\d:])"
            ),
            {
                $0.day(Numerals.whole($1[3] ?? ""), Self.month($1[1]), Numerals.whole($1[2] ?? ""))
            }
        ),
        (
            Pattern(
                anyCase: weekdayBefore
                    + "(?<![\\d:])(\\d{1,2})(?:st|nd|rd|th)? ?(?:of )?\\b(\(months))\\b\\.?(?:[, ]+((?:19|20)\\d{2}))?"),
            {
                $0.day(Numerals.whole($1[3] ?? ""), Self.month($1[2]), Numerals.whole($1[1] ?? ""))
            }
        ),
        (
            Pattern(
                anyCase: weekdayBefore
                    + "\\b(\\d{1,2})(?:st|nd|rd|th)\\b(?! (?:floor|time|person|child|table|star|birthday|anniversary|avenue|street))(?! ?(?:of )?(?:\(months))\\b)"
            ),
            {
                $0.nearestDay(of: Numerals.whole($1[1] ?? ""))
            }
        ),
    ]

    // Chinese

    private static let days: [String: Int] = [
        "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "今天": 0, "今日": 0, "今晚": 0, "今早": 0, "今儿": 0, "当天": 0,
        "明天": 1, "明日": 1, "明晚": 1, "明早": 1, "明儿": 1, "后天": 2, "大后天": 3,
    ]

    private static let chinese: [Rule] = [
        (
            Pattern("大前天|大后天|前天|昨天|昨日|昨晚|今天|今日|今晚|今早|今儿|明天|明日|明晚|明早|明儿|(?<![0-9一二三四五六七八九十两])后天"),
            {
                $0.today(plus: days[$1.whole])
            }
        ),
        (Pattern("(上|下|这|本)?(上|下)?个?(?:周|星期|礼拜)([一二三四五六日天末1-6])(?!月|号)"), { $0.chineseWeekday($1) }),
        (Pattern("(\\d{1,3}|[一二两三四五六七八九十]{1,3}|半)个?(天|周|星期|礼拜|月)(?:之|以)?(后|前|内)"), { $0.chineseSpan($1) }),
        (
            Pattern("(上|下|这|本)个?月的?(\\d{1,2}|[一二三四五六七八九十]{1,3})[号日]"),
            {
                let shift = $1[1] == "上" ? -1 : $1[1] == "下" ? 1 : 0
                let (year, month, _) = $0.today.civil
                return $0.dayOfMonth(year, month + shift, Numerals.whole($1[2] ?? ""))
            }
        ),
        (
            Pattern("(?<![0-9月楼栋路弄街院座])(\\d{1,2}|[一二三四五六七八九十]{1,3})[号日](?![0-9楼栋院线座A-Za-z]|门)"),
            { $0.nearestDay(of: Numerals.whole($1[1] ?? "")) }
        ),
        (Pattern("(这个?|本|上个?|下个?)月(底|末|初)"), { $0.edgeOfMonth($1) }),
        (Pattern("(元旦|国庆节?|劳动节|五一|圣诞节?|儿童节|教师节)"), { $0.holiday($1.whole) }),
        (
            Pattern("(?<!\\d)(\\d{1,2})[-/.](\\d{1,2})(?![\\d:/元块])"),
            { reader, match in
                guard match.whole.contains("/") || match.whole.contains("-") else { return nil }
                return reader.day(nil, Numerals.whole(match[1] ?? ""), Numerals.whole(match[2] ?? ""))
            }
        ),
    ]

    // English

    private static let count =
        "(\\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|a few|a couple of)"

    private static let english: [Rule] = [
        (Pattern(anyCase: "\\bthe day after tomorrow\\b"), { reader, _ in reader.today(plus: 2) }),
        (Pattern(anyCase: "\\bthe day before yesterday\\b"), { reader, _ in reader.today(plus: -2) }),
        (Pattern(anyCase: "\\b(?:tomorrow|tmrw|tomorow|tommorow|tommorrow)\\b"), { reader, _ in reader.today(plus: 1) }),
        (
            Pattern(
                anyCase:
                    "(?<!how are you )(?<!you doing )\\b(?:today|tonight|this (?:morning|afternoon|evening)|right now|in an hour)\\b"
            ), { reader, _ in reader.today }
        ),
        (Pattern(anyCase: "\\b(?:yesterday|last night)\\b"), { reader, _ in reader.today(plus: -1) }),
        (Pattern(anyCase: "\\bin \(count) (day|week|month)s?\\b(?:(?:'s)? time)?"), { $0.englishSpan($1[1], $1[2], 1) }),
        (
            Pattern(anyCase: "\\b\(count) (day|week|month)s? (?:from (?:now|today)|later|hence)\\b"),
            { $0.englishSpan($1[1], $1[2], 1) }
        ),
        (Pattern(anyCase: "\\b\(count) (day|week|month)s? (?:ago|earlier)\\b"), { $0.englishSpan($1[1], $1[2], -1) }),
        (
            Pattern(anyCase: "\\b(next|last) (week|month)\\b(?! (?:on|\(weekdays)))"),
            { $0.englishSpan("1", $1[2], $1[1]?.lowercased() == "last" ? -1 : 1) }
        ),
        (
            Pattern(
                anyCase:
                    "\\b(?:on )?(next|last|this(?: coming)?|coming|past)? ?\\b(monday|tuesday|wednesday|thursday|friday|saturday|sunday|tues?|thurs?|(?-i:Mon|Weds?|Fri|Sat|Sun|MON|WED|FRI|SAT|SUN))\\b(?!')(?: (next week|week))?"
            ),
            {
                $0.englishWeekday($1)
            }
        ),
        (
            Pattern(
                anyCase:
                    "\\b(christmas eve|christmas(?: day)?|new year'?s eve|new year'?s(?: day)?|valentine'?s(?: day)?|halloween|boxing day)\\b"
            ), { $0.holiday($1.whole.lowercased()) }
        ),
    ]
}

extension DateSlots {
    private func today(plus days: Int?) -> Day? { days.map { Day(number: today.number + $0) } }

    /// Without a year the coming one, unless the last one is much nearer.
    func day(_ year: Int?, _ month: Int?, _ day: Int?) -> Day? {
        guard let month, let day, (1...12).contains(month), (1...31).contains(day) else { return nil }
        if let year { return existing(year, month, day) }
        let days = (-4...4).compactMap { existing(today.civil.year + $0, month, day) }
        let (past, coming) = (days.last { $0 < today }, days.first { $0 >= today })
        guard let past, let coming else { return past ?? coming }
        return (today.number - past.number) * 4 < coming.number - today.number ? past : coming
    }

    private func existing(_ year: Int, _ month: Int, _ day: Int) -> Day? {
        let made = Day(year: year, month: month, day: day)
        return made.civil.day == day && made.civil.month == month ? made : nil
    }

    /// 08/20/2018 and 20/08/2018; where both may be meant the month comes first.
    fileprivate func slashed(_ first: Int?, _ second: Int?, _ year: Int?) -> Day? {
        guard let first, let second, let year else { return nil }
        let full = year < 100 ? 2000 + year : year
        return first > 12 ? day(full, second, first) : day(full, first, second)
    }

    fileprivate func dayOfMonth(_ year: Int, _ month: Int, _ day: Int?) -> Day? {
        guard let day else { return nil }
        return existing(month < 1 ? year - 1 : month > 12 ? year + 1 : year, (month + 11) % 12 + 1, day)
    }

    /// The 31st: of the month whose 31st is nearest.
    func nearestDay(of day: Int?) -> Day? {
        let (year, month, _) = today.civil
        return (-1...2).compactMap { dayOfMonth(year, month + $0, day) }
            .min { abs($0.number - today.number) < abs($1.number - today.number) }
    }

    fileprivate static func month(_ name: String?) -> Int? {
        let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        return name.flatMap { names.firstIndex(of: String($0.lowercased().prefix(3))) }.map { $0 + 1 }
    }

    fileprivate func chineseWeekday(_ match: Match) -> Day? {
        let words = ["一", "二", "三", "四", "五", "六", "日"]
        let word = match[3] ?? ""
        let place = word == "天" ? 6 : word == "末" ? 5 : words.firstIndex(of: word) ?? Int(word).map { $0 - 1 }
        guard let place else { return nil }
        let weeks = [match[1], match[2]].reduce(0) { $0 + ($1 == "下" ? 1 : $1 == "上" ? -1 : 0) }
        return Day(number: today.number - today.weekday + place + 7 * weeks)
    }

    fileprivate func chineseSpan(_ match: Match) -> Day? {
        guard match[3] != "内", let count = Numerals.value(match[1] ?? "") else { return nil }
        let unit = match[2] == "天" ? 1.0 : match[2] == "月" ? 30 : 7
        let sign = match[3] == "前" ? -1 : 1
        if unit == 30, count == count.rounded() { return inMonths(sign * Int(count)) }
        return today(plus: sign * Int(count * unit))
    }

    fileprivate func englishSpan(_ count: String?, _ unit: String?, _ sign: Int) -> Day? {
        guard let count = count?.lowercased() else { return nil }
        let number = count.hasPrefix("a couple") ? 2 : count == "a few" ? 3 : Numerals.whole(count)
        guard let number else { return nil }
        switch unit?.lowercased() {
        case "day": return today(plus: sign * number)
        case "week": return today(plus: sign * number * 7)
        default: return inMonths(sign * number)
        }
    }

    /// The same day of another month, or its last one.
    private func inMonths(_ count: Int) -> Day? {
        let (year, month, day) = today.civil
        let (years, place) = (month - 1 + count).quotientAndFloor(by: 12)
        return (0...3).lazy.compactMap { existing(year + years, place + 1, day - $0) }.first
    }

    fileprivate func edgeOfMonth(_ match: Match) -> Day? {
        let (year, month, _) = today.civil
        let shift = match[1]?.hasPrefix("上") ?? false ? -1 : match[1]?.hasPrefix("下") ?? false ? 1 : 0
        guard match[2] != "初" else { return dayOfMonth(year, month + shift, 1) }
        return (0...3).lazy.compactMap { dayOfMonth(year, month + shift, 31 - $0) }.first
    }

    fileprivate func englishWeekday(_ match: Match) -> Day? {
        let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        guard let place = match[2].flatMap({ names.firstIndex(of: String($0.lowercased().prefix(3))) }) else { return nil }
        let monday = today.number - today.weekday
        switch match[1]?.lowercased() {
        case "next": return Day(number: monday + place + 7)
        case "last", "past": return Day(number: monday + place - (place < today.weekday ? 0 : 7))
        default:
            let weeks = match[3] == nil ? 0 : 7
            return Day(number: monday + place + (place < today.weekday ? 7 : 0) + weeks)
        }
    }

    fileprivate func holiday(_ name: String) -> Day? {
        let dates: [(String, Int, Int)] = [
            ("元旦", 1, 1), ("国庆", 10, 1), ("劳动节", 5, 1), ("五一", 5, 1), ("圣诞", 12, 25), ("儿童节", 6, 1), ("教师节", 9, 10),
            ("christmas eve", 12, 24), ("christmas", 12, 25), ("new year's eve", 12, 31), ("new years eve", 12, 31),
            ("new year", 1, 1),
            ("valentine", 2, 14), ("halloween", 10, 31), ("boxing day", 12, 26),
        ]
        return dates.first { name.hasPrefix($0.0) }.flatMap { day(nil, $0.1, $0.2) }
    }
}

extension Int {
    fileprivate func quotientAndFloor(by divisor: Int) -> (Int, Int) {
        let rest = ((self % divisor) + divisor) % divisor
        return ((self - rest) / divisor, rest)
    }
}
