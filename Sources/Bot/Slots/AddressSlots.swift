/// Where something goes: what follows a word like 地址, or what is built like an address.
enum AddressSlots {
    private static let chineseCue = Pattern(
        "(?:(?:收货|收件|邮寄|寄送|送货|家庭|公司|新|详细)?地址|寄到|寄往|送到|发到|寄给|配送到|搬到|住在|住)(?:改成|改为|换成|变更为|是|为|在|:|：|,|，| )*([^,，。;；!！?？\\n]*?(?:省|市|区|县|镇|乡|村|路|街|巷|弄|道|号|栋|幢|座|楼|单元|室|苑|城|园|大厦|广场|小区|公寓|学校|大学|中心)[^,，。;；!！?？\\n]{0,30}(?:[,， ][^,，。;；!！?？\\n]{0,20}(?:号|栋|幢|座|楼|单元|室)[^,，。;；!！?？\\n]{0,8})*)"
    )
    private static let chineseShape = Pattern(
        "((?:[\\u4e00-\\u9fff]{2,8}?(?:省|自治区))?(?:[\\u4e00-\\u9fff]{2,8}?(?:市|州))?(?:[\\u4e00-\\u9fff]{1,8}?(?:区|县|镇|乡))?[\\u4e00-\\u9fffA-Za-z0-9]{1,15}?(?:路|街|巷|弄|大道|胡同|村)[ ]?[0-9一二三四五六七八九十百A-Za-z-]{1,8}(?:号|弄)(?:[\\u4e00-\\u9fff]{0,12}?[0-9A-Za-z一二三四五六七八九十-]{1,6}(?:号楼|号|栋|幢|座|单元|楼|层|室))*[0-9]{0,5}室?)"
    )
    private static let ending = Pattern("(?:可以吗|行吗|好吗|吧|谢谢.*|麻烦.*|就行|就可以了?|啊|呢|哦|了|的)+$")
    private static let street = Pattern(
        anyCase:
            "\\b((?:(?:flat|apt\\.?|apartment|unit|suite|room) ?[\\w-]{1,6},? )?\\d{1,6}[A-Za-z]?(?:-\\d+)? (?:[A-Z0-9][\\w'.-]* ){1,5}?(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|court|ct|way|place|pl|square|sq|terrace|close|crescent|highway|hwy|row|grove|gardens|hill|park|parkway|pkwy)\\b\\.?(?:,? (?:apt\\.?|apartment|unit|suite|flat|#|floor) ?[\\w-]{1,6})?(?:, ?[A-Z][\\w' .-]{1,40}?(?=,|\\.|$| and | please))*(?:,? [A-Z]{2} ?\\d{5}(?:-\\d{4})?|,? [A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2})?)"
    )
    private static let englishCue = Pattern(
        anyCase:
            "\\b(?:address(?: is| to|:| was| should be)+|(?:ship|send|deliver|mail)(?: it| them| this| that)? to|live at|moved to)[ :]*(\\d[^.;!?\\n]{6,120}?)(?=[.;!?\\n]|$| please| thanks| thank| and my| my )"
    )

    static func read(_ text: String) -> [Found] {
        let cued = (chineseCue.matches(in: text) + englishCue.matches(in: text)).map { found($0) }
        let shaped = (chineseShape.matches(in: text) + street.matches(in: text)).map { found($0) }
        return cued + shaped.filter { shape in !cued.contains { $0.place.overlaps(shape.place) } }
    }

    private static func found(_ match: Match) -> Found {
        let text = ending.removed(from: match[1] ?? "").replacing(" . ", with: "")
        return Found(.address, text.trimmingSpaces.trimmingMarks, in: match, group: 1)
    }
}

extension String {
    var trimmingMarks: String {
        var text = Substring(self)
        while let last = text.last, ",，.。;；:：!！?？ 、".contains(last) { text.removeLast() }
        while let first = text.first, ",，.。;；:：!！?？ 、".contains(first) { text.removeFirst() }
        return String(text)
    }
}
