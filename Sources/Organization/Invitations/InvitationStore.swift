import Basics
import Store

enum InvitationStore {
    static let table = Table<Invitation>("invitation")

    static let migration = Migration(
        "organization.invitation",
        """
        CREATE TABLE invitation (
            id BIGINT PRIMARY KEY,
            workspace_id BIGINT NOT NULL REFERENCES workspace (id),
            email TEXT NOT NULL,
            role TEXT NOT NULL,
            token_hash TEXT NOT NULL UNIQUE,
            invited_by BIGINT NOT NULL REFERENCES agent (id),
            created_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL,
            UNIQUE (workspace_id, email)
        )
        """
    )

    /// Those that can still be accepted, the newest first.
    static func open(of workspace: ID<Workspace>, at now: Timestamp, in transaction: any Transaction) throws -> [Invitation] {
        try table.find("workspace_id = \(workspace) AND expires_at > \(now) ORDER BY id DESC", in: transaction)
    }

    static func invitation(_ token: Token, in transaction: any Transaction) throws -> Invitation? {
        try table.first("token_hash = \(token.hash)", in: transaction)
    }

    /// The earlier link to the same address stops working.
    static func replace(with invitation: Invitation, in transaction: any Transaction) throws {
        try table.delete("workspace_id = \(invitation.workspaceId) AND email = \(invitation.email)", in: transaction)
        try table.insert(invitation, in: transaction)
    }
}
