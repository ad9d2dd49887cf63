package import Basics
package import Contacts
package import Organization
package import Store
import Web

/// Which conversations somebody on the staff may see: everything, or one's own, what waits for one's teams,
/// what the bot is serving, and what one has served.
package struct Reach: Sendable {
    private let staff: Staff

    package init(_ staff: Staff) { self.staff = staff }

    /// The teams whose queues are seen; nil for all.
    var teams: Set<ID<Team>>? { seesAll ? nil : staff.teams }

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

    /// For queries over `conversation c`: those that somebody may look into, live or from an earlier time.
    var readableCondition: SQL {
        seesAll
            ? "1 = 1"
            : "(\(liveCondition) OR EXISTS (SELECT 1 FROM session r WHERE r.conversation_id = c.id AND r.served_by = \(staff.agent)))"
    }

    /// Whether a conversation, live or from an earlier time, may be looked into.
    package func mayRead(_ conversation: ID<Conversation>, in transaction: any Transaction) throws -> Bool {
        try transaction.row(
            "SELECT 1 FROM conversation c WHERE c.id = \(conversation) AND c.workspace_id = \(staff.workspace) AND \(readableCondition)"
        ) != nil
    }

    package func allows(_ row: Inbox.Row) -> Bool {
        guard !seesAll else { return true }
        return switch row.owner.kind {
        case "bot": true
        case "queue": row.team.flatMap { ID<Team>($0.id) }.map(staff.teams.contains) ?? true
        default: row.owner.id == staff.agent.description
        }
    }
}

/// Contacts are known to whoever may look into one of their conversations.
package struct ContactsInReach: ContactReach {
    package init() {}

    package func mayKnow(_ contact: ID<Contact>, _ staff: Staff, in transaction: any Transaction) throws -> Bool {
        try transaction.row(
            "SELECT 1 FROM conversation c WHERE c.contact_id = \(contact) AND c.workspace_id = \(staff.workspace) AND \(Reach(staff).readableCondition) LIMIT 1"
        ) != nil
    }
}
