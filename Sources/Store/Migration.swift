import Basics
private import Crypto

/// A step of the schema, forward only. Once released its text never changes: a checksum watches over it.
package struct Migration: Sendable {
    /// Unique and stable, e.g. `conversations.1`; migrations run in the order in which the features list them.
    package let name: String
    package let statements: [SQL]
    /// What only one database needs or understands, run after the rest.
    package let special: [Dialect: [SQL]]

    package init(_ name: String, _ statements: SQL..., sqlite: [SQL] = [], postgres: [SQL] = []) {
        (self.name, self.statements) = (name, statements)
        special = [.sqlite: sqlite, .postgres: postgres]
    }

    func statements(for dialect: Dialect) -> [SQL] { statements + special[dialect, default: []] }

    func checksum(for dialect: Dialect) -> String {
        SHA256.hash(data: Array(statements(for: dialect).map(\.text).joined(separator: ";\n").utf8)).hexadecimal
    }
}

extension Database {
    /// Brings the schema up to date, each step in a transaction of its own together with its record.
    /// A database that knows steps we do not know was written by a newer version and is left alone.
    package func migrate(_ migrations: [Migration]) async throws {
        do {
            try await write { transaction in
                try transaction.run("CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, checksum TEXT NOT NULL)")
            }
        } catch StoreError.unique {
            // Another node made it in the same moment.
        }
        let applied = try await appliedMigrations()
        let unknown = Set(applied.keys).subtracting(migrations.map(\.name))
        guard unknown.isEmpty else { throw StoreError.newerVersion(unknown: unknown.sorted()) }
        for migration in migrations {
            switch applied[migration.name] {
            case nil: try await apply(migration)
            case migration.checksum(for: dialect): continue
            default: throw StoreError.changedMigration(migration.name)
            }
        }
    }

    private func appliedMigrations() async throws -> [String: String] {
        try await read { transaction in
            let rows = try transaction.rows("SELECT name, checksum FROM migration")
            return try Dictionary(uniqueKeysWithValues: rows.map { try ($0("name"), $0("checksum")) })
        }
    }

    private func apply(_ migration: Migration) async throws {
        let dialect = dialect
        try await write { transaction in
            // Of nodes that start together one goes first.
            try dialect.lock("migration", in: transaction)
            guard try transaction.row("SELECT name FROM migration WHERE name = \(migration.name)") == nil else { return }
            for statement in migration.statements(for: dialect) { try transaction.run(dialect.adapted(statement)) }
            let checksum = migration.checksum(for: dialect)
            try transaction.run("INSERT INTO migration (name, checksum) VALUES (\(migration.name), \(checksum))")
        }
    }
}
