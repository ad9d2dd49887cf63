import Basics
import Foundation
import Support
import Testing

@testable import Organization

/// What a clock in this place shows, for reading test data.
private func time(_ text: String, in zone: String) -> Timestamp {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: zone)
    formatter.dateFormat = "yyyy-MM-dd HH:mm"
    return Timestamp(milliseconds: Int64(formatter.date(from: text)!.timeIntervalSince1970) * 1000)
}

private func hours(_ pairs: [String]...) -> [WorkingHours] { try! pairs.map(WorkingHours.init) }

private func day(_ text: String) -> Day { Day(text)! }

/// An office in Shanghai with the holidays of 2026 as the State Council announced them.
private let shanghai = try! Schedule(
    timeZone: "Asia/Shanghai",
    week: Array(repeating: hours(["09:00", "12:00"], ["13:30", "18:00"]), count: 5) + [[], []],
    holidays: [
        Schedule.Holiday(from: day("2026-02-15"), to: day("2026-02-23"), name: "春节"),
        Schedule.Holiday(from: day("2026-10-01"), to: day("2026-10-07"), name: "国庆节"),
    ],
    makeUps: ["2026-02-14", "2026-02-28", "2026-09-20", "2026-10-10"].map {
        Schedule.MakeUp(date: day($0), intervals: hours(["09:00", "12:00"], ["13:30", "18:00"]), name: "调休上班")
    }
)

@Suite struct ScheduleTests {
    @Test(arguments: [
        ("2026-03-02 08:59", false), ("2026-03-02 09:00", true), ("2026-03-02 11:59", true), ("2026-03-02 12:00", false),
        ("2026-03-02 13:30", true), ("2026-03-02 18:00", false), ("2026-03-07 10:00", false),
    ])
    func `a day has several intervals, each without its end`(at: String, isOpen: Bool) {
        #expect(shanghai.isOpen(at: time(at, in: "Asia/Shanghai")) == isOpen)
    }

    @Test(arguments: [
        ("2026-10-01 10:00", false), ("2026-10-07 10:00", false), ("2026-10-08 10:00", true),
        ("2026-09-20 10:00", true), ("2026-10-10 10:00", true), ("2026-10-11 10:00", false), ("2026-02-14 17:00", true),
    ])
    func `holidays close weekdays and make-up days open weekends`(at: String, isOpen: Bool) {
        #expect(shanghai.isOpen(at: time(at, in: "Asia/Shanghai")) == isOpen)
    }

    @Test func `the last opening before the holiday leads to the first one after it`() {
        let closing = time("2026-09-30 18:00", in: "Asia/Shanghai")
        #expect(shanghai.nextChange(after: time("2026-09-30 17:00", in: "Asia/Shanghai")) == closing)
        #expect(shanghai.nextChange(after: closing) == time("2026-10-08 09:00", in: "Asia/Shanghai"))
    }

    @Test func `a make-up day inside a holiday is worked`() throws {
        let schedule = try Schedule(
            timeZone: "UTC", week: Array(repeating: [], count: 7),
            holidays: [.init(from: day("2026-01-01"), to: day("2026-01-31"), name: "")],
            makeUps: [.init(date: day("2026-01-15"), intervals: hours(["10:00", "11:00"]), name: "")]
        )
        #expect(schedule.isOpen(at: time("2026-01-15 10:30", in: "UTC")))
        #expect(schedule.nextChange(after: time("2026-01-02 00:00", in: "UTC")) == time("2026-01-15 10:00", in: "UTC"))
    }

    @Test func `the night shift before a holiday ends in the morning, and none begins on the holiday`() throws {
        let schedule = try Schedule(
            timeZone: "Asia/Shanghai", week: Array(repeating: hours(["22:00", "06:00"]), count: 7),
            holidays: [.init(from: day("2026-10-01"), to: day("2026-10-01"), name: "")]
        )
        let evening = time("2026-09-30 23:00", in: "Asia/Shanghai")
        #expect(schedule.isOpen(at: time("2026-10-01 05:59", in: "Asia/Shanghai")))
        #expect(schedule.nextChange(after: evening) == time("2026-10-01 06:00", in: "Asia/Shanghai"))
        #expect(!schedule.isOpen(at: time("2026-10-02 01:00", in: "Asia/Shanghai")))
    }

    @Test func `round the clock never changes, and neither does never`() throws {
        let always = try Schedule(timeZone: "Europe/Berlin", week: Array(repeating: hours(["00:00", "24:00"]), count: 7))
        let never = try Schedule(timeZone: "Europe/Berlin", week: Array(repeating: [], count: 7))
        #expect(always.isOpen(at: time("2026-03-29 02:30", in: "UTC")))
        #expect(always.nextChange(after: time("2026-03-02 10:00", in: "UTC")) == nil)
        #expect(never.nextChange(after: time("2026-03-02 10:00", in: "UTC")) == nil)
    }

    @Test func `hours inside the skipped hour begin when the clock jumps over them`() throws {
        let schedule = try Schedule(timeZone: "Europe/Berlin", week: Array(repeating: hours(["02:30", "04:00"]), count: 7))
        // 2026-03-29: from 02:00 straight to 03:00, at 01:00 UTC.
        #expect(schedule.nextChange(after: time("2026-03-29 00:00", in: "UTC")) == time("2026-03-29 01:00", in: "UTC"))
        #expect(schedule.nextChange(after: time("2026-03-29 01:00", in: "UTC")) == time("2026-03-29 02:00", in: "UTC"))
    }

