import Basics
import HTTPTypes
import Store
import Web

extension WorkingCalendar {
    /// Each interval is two times, `["09:00", "12:00"]`.
    struct Week: Codable, Sendable {
        let monday, tuesday, wednesday, thursday, friday, saturday, sunday: [[String]]?

        var days: [[[String]]] { [monday, tuesday, wednesday, thursday, friday, saturday, sunday].map { $0 ?? [] } }

        init(_ days: [[[String]]]) {
            (monday, tuesday, wednesday, thursday) = (days[0], days[1], days[2], days[3])
            (friday, saturday, sunday) = (days[4], days[5], days[6])
        }
    }

    struct Holiday: Codable, Sendable {
        let from: String
        let to: String
        let name: String
    }

    struct MakeUp: Codable, Sendable {
        let date: String
        let intervals: [[String]]
        let name: String
    }

    struct Form: Codable, Sendable {
        let name: String
        let timeZone: String
        let week: Week
        let holidays: [Holiday]?
        let makeUps: [MakeUp]?
    }

    struct Shown: Codable, Sendable {
        let id: ID<WorkingCalendar>
        let name: String
        let timeZone: String
        let week: Week
        let holidays: [Holiday]
        let makeUps: [MakeUp]
    }

    struct State: Codable, Sendable {
        let open: Bool
        let changesAt: Timestamp?
    }

    var shown: Shown {
        let schedule = schedule.value
        return Shown(
            id: id, name: name, timeZone: schedule.timeZone, week: Week(schedule.week.map { $0.map(\.texts) }),
            holidays: schedule.holidays.map { Holiday(from: $0.from.description, to: $0.to.description, name: $0.name) },
            makeUps: schedule.makeUps.map {
                MakeUp(date: $0.date.description, intervals: $0.intervals.map(\.texts), name: $0.name)
            }
        )
    }
}

extension WorkingCalendar.Form {
    /// The rules of a schedule, or a refusal that says which part does not hold.
    func schedule() throws -> Schedule {
        try Schedule(
            timeZone: timeZone,
            week: week.days.map { try $0.map(WorkingHours.init) },
            holidays: (holidays ?? []).map {
                Schedule.Holiday(from: try day($0.from), to: try day($0.to), name: try dayName($0.name))
            },
            makeUps: (makeUps ?? []).map {
                let intervals = try $0.intervals.map(WorkingHours.init)
                return Schedule.MakeUp(date: try day($0.date), intervals: intervals, name: try dayName($0.name))
            }
        )
    }

    private func day(_ text: String) throws(Refusal) -> Day {
        guard let day = Day(text) else { throw Refusal(.invalid, "calendar.date", detail: "YYYY-MM-DD") }
        return day
    }

    private func dayName(_ text: String) throws(Refusal) -> String { text.isEmpty ? "" : try Words.name(text) }
}

extension Organization {
    var calendarRoutes: [Route] {
        [
            Route(
                .get, "/api/calendars", access: .needs("team.read"), summary: "The working calendars.",
                takes: Nothing.self, gives: Page<WorkingCalendar.Shown>.self
            ) { call, _ in
                let workspace = try call.staff.workspace
                return Page(try await database.read { try WorkingCalendarStore.calendars(of: workspace, in: $0).map(\.shown) })
            },
            Route(
                .post, "/api/calendars", access: .needs("calendar.edit"), summary: "Makes a working calendar.",
                takes: WorkingCalendar.Form.self, gives: WorkingCalendar.Shown.self
            ) { call, form in
                try await addCalendar(form.name, form.schedule(), by: call.staff).shown
            },
            Route(
                .put, "/api/calendars/{calendar}", access: .needs("calendar.edit"), summary: "Changes a working calendar.",
                takes: WorkingCalendar.Form.self, gives: WorkingCalendar.Shown.self
            ) { call, form in
                try await changeCalendar(call.parameter("calendar"), to: form.name, form.schedule(), by: call.staff).shown
            },
            Route(
                .delete, "/api/calendars/{calendar}", access: .needs("calendar.edit"), summary: "Removes a working calendar.",
                takes: Nothing.self, gives: Nothing.self
            ) { call, _ in
                try await removeCalendar(call.parameter("calendar"), by: call.staff)
                return Nothing()
            },
            Route(
                .get, "/api/calendars/{calendar}/state", access: .needs("team.read"),
                summary: "Whether people are on duty, and until when.",
                query: ["at": "Milliseconds since 1970; now unless given."], takes: Nothing.self,
                gives: WorkingCalendar.State.self, handle: calendarState
            ),
        ]
    }

    private func calendarState(_ call: Call, _: Nothing) async throws -> WorkingCalendar.State {
        let (workspace, id) = (try call.staff.workspace, try call.parameter("calendar", as: ID<WorkingCalendar>.self))
        let at = try call.query("at", as: Int64.self).map(Timestamp.init) ?? surroundings.now()
        guard (0..<253_402_300_800_000).contains(at.milliseconds) else { throw Refusal(.invalid, "query.at") }
        let calendar: WorkingCalendar = try await database.read { try self.calendar(id, of: workspace, in: $0) }
        return WorkingCalendar.State(open: calendar.isOpen(at: at), changesAt: calendar.nextChange(after: at))
    }
}
