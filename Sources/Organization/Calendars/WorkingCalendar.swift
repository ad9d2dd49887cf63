package import Basics
package import Store

/// A named schedule that channels refer to.
package struct WorkingCalendar: Codable, Hashable, Sendable {
    package let id: ID<WorkingCalendar>
    package let workspaceId: ID<Workspace>
    package var name: String
    package var schedule: AsJSON<Schedule>

    /// As IANA names it.
    package var timeZone: String { schedule.value.timeZone }

    package func isOpen(at now: Timestamp) -> Bool { schedule.value.isOpen(at: now) }

    /// The date on the wall of its place.
    package func day(at now: Timestamp) -> Day { schedule.value.day(at: now) }

    /// When it opens or closes next; nil when it does neither within the next year.
    package func nextChange(after now: Timestamp) -> Timestamp? { schedule.value.nextChange(after: now) }
}
