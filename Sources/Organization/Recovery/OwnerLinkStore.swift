import Basics
import Store

enum OwnerLinkStore {
    static let table = Table<OwnerLink>("owner_link", key: "agent_id")

    static let migration = Migration(
        "organization.owner-link",
        """
        CREATE TABLE owner_link (
            agent_id BIGINT PRIMARY KEY REFERENCES agent (id),
            workspace_id BIGINT NOT NULL REFERENCES workspace (id),
            token_hash TEXT NOT NULL UNIQUE,
            expires_at BIGINT NOT NULL
        )
        """
    )

    static func link(_ token: Token, in transaction: any Transaction) throws -> OwnerLink? {
        try table.first("token_hash = \(token.hash)", in: transaction)
    }

    /// The earlier link of the same owner stops working.
    static func replace(with link: OwnerLink, in transaction: any Transaction) throws {
        try forget(link.agentId, in: transaction)
        try table.insert(link, in: transaction)
    }

    static func forget(_ owner: ID<Agent>, in transaction: any Transaction) throws {
        try table.delete("agent_id = \(owner)", in: transaction)
    }
}
