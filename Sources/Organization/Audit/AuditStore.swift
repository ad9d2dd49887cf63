import Basics
import Store

enum AuditStore {
    static let table = Table<AuditEntry>("audit_entry", key: "workspace_id", "number")

    /// The head is kept apart from the lines, so that a log whose last lines were cut off is found out.
    static let migration = Migration(
        "organization.audit",
        """
        CREATE TABLE audit_entry (
            workspace_id BIGINT NOT NULL REFERENCES workspace (id),
            number BIGINT NOT NULL,
            at BIGINT NOT NULL,
            actor_id BIGINT,
            actor_name TEXT NOT NULL,
            action TEXT NOT NULL,
            subject TEXT NOT NULL,
            detail TEXT NOT NULL,
            hash TEXT NOT NULL,
            PRIMARY KEY (workspace_id, number)
        )
        """,
        """
        CREATE TABLE audit_head (
            workspace_id BIGINT PRIMARY KEY REFERENCES workspace (id),
            number BIGINT NOT NULL,
            hash TEXT NOT NULL
        )
        """,
        sqlite: [
            """
            CREATE TRIGGER audit_entry_stays BEFORE DELETE ON audit_entry
            BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
            """,
            """
            CREATE TRIGGER audit_entry_unchanged BEFORE UPDATE ON audit_entry
            BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
            """,
        ],
        postgres: [
            """
            CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
            $body$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $body$
            """,
            """
            CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
            FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()
            """,
        ]
    )

    struct Head: Codable, Hashable, Sendable {
        let workspaceId: ID<Workspace>
        var number: Int64
        var hash: String
    }

    static let heads = Table<Head>("audit_head", key: "workspace_id")

    /// The number to give next and the hash to chain to. Writing first locks the head, so that two writers cannot
    /// both take the same number.
    static func advance(_ workspace: ID<Workspace>, in transaction: any Transaction) throws -> Head {
        let row = try transaction.row(
            """
            INSERT INTO audit_head (workspace_id, number, hash) VALUES (\(workspace), 1, \(AuditEntry.beginning))
            ON CONFLICT (workspace_id) DO UPDATE SET number = audit_head.number + 1
            RETURNING workspace_id, number, hash
            """
        )
        return try Table<Head>.decode(row!)
    }

    static func head(of workspace: ID<Workspace>, in transaction: any Transaction) throws -> Head? {
        try heads.first("workspace_id = \(workspace)", in: transaction)
    }

    static func lastNumber(of workspace: ID<Workspace>, in transaction: any Transaction) throws -> Int64 {
        let row = try transaction.row("SELECT max(number) AS last FROM audit_entry WHERE workspace_id = \(workspace)")
        return try row?.optional("last") ?? 0
    }

    static func entries(
        of workspace: ID<Workspace>, after number: Int64, limit: Int, in transaction: any Transaction
    ) throws -> [AuditEntry] {
        try table.find(
            "workspace_id = \(workspace) AND number > \(number) ORDER BY number LIMIT \(limit)", in: transaction
        )
    }

    /// The newest first.
    static func entries(
        of workspace: ID<Workspace>, before number: Int64, limit: Int, in transaction: any Transaction
    ) throws -> [AuditEntry] {
        try table.find(
            "workspace_id = \(workspace) AND number < \(number) ORDER BY number DESC LIMIT \(limit)", in: transaction
        )
    }
}