    @Test(arguments: ["25:00", "9:00", "09:60", "24:01", "0900", "", "-1:00", "09:00:00", "０９:00"])
    func `a time that no clock shows is refused`(text: String) {
        #expect(throws: Refusal(.invalid, "calendar.interval", detail: "two different times, HH:MM")) {
            try WorkingHours([text, "12:00"])
        }
    }

    @Test func `overlapping hours, unknown zones and dates that do not exist are refused`() {
        let overlapping = [hours(["09:00", "12:00"], ["11:59", "13:00"])] + Array(repeating: [], count: 6)
        #expect(throws: Refusal(.invalid, "calendar.overlap")) { try Schedule(timeZone: "UTC", week: overlapping) }
        #expect(throws: Refusal(.invalid, "calendar.time-zone")) {
            try Schedule(timeZone: "Asia/Atlantis", week: Array(repeating: [], count: 7))
        }
        #expect(Day("2026-02-29") == nil && Day("2028-02-29") != nil && Day("2026-2-1") == nil && Day("2026-13-01") == nil)
    }

    @Test func `a date is the same day forth and back, and weekdays are right`() {
        for number in stride(from: -150_000, through: 200_000, by: 37) {
            let day = Day(number: number)
            if number > -719_000 { #expect(Day(day.description)?.number == number) }
        }
        #expect(day("1970-01-01").number == 0 && day("1970-01-01").weekday == 3)
        #expect(day("2026-03-02").weekday == 0 && day("2000-02-29").weekday == 1)
    }
}

/// Zones whose clocks are changed in every way there is: by an hour, by half an hour, at midnight, by a whole day, never.
private let restless: [(zone: String, around: String)] = [
    ("Europe/Berlin", "2026-03-29 01:00"), ("Europe/Berlin", "2026-10-25 01:00"), ("America/New_York", "2026-03-08 07:00"),
    ("America/New_York", "2026-11-01 06:00"), ("Australia/Lord_Howe", "2026-04-04 15:00"),
    ("Australia/Lord_Howe", "2026-10-03 15:30"), ("America/Sao_Paulo", "2018-11-04 03:00"),
    ("America/Sao_Paulo", "2019-02-17 02:00"), ("Pacific/Apia", "2011-12-30 10:00"), ("Asia/Shanghai", "2026-10-01 00:00"),
    ("Asia/Kathmandu", "2026-06-01 00:00"), ("Africa/Cairo", "2026-04-23 22:00"), ("America/Havana", "2026-11-01 05:00"),
]

@Suite struct SchedulePropertyTests {
    @Test(arguments: 0..<restless.count)
    func `the next change is the first minute at which being open changes`(place: Int) throws {
        let (zone, around) = restless[place]
        let middle = time(around, in: "UTC")
        for seed in 0..<12 {
            var generator = SeededGenerator(seed: UInt64(place * 100 + seed))
            let schedule = try randomSchedule(in: zone, around: middle, using: &generator)
            try expectNextChanges(of: schedule, from: middle - .seconds(40 * 3600), minutes: 80 * 60)
        }
    }

    /// Goes through every minute, and compares where being open changes with what was foretold.
    private func expectNextChanges(of schedule: Schedule, from start: Timestamp, minutes: Int) throws {
        var foretold = schedule.nextChange(after: start)
        var isOpen = schedule.isOpen(at: start)
        for minute in 1...minutes {
            let now = start + .seconds(60 * minute)
            let isOpenNow = schedule.isOpen(at: now)
            try #require((isOpenNow != isOpen) == (now == foretold), "at \(now.milliseconds), \(schedule)")
            if isOpenNow != isOpen { foretold = schedule.nextChange(after: now) }
            isOpen = isOpenNow
        }
    }

    private func randomSchedule(
        in zone: String, around middle: Timestamp, using generator: inout SeededGenerator
    ) throws -> Schedule {
        let today = Int(middle.milliseconds / 86_400_000)
        var week: [[WorkingHours]] = []
        for _ in 0..<7 { week.append(randomHours(using: &generator)) }
        let holiday = Day(number: today + Int.random(in: -2...2, using: &generator))
        let makeUp = Day(number: today + Int.random(in: -2...2, using: &generator))
        let holidays = [Schedule.Holiday(from: holiday, to: holiday, name: "")]
        return try Schedule(
            timeZone: zone, week: week, holidays: Bool.random(using: &generator) ? holidays : [],
            makeUps: [.init(date: makeUp, intervals: randomHours(using: &generator), name: "")]
        )
    }

    private func randomHours(using generator: inout SeededGenerator) -> [WorkingHours] {
        var edges = Set<Int>()
        let count = 2 * Int.random(in: 0...3, using: &generator)
        // Half-hours, so that many fall on the clock's own changes.
        while edges.count < count { edges.insert(30 * Int.random(in: 0..<48, using: &generator)) }
        let sorted = edges.sorted()
        var hours = stride(from: 0, to: sorted.count, by: 2).map { WorkingHours(from: sorted[$0], to: sorted[$0 + 1]) }
        if let last = hours.last, Bool.random(using: &generator) {
            let morning = Int.random(in: 0...last.from, using: &generator) / 30 * 30
            hours[hours.count - 1] = WorkingHours(from: last.from, to: 1440 + morning)
        }
        return hours
    }
}
