/// How many people: 5, four people, me and my 3 friends, 2 adults and a child, 我们六个人, 两大一小, 一家三口.
enum PeopleSlots {
    private static let number =
        "(?:\\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|a couple of|a few|an?|the|my|our|his|her)"
    private static let kind =
        "(?:people|persons?|guests?|adults?|kids?|child(?:ren)?|teens?|teenagers?|toddlers?|infants?|bab(?:y|ies)|seniors?|men|man|wom[ae]n|lad(?:y|ies)|gentlem[ae]n|guys|friends?|others?|couples?|coworkers?|colleagues?|sisters?|brothers?|siblings?|parents?|mother|mom|mum|father|dad|grand(?:mother|father|son|daughter|parents|kids|children)|wife|husband|partner|spouse|boss|girlfriend|boyfriend|son|daughter|sons|daughters|twins|cousins?|aunt|uncle|nephew|niece|diners?|pax|participants?|passengers?|seats?|highchair)"
    private static let member =
        "(?:(?:me|myself|i)\\b|\(number)(?: (?:two|three|four|five|six|seven|eight|nine|ten|\\d{1,2}))? (?:(?:other|more|young|small|little|lady|male|female|adult|best|old|elderly|close|good|of my|of our)\\s){0,2}\(kind)\\b|\\bwife\\b|\\bhusband\\b|\\bplus (?:a|one|\\d) \(kind))"
    private static let group = Pattern(
        anyCase:
            "\\b(?<![\\d/:.])(?!a couple of the)\(member)(?:(?:,? and |, ?| plus | with | & | ?\\+ ?| )(?:\\d{1,2} )?\(member))*")
    private static let two = Pattern(
        anyCase: "\\b(?:the )?(one|two|three|four|five|six|seven|eight|nine|ten|\\d{1,3}) (?:of us|plus a child)\\b")
    private static let party = Pattern(
        anyCase:
            "\\b(?:party (?:of|for|is|size (?:is|of|will be))|table (?:for|of)|group of|book(?:ing|ed)? (?:a table |it |us |me )?(?:for|of)|reserv(?:e|ation|ing) (?:a table |of )?for|room for|seats? for|seating for|seat|spot for|space for|dinner for|lunch for|meal for|for (?:a )?(?:party|group|table) of|there(?: wi|')ll be|there are|there is|we(?: ar|')e|we will be|it(?: wi|')ll be|make it|only|just|to|for)(?: only| just| about| around| exactly| a total of| the| a)? (\\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|twenty)(?![\\w/:.]*\\d|st\\b|nd\\b|rd\\b|th\\b|\\w| ?(?:a\\.?m|p\\.?m|o'?clock|stars?|days?|weeks?|hours?|minutes?|mins|in the|tonight|highchairs?|high chairs?|tables?|dollars?|pm|ish|past|to|of (?:\(kind))|[:.]\\d))"
    )
    private static let sized = Pattern(
        anyCase: "\\b(\\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve)[ -](?:person|seat|top|people|seater)\\b")
    private static let total = Pattern(
        anyCase:
            "\\b(\\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: people)? (?:total|in total|in all|all together|altogether|is (?:the|my) number)\\b|\\b(?:family of|total[?:,]?|(?:people|guests|persons?|number of people|head ?count)(?: is| of| are| will be|:)+|for us|we have|it'?s(?: now)?(?= \\d{1,3} now)) (\\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?![\\w/:.]*\\d|\\w| ?(?:a\\.?m|p\\.?m|stars?|days?|weeks?|hours?|minutes?))"
    )
    private static let han = "(\\d{1,4}|[一二两俩三仨四五六七八九十百]{1,5})"
    private static let chinese = Pattern(
        "\(han) ?(?:个|位|名)?(?:大人|成人|人|口|客人|游客|乘客|旅客)(?!份|民|均|次)|\(han) ?(?:个|位)(?=[,，。.!！?？ ]|$)")
    private static let bigAndSmall = Pattern("\(han)个?(?:大人?|成人|成年人)[,，、 和加]*\(han)个?(?:小孩?子?|儿童|孩子|宝宝|娃)")

    static func read(_ text: String) -> [Found] {
        let found =
            bigAndSmall.matches(in: text).compactMap { match in
                guard let big = match[1].flatMap(Numerals.whole), let small = match[2].flatMap(Numerals.whole) else { return nil }
                return Found(.people, String(big + small), in: match)
            }
            + two.matches(in: text).compactMap { counted($0) } + total.matches(in: text).compactMap { counted($0) }
            + sized.matches(in: text).compactMap { counted($0) }
            + group.matches(in: text).compactMap(grouped)
            + party.matches(in: text).compactMap { counted($0) } + chinese.matches(in: text).compactMap { counted($0) }
        var taken: [Range<Int>] = []
        return found.filter { found in
            guard !taken.contains(where: { $0.overlaps(found.place) }) else { return false }
            taken.append(found.place)
            return true
        }
    }

    private static func counted(_ match: Match) -> Found? {
        let group = match[1] != nil ? 1 : 2
        let more = match.whole.lowercased().hasSuffix("plus a child") ? 1 : 0
        return match[group].flatMap(Numerals.whole).map { Found(.people, String($0 + more), in: match, group: group) }
    }

    private static let memberPattern = Pattern(
        anyCase:
            "\\b(?:(me|myself|i)\\b|(?:(\(number)) (?:(two|three|four|five|six|seven|eight|nine|ten|\\d{1,2}) )?)?(?:[a-z]+ ){0,2}?(\(kind))\\b)"
    )

    /// Everybody who is named, added up.
    private static func grouped(_ match: Match) -> Found? {
        let text = match.whole
        guard text.lowercased() != "i", text.lowercased() != "me", text.lowercased() != "myself" else { return nil }
        var sum = 0
        for member in memberPattern.matches(in: text) {
            if member[1] != nil { sum += 1 } else { sum += heads(member) }
        }
        // My friend is not a party, and one more is not how many.
        guard sum > 0, !text.lowercased().contains(" more "), isParty(text, members: memberPattern.matches(in: text)) else {
            return nil
        }
        guard !["the people", "a person", "the person", "other people"].contains(text.lowercased()) else { return nil }
        return Found(.people, String(sum), in: match)
    }

    private static let owned = Pattern(anyCase: "^(?:the|my|our|his|her|a|an) ")

    private static func isParty(_ text: String, members: [Match]) -> Bool {
        let kind = members.first?[4]?.lowercased() ?? ""
        return members.count > 1 || !owned.occurs(in: text) || text.contains(where: \.isNumber)
            || ["couple", "couples"].contains(kind)
            || members.first?[3] != nil || text.lowercased().hasPrefix("a few")
    }

    private static func heads(_ member: Match) -> Int {
        let kind = member[4]?.lowercased() ?? ""
        if kind == "highchair" { return 0 }
        let said = (member[3] ?? member[2])?.lowercased()
        let plural: [String: Int] = ["couple": 2, "couples": 2, "parents": 2, "twins": 2, "grandparents": 2]
        if let pairs = plural[kind] {
            let many = said.flatMap(Numerals.whole) ?? 1
            return kind.hasPrefix("couple") ? pairs * max(many, 1) : pairs
        }
        switch said {
        case "the", "my", "our", "his", "her", "a", "an", nil: return 1
        case "a few": return 3
        case "a couple of": return 2
        case .some(let word): return Numerals.whole(word) ?? 1
        }
    }
}
