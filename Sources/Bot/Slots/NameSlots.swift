import Foundation

/// People's names, where somebody says whose they are, or where one was asked for.
enum NameSlots {
    static func read(_ text: String) -> [Found] {
        let found = (Self.chinese.matches(in: text).filter { isSurname($0[1] ?? "") } + labelled.matches(in: text)).map { match in
            [Found(.name, match[1] ?? "", in: match, group: 1)]
        }
        return found.flatMap { $0 } + firstOrLast(text) + english(text)
    }

    // Chinese

    /// The hundred and twenty most frequent surnames, and those of two characters.
    private static let surnames = Set(
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝骆路游辛靳管柴蒙鲍华喻祁房滕屈饶解牟艾尤时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
            .map(String.init))
    private static let doubles: Set = ["欧阳", "上官", "司马", "诸葛", "司徒", "东方", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "端木", "南宫"]

    private static let chinese = Pattern(
        "(?:我的?名字?叫做?|本人叫?|我是|我姓名是|姓名|名字|收件人|收货人|联系人|预订人|预约人|户主|客户名|叫做?|这里是)(?:改成|改为|换成|应该)?(?:是|为|叫|:|：| )*([\\u4e00-\\u9fff]{2,4}?)(?=$|[,，。.;；!！?？ 、()（]|的|吧|啊|哦|呀|先生|女士|小姐|\\d|电话|手机|住|订|要|想|和)"
    )
    private static let labelled = Pattern("(?:我姓|免贵姓)([\\u4e00-\\u9fff]{1,2}?)(?=$|[,，。.!！? 、]|的)")

    private static func isSurname(_ name: String) -> Bool {
        doubles.contains(String(name.prefix(2))) && name.count >= 3
            || surnames.contains(String(name.prefix(1))) && name.count <= 3
    }

    // English

    private static let word = "([A-Za-z][A-Za-z'-]+)"
    private static let separate = Pattern(
        anyCase: "\\b(first|given|last|family|sur)[ -]?name(?:'s)?(?: should be| is|:| =|,)? ?\(word)")
    private static let cue =
        "(?:(?:under|for|in|on|by|use|with)(?: the| my)? names? (?:of |is |as )?|names? (?:is|was|'s|would be|will be|should be|of)? ?:? ?|name's |i'?m known as |known as |i am called |i'm called |(?:can |may )?call me |named me |signed |booked by |made by |reserved by |it's for |put it under |listed under |(?:is |booked |made |reserved |reservation |booking |table |filed )?under |this is |speaking to |it's |i am |i'm |that's |mr\\.? |mrs\\.? |ms\\.? |miss |dr\\.? |princess |for (?:i think )?|belongs to |of |by )"
    private static let cued = Pattern(
        "(?i:\\b\(cue))([A-Z][A-Za-z'-]+)(?:(?: [A-Z]\\.)? ([A-Z][A-Za-z'-]+))?(?! [A-Z][a-z]+ ?(?:Street|Road|Restaurant|Lane))")
    private static let cuedLow = Pattern(
        anyCase:
            "\\b(?:my (?:full )?name(?:'s| is)|the name is|name:|under the name(?: of)?|in the name of|call me|i am called|i'm called) ([a-z'-]{2,})(?: ([a-z'-]{2,}))?(?=$|[.,!?]| and | please| but | for | at )"
    )
    private static let after = Pattern(
        "(?:^|[.,!?;] ?|(?i:hello|hi|hey)[, ]+)([A-Z][A-Za-z'-]+) ([A-Z][A-Za-z'-]+) (?i:here|has|is my|is the name|speaking|booked|made|reserved|would like|wants|needs)\\b"
    )
    private static let between = Pattern(
        "(?i:\\b(?:an?|the|my|our)) ([A-Z][A-Za-z'-]+) ([A-Z][A-Za-z'-]+)(?: (?i:booking|reservation|party|account|order|table)\\b)"
    )

    private static func firstOrLast(_ text: String) -> [Found] {
        separate.matches(in: text).compactMap { match in
            guard let name = match[2], !common.contains(name.lowercased()) else { return nil }
            let isFirst = ["first", "given"].contains(match[1]?.lowercased())
            return Found(isFirst ? .firstName : .lastName, name, in: match, group: 2)
        }
    }

