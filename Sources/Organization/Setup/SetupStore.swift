import Store

/// The one-time links that make the owner's account, one for each node that started; none once one was used.
enum SetupStore {
    static let migration = Migration("organization.setup", "CREATE TABLE setup_link (token_hash TEXT PRIMARY KEY)")

    static func add(_ token: Token, in transaction: any Transaction) throws {
        try transaction.run("INSERT INTO setup_link (token_hash) VALUES (\(token.hash))")
    }

    /// True for the one caller who holds the link; it is used up then.
    static func use(_ token: Token, in transaction: any Transaction) throws -> Bool {
        guard try transaction.row("SELECT 1 FROM setup_link WHERE token_hash = \(token.hash)") != nil else { return false }
        try forgetAll(in: transaction)
        return true
    }

    static func forgetAll(in transaction: any Transaction) throws { try transaction.run("DELETE FROM setup_link") }
}
