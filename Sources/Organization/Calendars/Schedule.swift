package import Basics
import Foundation

/// When people are on duty: several intervals a day, holidays, and days worked in exchange for them (调休), in one
/// time zone. Whether it is open is a function of the time alone.
package struct Schedule: Codable, Hashable, Sendable {
    /// Days off, both ends included.
    struct Holiday: Codable, Hashable, Sendable {
        let from: Day
        let to: Day
        let name: String
    }

    /// A day with hours of its own, whatever the week and the holidays say.
    struct MakeUp: Codable, Hashable, Sendable {
        let date: Day
        let intervals: [WorkingHours]
        let name: String
    }

    let timeZone: String
    /// Monday first.
    let week: [[WorkingHours]]
    let holidays: [Holiday]
    let makeUps: [MakeUp]

    init(timeZone: String, week: [[WorkingHours]], holidays: [Holiday] = [], makeUps: [MakeUp] = []) throws(Refusal) {
        guard Self.zones.contains(timeZone) else { throw Refusal(.invalid, "calendar.time-zone") }
        guard holidays.allSatisfy({ $0.from <= $0.to }) else { throw Refusal(.invalid, "calendar.holiday") }
        guard Set(makeUps.map(\.date)).count == makeUps.count else { throw Refusal(.invalid, "calendar.make-up") }
        guard holidays.count <= 500, makeUps.count <= 500 else { throw Refusal(.invalid, "calendar.many-days") }
        (self.timeZone, self.holidays) = (timeZone, holidays.sorted { $0.from < $1.from })
        self.week = try Self.checked(week)
        self.makeUps = try Self.checked(makeUps)
    }

    private static let zones = Set(TimeZone.knownTimeZoneIdentifiers + ["UTC"])

    private static func checked(_ week: [[WorkingHours]]) throws(Refusal) -> [[WorkingHours]] {
        var days: [[WorkingHours]] = []
        for intervals in week { days.append(try intervals.checked()) }
        return days
    }

    private static func checked(_ makeUps: [MakeUp]) throws(Refusal) -> [MakeUp] {
        var days: [MakeUp] = []
        for makeUp in makeUps.sorted(by: { $0.date < $1.date }) {
            days.append(MakeUp(date: makeUp.date, intervals: try makeUp.intervals.checked(), name: makeUp.name))
        }
        return days
    }
}

extension Schedule {
    package func isOpen(at now: Timestamp) -> Bool { isOpen(atSecond: now.second, by: clock) }

    /// When it opens or closes next; nil when it does neither within the next year.
    package func nextChange(after now: Timestamp) -> Timestamp? {
        let (clock, week) = (clock, Int64(7 * 86_400))
        let isOpenNow = isOpen(atSecond: now.second, by: clock)
        for start in stride(from: now.second, to: now.second + 60 * week, by: Int64.Stride(week)) {
            for moment in moments(after: start, upTo: start + week, by: clock)
            where isOpen(atSecond: moment, by: clock) != isOpenNow {
                return Timestamp(milliseconds: moment * 1000)
            }
        }
        return nil
    }

    /// The date on the wall of its place.
    package func day(at now: Timestamp) -> Day { Day(number: Int(clock.day(at: now.second))) }

    private var clock: WallClock { WallClock(zone: TimeZone(identifier: timeZone) ?? .gmt) }

    /// Hours belong to the day they begin on: the night shift before a holiday still ends in the morning.
    private func isOpen(atSecond instant: Int64, by clock: WallClock) -> Bool {
        let (day, second) = clock.shown(at: instant).quotient(by: 86_400)
        return [(day, second), (day - 1, second + 86_400)].contains { day, second in
            hours(on: Day(number: Int(day))).contains { (Int64($0.from) * 60..<Int64($0.to) * 60).contains(second) }
        }
    }

    private func hours(on day: Day) -> [WorkingHours] {
        if let makeUp = makeUps.first(where: { $0.date == day }) { return makeUp.intervals }
        if holidays.contains(where: { ($0.from...$0.to).contains(day) }) { return [] }
        return week[day.weekday]
    }

    /// The instants at which something may change: where hours begin and end, and where the clock is put forward or back.
    private func moments(after start: Int64, upTo end: Int64, by clock: WallClock) -> [Int64] {
        // A day more on either side than a clock is ever put forward or back, and a night shift's morning.
        let (first, last) = (clock.day(at: start - 3 * 86_400), clock.day(at: end + 86_400))
        let edges = (first...last).flatMap(edges)
        let shifts = stride(from: start, to: end, by: 86_400).compactMap {
            clock.shift(after: $0, upTo: min($0 + 86_400, end))
        }
        let moments = edges.flatMap(clock.instants) + shifts
        return moments.filter { $0 > start && $0 <= end }.sorted()
    }

    /// What the clock on the wall shows when the hours of this day begin and end.
    private func edges(of day: Int64) -> [Int64] {
        hours(on: Day(number: Int(day))).flatMap { hours -> [Int64] in
            [day * 86_400 + Int64(hours.from) * 60, day * 86_400 + Int64(hours.to) * 60]
        }
    }
}

extension Timestamp {
    /// Whole seconds, rounded down.
    fileprivate var second: Int64 { milliseconds.quotient(by: 1000).quotient }
}
