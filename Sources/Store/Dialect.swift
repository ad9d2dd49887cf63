import Basics

/// What differs between the databases; everything else is one text for both.
package enum Dialect: Sendable {
    case sqlite, postgres

    /// The statement as this database wants its schema described.
    func adapted(_ statement: SQL) -> SQL {
        switch self {
        // A 64-bit key is SQLite's own row number only under this name; any other makes a second tree.
        case .sqlite: statement.replacing("BIGINT PRIMARY KEY", with: "INTEGER PRIMARY KEY")
        case .postgres: statement.replacing(" WITHOUT ROWID", with: "").replacing(" BLOB", with: " BYTEA")
        }
    }

    /// An expression for the time: the server's own clock, so that all who share a database agree; SQLite's one user brings it along.
    func now(_ surroundings: Surroundings) -> SQL {
        switch self {
        case .sqlite: "\(surroundings.now())"
        case .postgres: "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"
        }
    }

    /// Keeps every other writer out of a table until the transaction ends: to be said first in it
    /// (https://www.postgresql.org/docs/15/sql-lock.html). SQLite has one writer only.
    func lock(_ table: String, in transaction: any Transaction) throws {
        if self == .postgres { try transaction.run("LOCK TABLE \(name: table) IN EXCLUSIVE MODE") }
    }

    /// What is wrong with the files themselves; nil when nothing is. PostgreSQL looks after its own (data checksums, `pg_amcheck`).
    package func damage(in transaction: any Transaction) throws -> String? {
        guard self == .sqlite, let word = try transaction.value("PRAGMA integrity_check", as: String.self) else { return nil }
        return word == "ok" ? nil : word
    }
}