    private static func english(_ text: String) -> [Found] {
        guard !separate.occurs(in: text) else { return [] }
        let matches = [after, between, cued, cuedLow].flatMap { $0.matches(in: text) }
        return matches.lazy.map(names).first { !$0.isEmpty } ?? []
    }

    /// The full name, and its halves.
    private static func names(_ match: Match) -> [Found] {
        guard let first = match[1], isName(first) else { return [] }
        guard let last = match[2], isName(last) else {
            return hasStrongCue(match.whole)
                ? [Found(.name, first, in: match, group: 1), Found(.firstName, first, in: match, group: 1)] : []
        }
        return [
            Found(.name, "\(first) \(last)", in: match, group: 1), Found(.firstName, first, in: match, group: 1),
            Found(.lastName, last, in: match, group: 2),
        ]
    }

    private static let strong = Pattern(
        anyCase: "\\bname|call me|called|known as|^this is|i'?m |i am |\\bmr|\\bmrs|\\bms\\b|\\bdr")
    private static func hasStrongCue(_ text: String) -> Bool { strong.occurs(in: text) }

    private static func isName(_ word: String) -> Bool {
        word.count >= 2 && !common.contains(word.lowercased()) && word != word.uppercased()
            || word.count > 3 && word == word.uppercased() && !common.contains(word.lowercased())
    }

    /// Words that begin with a capital letter and are nobody's name.
    private static let common: Set<String> = Set(
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec am pm noon midnight today tonight tomorrow yesterday please thanks thank you yes no not ok okay sure hello hi hey i we me my the a an and or but for at in on is are was it this that there here table booking reservation order restaurant cafe hotel bar street road avenue square park lane indian chinese french italian thai japanese mexican english british american lyonnais vegan vegetarian lunch dinner breakfast brunch people person party adults kids children looking calling sorry just only also still so very really trying going not able unable running late afraid interested happy good great fine correct right wrong new from to of by with under name names what when where who how can could would should will do does did have has had need want like book make change cancel one two three four five six seven eight nine ten eleven twelve north south east west london paris beijing shanghai account customer service manager agent back out up as if then than now later everyone everybody someone anyone nobody all some any more another other stop never ever better wait actually oops nope goodbye bye cheers perfect awesome help mind time date day week month year inside outside outdoor indoor"
            .split(separator: " ").map(String.init))

    // Asked for

    private static let alone = Pattern(
        "^(?:(?i:it'?s|it is|yes|no|sure|ok|okay|hi|hello|i'?m|the name is|this is|please use)[, ]+)*([A-Za-z][A-Za-z'-]+)(?:,? (?i:and )?([A-Za-z][A-Za-z'-]+))?(?i:[ ,]+please)?[ .!]*$"
    )
    private static let aloneChinese = Pattern("^(?:我?是|叫|姓名|名字|：|:| )*([\\u4e00-\\u9fff·]{2,6}?)(?:先生|女士|小姐)?[ 。.!！]*$")

    /// A message that is nothing but a name. Asked for one half, one word is that half.
    static func bare(_ text: String, asked: [SlotType]) -> [Found] {
        let halves = asked.filter { [.name, .firstName, .lastName].contains($0) }
        guard !halves.isEmpty else { return [] }
        if let match = aloneChinese.first(in: text), let name = match[1], isSurname(name) {
            return [Found(.name, name, in: match, group: 1)]
        }
        guard let match = alone.first(in: text), let first = match[1], isName(first) || isName(first.capitalized) else {
            return []
        }
        if let last = match[2] {
            guard isName(last.capitalized), !common.contains(last.lowercased()) else { return [] }
            return [
                Found(.name, "\(first) \(last)", in: match, group: 1), Found(.firstName, first, in: match, group: 1),
                Found(.lastName, last, in: match, group: 2),
            ]
        }
        guard !common.contains(first.lowercased()) else { return [] }
        let half = halves.count > 2 ? halves[halves.count - 1] : halves[0]
        return [Found(half, first, in: match, group: 1)]
    }
}
