import Store

/// The one-time link that makes the owner's account; at most one row, none once it was used.
enum SetupStore {
    static let migration = Migration("organization.setup", "CREATE TABLE setup_link (token_hash TEXT PRIMARY KEY)")

    static func replace(with token: Token, in transaction: any Transaction) throws {
        try transaction.run("DELETE FROM setup_link")
        try transaction.run("INSERT INTO setup_link (token_hash) VALUES (\(token.hash))")
    }

    /// True for the one caller who holds the link; it is used up then.
    static func use(_ token: Token, in transaction: any Transaction) throws -> Bool {
        try transaction.run("DELETE FROM setup_link WHERE token_hash = \(token.hash)") > 0
    }
}
