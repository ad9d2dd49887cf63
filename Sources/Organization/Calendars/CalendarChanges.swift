import Basics
import Store

extension Organization {
    func addCalendar(_ name: String, _ schedule: Schedule, by staff: Staff) async throws -> WorkingCalendar {
        let calendar = WorkingCalendar(
            id: surroundings.makeID(), workspaceId: staff.workspace, name: try Words.name(name), schedule: .init(schedule)
        )
        try await database.write { transaction in
            try WorkingCalendarStore.table.insert(calendar, in: transaction)
            try record("calendar.added", calendar, by: staff, in: transaction)
        }
        return calendar
    }

    func changeCalendar(
        _ id: ID<WorkingCalendar>, to name: String, _ schedule: Schedule, by staff: Staff
    ) async throws -> WorkingCalendar {
        let name = try Words.name(name)
        return try await database.write { transaction in
            var calendar = try calendar(id, of: staff.workspace, in: transaction)
            (calendar.name, calendar.schedule) = (name, .init(schedule))
            try WorkingCalendarStore.table.update(calendar, in: transaction)
            try record("calendar.changed", calendar, by: staff, in: transaction)
            return calendar
        }
    }

    /// Refused while a channel keeps these hours.
    func removeCalendar(_ id: ID<WorkingCalendar>, by staff: Staff) async throws {
        try await database.write { transaction in
            let calendar = try calendar(id, of: staff.workspace, in: transaction)
            do { try WorkingCalendarStore.table.delete("id = \(id)", in: transaction) } catch StoreError.foreignKey {
                throw Refusal(.conflict, "calendar.in-use")
            }
            try record("calendar.removed", calendar, by: staff, in: transaction)
        }
    }

    func calendar(
        _ id: ID<WorkingCalendar>, of workspace: ID<Workspace>, in transaction: any Transaction
    ) throws -> WorkingCalendar {
        guard let calendar = try WorkingCalendarStore.calendar(id, of: workspace, in: transaction) else {
            throw Refusal(.notFound, "calendar.unknown")
        }
        return calendar
    }

    private func record(
        _ action: String, _ calendar: WorkingCalendar, by staff: Staff, in transaction: any Transaction
    ) throws {
        let event = AuditEvent(action, "calendar.\(calendar.id)", ["name": calendar.name])
        try audit.record(event, by: staff.actor, in: transaction)
    }
}
