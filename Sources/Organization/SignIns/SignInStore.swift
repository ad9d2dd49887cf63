import Basics
import Store

enum SignInStore {
    static let table = Table<SignIn>("sign_in")

    static let migration = Migration(
        "organization.sign-in",
        """
        CREATE TABLE sign_in (
            id BIGINT PRIMARY KEY,
            workspace_id BIGINT NOT NULL REFERENCES workspace (id),
            agent_id BIGINT NOT NULL REFERENCES agent (id),
            token_hash TEXT NOT NULL UNIQUE,
            address TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            used_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL
        )
        """,
        "CREATE INDEX sign_in_by_agent ON sign_in (agent_id)",
        "CREATE INDEX sign_in_by_end ON sign_in (expires_at)"
    )

    static func signIn(_ token: Token, in transaction: any Transaction) throws -> SignIn? {
        try table.first("token_hash = \(token.hash)", in: transaction)
    }

    /// Ends the agent's sign-ins, all but the one to be kept.
    static func end(of agent: ID<Agent>, except kept: ID<SignIn>?, in transaction: any Transaction) throws {
        try table.delete("agent_id = \(agent) AND id <> \(kept ?? ID(rawValue: 0))", in: transaction)
    }

    static func forgetExpired(at now: Timestamp, in transaction: any Transaction) throws {
        try table.delete("expires_at <= \(now)", in: transaction)
    }
}
