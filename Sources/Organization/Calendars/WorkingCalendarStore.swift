package import Basics
package import Store

/// The table `working_calendar`.
package enum WorkingCalendarStore {
    package static let table = Table<WorkingCalendar>("working_calendar")

    static let migration = Migration(
        "organization.calendar",
        """
        CREATE TABLE working_calendar (
            id BIGINT PRIMARY KEY,
            workspace_id BIGINT NOT NULL REFERENCES workspace (id),
            name TEXT NOT NULL,
            schedule TEXT NOT NULL
        )
        """,
        "CREATE INDEX working_calendar_by_workspace ON working_calendar (workspace_id)"
    )

    package static func calendar(
        _ id: ID<WorkingCalendar>, of workspace: ID<Workspace>, in transaction: any Transaction
    ) throws -> WorkingCalendar? {
        try table.first("workspace_id = \(workspace) AND id = \(id)", in: transaction)
    }

    package static func calendars(of workspace: ID<Workspace>, in transaction: any Transaction) throws -> [WorkingCalendar] {
        try table.find("workspace_id = \(workspace) ORDER BY name, id", in: transaction)
    }
}
