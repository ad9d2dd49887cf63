package import Basics
package import Organization
package import Store

/// The table `takeover_rules`: one row for each workspace whose administrators changed the usual rules.
package enum TakeoverRulesStore {
    struct Kept: Codable, Sendable {
        let workspaceId: ID<Workspace>
        let rules: AsJSON<TakeoverRules>
    }

    static let table = Table<Kept>("takeover_rules", key: "workspace_id")

    package static func rules(in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> TakeoverRules {
        try table.first("workspace_id = \(workspace)", in: transaction)?.rules.value ?? .usual
    }

    static func keep(_ rules: TakeoverRules, in workspace: ID<Workspace>, _ transaction: any Transaction) throws {
        let kept = Kept(workspaceId: workspace, rules: AsJSON(rules))
        if try !table.update(kept, in: transaction) { try table.insert(kept, in: transaction) }
    }
}

extension Migration {
    static let takeover = Migration(
        "conversations.takeover",
        "CREATE TABLE takeover_rules (workspace_id BIGINT PRIMARY KEY, rules TEXT NOT NULL)",
        """
        CREATE TABLE approval (
            id BIGINT PRIMARY KEY,
            workspace_id BIGINT NOT NULL,
            conversation_id BIGINT NOT NULL,
            session_id BIGINT NOT NULL,
            epoch BIGINT NOT NULL,
            topic TEXT NOT NULL,
            question TEXT NOT NULL,
            text TEXT NOT NULL,
            answer TEXT NOT NULL,
            grounds TEXT NOT NULL,
            since BIGINT NOT NULL,
            due_at BIGINT NOT NULL,
            state TEXT NOT NULL,
            decided_by BIGINT,
            decided_at BIGINT
        )
        """,
        "CREATE INDEX approval_pending ON approval (workspace_id, due_at) WHERE state = 'pending'",
        """
        CREATE TABLE on_call_page (
            id BIGINT PRIMARY KEY,
            workspace_id BIGINT NOT NULL,
            conversation_id BIGINT NOT NULL,
            session_id BIGINT NOT NULL,
            agent_id BIGINT NOT NULL,
            topic TEXT NOT NULL,
            since BIGINT NOT NULL,
            pass_on_at BIGINT NOT NULL,
            state TEXT NOT NULL,
            answered_at BIGINT
        )
        """,
        "CREATE INDEX on_call_page_open ON on_call_page (workspace_id, pass_on_at) WHERE state = 'open'",
        "CREATE INDEX on_call_page_session ON on_call_page (session_id)",
        """
        CREATE TABLE next_shift (
            session_id BIGINT PRIMARY KEY,
            workspace_id BIGINT NOT NULL,
            conversation_id BIGINT NOT NULL,
            reason TEXT NOT NULL,
            since BIGINT NOT NULL,
            due_at BIGINT NOT NULL
        )
        """,
        "CREATE INDEX next_shift_due ON next_shift (workspace_id, due_at)"
    )
}
