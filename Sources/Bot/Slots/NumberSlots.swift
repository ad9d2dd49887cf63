/// Numbers that name something: parcels, orders, telephones.
enum NumberSlots {
    static func read(_ text: String) -> [Found] { tracking(text) + phones(text) + orders(text) }

    private static let link = "(?:[ :#,，()]|是|为|就是|叫|=|is|was|no\\.?|number|code|id){0,8}"
    private static let token = "([A-Za-z0-9](?:[A-Za-z0-9]|[ -](?=[A-Z0-9-]*[0-9])){3,31})(?![A-Za-z0-9])"

    // Parcels

    private static let trackingCue = Pattern(
        anyCase:
            "(?:快递单?号?码?|运单号?码?|物流单?号?码?|包裹单?号?|面单号?|\\btracking(?: (?:number|no\\.?|id|code|#))?|\\bwaybill(?: (?:number|no\\.?))?|\\bparcel(?: (?:number|no\\.?|id|code))?|\\bconsignment(?: (?:number|no\\.?))?|\\bshipment(?: (?:number|no\\.?|id))?|\\bawb)"
            + link + token)
    private static let carrier = Pattern(
        anyCase:
            "(?<![A-Za-z0-9])(?:SF ?\\d{10,15}|YTO? ?\\d{10,16}|ZTO ?\\d{10,14}|STO ?\\d{10,14}|JD[A-Z]{0,3} ?\\d{9,16}(?:-\\d+)*|EMS ?\\d{9,13}|DPK\\d{9,14}|JT\\d{13}|[A-Z]{2}\\d{9}[A-Z]{2}|1Z[0-9A-Z]{16})(?![A-Za-z0-9])"
    )

    private static func tracking(_ text: String) -> [Found] {
        trackingCue.matches(in: text).compactMap { named(.tracking, $0, group: 1) }
            + carrier.matches(in: text).map { Found(.tracking, code($0.whole), in: $0) }
    }

    // Telephones

    private static let mobile = Pattern("(?<![\\dA-Za-z])(?:\\+?86[- ]?)?(1[3-9]\\d[- ]?\\d{4}[- ]?\\d{4})(?!\\d)")
    private static let landline = Pattern(
        "(?<![\\dA-Za-z+-])(\\(?0\\d{2,3}\\)?[- ]?\\d{7,8}|[48]00[- ]?\\d{3}[- ]?\\d{4}|[48]00[- ]?\\d{4}[- ]?\\d{3})(?![\\d])")
    private static let foreign = Pattern(
        "(?<![\\dA-Za-z])(\\+\\d{1,3}(?:[- ().]{0,2}\\d){6,13}|\\(\\d{3}\\) ?\\d{3}[- .]?\\d{4}|\\d{3}[-. ]\\d{3}[-. ]\\d{4}|0\\d{3,4}[ -]\\d{3}[ -]?\\d{3,4}|0\\d{9,10})(?!\\d)"
    )
    private static let phoneCue = Pattern(
        anyCase:
            "(?:电话|手机|号码|联系方式|\\bphone|\\bmobile|\\bcell|\\bcall me (?:back )?(?:at|on)|\\breach me (?:at|on)|\\btel\\b|\\btelephone|\\btext me (?:at|on))(?:[ :,]|是|为|改成|改为|换成|号码?|number|is|was|it's|to){0,6}(\\+?\\d(?:[- ().]{0,2}\\d){5,14})(?![\\dA-Za-z])"
    )

    private static func phones(_ text: String) -> [Found] {
        let sure = mobile.matches(in: text) + phoneCue.matches(in: text)
        let likely = landline.matches(in: text) + foreign.matches(in: text)
        return (sure + likely).map { Found(.phone, phone($0[1] ?? ""), in: $0, group: 1) }
    }

    static func phone(_ text: String) -> String {
        let digits = text.filter(\.isNumber)
        if digits.count == 13, digits.hasPrefix("861") { return String(digits.dropFirst(2)) }
        return text.hasPrefix("+") && !digits.hasPrefix("861") ? "+" + digits : digits
    }

    // Orders

    private static let orderCue = Pattern(
        anyCase:
            "(?:(?<!快递)(?<!运)(?<!物流)(?<!包裹)单号|订单编?号?码?|编号|\\border(?:ed)?(?: ?(?:number|num|no\\.?|id|code|ref(?:erence)?|#))*|\\bpurchase (?:number|no\\.?|id)|\\b(?:booking|order) ref(?:erence)?|#)"
            + link + token)
    private static let orderShape = Pattern(
        "(?<![A-Za-z0-9@.-])(?=[A-Za-z0-9-]*\\d{3})([A-Za-z]{1,6}[-#]?\\d[\\dA-Za-z-]{3,24})(?![A-Za-z0-9@])")
    private static let orderDigits = Pattern("(?<![A-Za-z0-9.,+-])(\\d{8,24}|\\d{4,10}(?:-\\d{3,10}){1,3})(?![A-Za-z0-9.,-]*\\d)")

    private static func orders(_ text: String) -> [Found] {
        orderCue.matches(in: text).compactMap { named(.order, $0, group: 1) }
            + orderShape.matches(in: text).map { Found(.order, code($0.whole), in: $0) }
            + orderDigits.matches(in: text).filter { !isDate($0.whole) }.map { Found(.order, code($0.whole), in: $0) }
    }

    private static let dateShape = Pattern("^(?:19|20)\\d{2}-?(?:0?[1-9]|1[0-2])-?(?:0?[1-9]|[12]\\d|3[01])$")
    private static func isDate(_ text: String) -> Bool { dateShape.occurs(in: text) }

    private static func named(_ type: SlotType, _ match: Match, group: Int) -> Found? {
        let value = code(match[group] ?? "")
        guard value.count(where: \.isNumber) >= 3 else { return nil }
        return Found(type, value, in: match, group: group)
    }

    static func code(_ text: String) -> String { text.filter { $0 != " " && $0 != "#" }.uppercased() }
}
