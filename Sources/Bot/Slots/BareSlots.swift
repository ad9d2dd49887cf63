import Organization

/// A message that is nothing but the value asked for: "42", "5 please", "就我一个".
struct BareSlots: Sendable {
    let today: Day

    private static let number = Pattern(
        anyCase:
            "^(?:(?:yes|no|ok|okay|sure|oops|umm?|uh|er|well|actually|sorry|it'?s|is|the|just|only|for|about|at|around|maybe|make it|let'?s say|就|大概|是|一共|总共|那就)[,. ]*)*(\(Numerals.english)|\(Numerals.chinese))(?:[, ]*(?:please|thanks|ish|sure|if that'?s (?:alright|all right|ok|okay|fine|possible)|个|吧|的|左右|位|人|块|。|just me|plus one highchair))*[ .!]*$"
    )
    private static let alone = Pattern(
        anyCase:
            "^(?:it'?s |it is |it will be |it'?ll be |just |only |going to be |gonna be |就)*(?:me|myself|我|我一个人?|自己)(?: alone| only|一个人?)?[ .!。]*$"
    )
    private static let code = Pattern("(?<![A-Za-z0-9])([A-Za-z0-9-]*[0-9][A-Za-z0-9-]{2,31})(?![A-Za-z0-9])")
    private static let digits = Pattern("(\\+?\\d(?:[- ]?\\d){5,14})")
    private static let compact = Pattern("^[^\\d]{0,20}?(\\d{1,2})(\\d{2})[ .!]*$")

    func read(_ text: String, as type: SlotType) -> Found? {
        switch type {
        case .people:
            if let match = Self.alone.first(in: text) { return Found(.people, "1", in: match) }
            return number(text, .people)
        case .quantity, .money, .size: return number(text, type) ?? (type == .size ? letter(text) : nil)
        case .time: return time(text)
        case .date:
            return number(text).flatMap { found in
                DateSlots(today: today).nearestDay(of: Int(found.value)).map { Found(.date, $0.description, in: found.match) }
            }
        case .order, .tracking: return Self.code.first(in: text).map { Found(type, NumberSlots.code($0.whole), in: $0) }
        case .phone: return Self.digits.first(in: text).map { Found(.phone, NumberSlots.phone($0.whole), in: $0) }
        case .address, .text: return whole(text, type)
        case .yesNo: return Agreement(text).map { Found(.yesNo, $0.rawValue, in: whole(text)) }
        case .name, .firstName, .lastName, .email: return nil
        }
    }

    private func number(_ text: String) -> (value: String, match: Match)? {
        guard let match = Self.number.first(in: text), let value = match[1].flatMap(Numerals.value) else { return nil }
        return (Numerals.written(value), match)
    }

    private func number(_ text: String, _ type: SlotType) -> Found? {
        number(text).map { Found(type, $0.value, in: $0.match, group: 1) }
    }

    private func time(_ text: String) -> Found? {
        if let found = number(text), let hour = Int(found.value), hour <= 24 {
            return TimeSlots.clock(String(hour), nil, nil).map { Found(.time, $0, in: found.match, group: 1) }
        }
        guard let match = Self.compact.first(in: text) else { return nil }
        return TimeSlots.clock(match[1], match[2], nil).map { Found(.time, $0, in: match) }
    }

    private static let letters = Pattern(anyCase: "^[^A-Za-z]{0,6}([sml])(?:码|号)?[^A-Za-z]{0,4}$")
    private func letter(_ text: String) -> Found? {
        Self.letters.first(in: text).map { Found(.size, ($0[1] ?? "").uppercased(), in: $0, group: 1) }
    }

    private static let anything = Pattern("^[ ]*(.*?)[ ]*$")
    private func whole(_ text: String) -> Match { Self.anything.first(in: text)! }
    private func whole(_ text: String, _ type: SlotType) -> Found? {
        let said = text.trimmingSpaces
        return said.isEmpty ? nil : Found(type, said, in: whole(text))
    }
}

/// Yes or no, in so many words.
package enum Agreement: String, Codable, Hashable, Sendable {
    case yes, no

    private static let agreed = Pattern(
        anyCase:
            "^(?:好的?|好[啊吧呀]|行[吧啊]?|可以的?|确认|确定|是的?|对的?|没错|嗯+|同意|要的?|需要|没问题|ok(?:ay)?|yes|yep|yeah|yup|sure|please do|go ahead|do it|confirm(?:ed)?|correct|right|that'?s (?:right|correct|fine)|of course|absolutely|fine)(?:[ ,，。.!！~]|please|thanks|谢谢|的|了|吧|就这样|do it|go ahead|确认|that'?s (?:right|correct|fine))*$"
    )
    private static let declined = Pattern(
        anyCase:
            "^(?:不[要了用是对行好]?[了的]?|不需要|不用了|不确认|算了|取消|先不|别|没有|no(?:pe| thanks| thank you)?|nah|not (?:now|yet|really)|don'?t|cancel|never ?mind|stop)(?:[ ,，。.!！~]|谢谢|了|吧|thanks|thank you|please|do it|it)*$"
    )

    package init?(_ text: String) {
        let plain = Spoken.written(text).trimmingSpaces
        if Self.agreed.occurs(in: plain) {
            self = .yes
        } else if Self.declined.occurs(in: plain) {
            self = .no
        } else {
            return nil
        }
    }
}
