package import Basics

/// A date as a calendar on the wall shows it, without time or zone: `2026-10-01`.
package struct Day: Hashable, Sendable, Comparable {
    /// Days since 1970-01-01.
    package let number: Int

    package init(number: Int) { self.number = number }

    /// The date in China, where no calendar says another place.
    package init(at now: Timestamp) {
        self.init(number: Int((now.milliseconds + 8 * 3_600_000).quotient(by: 86_400_000).quotient))
    }

    package static func < (left: Self, right: Self) -> Bool { left.number < right.number }

    /// 0 is Monday.
    package var weekday: Int { (number + 3).quotient(by: 7).remainder }
}

extension Day: LosslessStringConvertible {
    package init?(_ description: String) {
        let parts = description.split(separator: "-", omittingEmptySubsequences: false).compactMap { Int($0) }
        guard parts.count == 3, (1...9999).contains(parts[0]), (1...12).contains(parts[1]), parts[2] >= 1 else { return nil }
        self.init(year: parts[0], month: parts[1], day: parts[2])
        // The thirtieth of February comes out as another date.
        guard self.description == description else { return nil }
    }

    package var description: String {
        let (year, month, day) = civil
        return [(year, 4), (month, 2), (day, 2)].map { value, width in
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }.joined(separator: "-")
    }
}

extension Day: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let day = Day(text) else { throw Refusal(.invalid, "calendar.date", detail: "YYYY-MM-DD") }
        self = day
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Day {
    /// A day that does not exist comes out as another. The Gregorian calendar counted in eras of 400 years that begin on 1 March, so that the leap day comes last.
    package init(year: Int, month: Int, day: Int) {
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = shifted.quotient(by: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        number = era * 146_097 + dayOfEra - 719_468
    }

    /// As it is written: 2026, 10, 1.
    package var civil: (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = (number + 719_468).quotient(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}

extension BinaryInteger {
    /// Division that rounds down, so that the remainder is never negative.
    func quotient(by divisor: Self) -> (quotient: Self, remainder: Self) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
