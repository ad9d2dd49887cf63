import Basics
package import Organization
import Store
import Web

/// Which conversations somebody on the staff may see: everything, or one's own, what waits for one's teams,
/// what the bot is serving, and what one has served.
package struct Reach: Sendable {
    private let staff: Staff

    package init(_ staff: Staff) { self.staff = staff }

    private var seesAll: Bool { staff.may("conversation.see-all") }

    /// For queries over `conversation c`, whatever they join: channels have a team, too.
    var teamCondition: SQL { seesAll ? "1 = 1" : "(c.team_id IS NULL OR c.team_id IN \(list: staff.teams))" }

    var liveCondition: SQL {
        seesAll
            ? "1 = 1"
            : "(c.owner_kind = 'bot' OR (c.owner_kind = 'agent' AND c.owner_id = \(staff.agent)) OR (c.owner_kind = 'queue' AND \(teamCondition)))"
    }

    /// For queries over `session`.
    var closedCondition: SQL { seesAll ? "1 = 1" : "served_by = \(staff.agent)" }

    package func allows(_ row: Inbox.Row) -> Bool {
        guard !seesAll else { return true }
        return switch row.owner.kind {
        case "bot": true
        case "queue": row.team.flatMap { ID<Team>($0.id) }.map(staff.teams.contains) ?? true
        default: row.owner.id == staff.agent.description
        }
    }

    /// Refuses as if the conversation did not exist.
    func check(_ row: Inbox.Row?) throws(Refusal) -> Inbox.Row {
        guard let row, allows(row) else { throw Refusal(.notFound, "conversation.unknown") }
        return row
    }
}
