package import Basics
package import Store

/// The table `workspace`.
package enum WorkspaceStore {
    package static let table = Table<Workspace>("workspace")

    static let migration = Migration(
        "organization.workspace",
        """
        CREATE TABLE workspace (
            id BIGINT PRIMARY KEY,
            name TEXT NOT NULL,
            locale TEXT NOT NULL,
            categories TEXT NOT NULL,
            created_at BIGINT NOT NULL
        )
        """
    )

    package static func workspace(_ id: ID<Workspace>, in transaction: any Transaction) throws -> Workspace? {
        try table.first("id = \(id)", in: transaction)
    }

    /// All of them, the oldest first; an installation has one unless somebody adds more.
    package static func workspaces(in transaction: any Transaction) throws -> [Workspace] {
        try table.find("id > 0 ORDER BY id", in: transaction)
    }
}
