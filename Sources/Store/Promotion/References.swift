/// PostgreSQL's foreign keys: while rows arrive in whatever order they cannot hold. SQLite's are left to the connection.
struct References: Sendable {
    private struct Reference: Sendable {
        let table: String
        let name: String
        let definition: String
    }

    private let references: [Reference]

    /// Takes them away and knows how to bring them back.
    init(suspendedIn transaction: any Transaction, _ dialect: Dialect) throws {
        references = dialect == .postgres ? try Self.found("TRUE", in: transaction) : []
        for reference in references {
            try transaction.run("ALTER TABLE \(name: reference.table) DROP CONSTRAINT \(name: reference.name)")
        }
    }

    /// They hold for every change from now on; looking at what is there already would take long and comes later.
    func restore(in transaction: any Transaction) throws {
        for reference in references {
            try transaction.run(
                "ALTER TABLE \(name: reference.table) ADD CONSTRAINT \(name: reference.name) \(name: reference.definition) NOT VALID"
            )
        }
    }

    /// Looks at what is there already, while work goes on.
    static func validate(on database: any Database) async throws {
        guard database.dialect == .postgres else { return }
        for reference in try await database.read({ try found("NOT convalidated", in: $0) }) {
            try await database.append {
                try $0.run("ALTER TABLE \(name: reference.table) VALIDATE CONSTRAINT \(name: reference.name)")
            }
        }
    }

    private static func found(_ condition: SQL, in transaction: any Transaction) throws -> [Reference] {
        try transaction.rows(
            """
            SELECT conrelid::regclass::text AS "table", quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
            FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace AND \(condition) ORDER BY 1, 2
            """
        ).map {
            // A constraint that was never looked over says so at its end.
            try Reference(
                table: $0("table"), name: $0("name"),
                definition: $0("definition", as: String.self).replacing(" NOT VALID", with: ""))
        }
    }
}
