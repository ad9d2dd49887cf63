/// Triggers that note down the key of every row that changes, and refuse changes once everything has moved.
struct Capture {
    let tables: [CopiedTable]
    let dialect: Dialect

    /// A transaction each: what writes meanwhile waits for one table, not for all.
    func begin(on database: any Database) async throws {
        let preparation: [SQL] = dialect == .postgres ? [Self.gate] : []
        let statements = preparation + tables.flatMap { dialect == .sqlite ? Self.sqlite($0) : Self.postgres($0) }
        for statement in statements { try await database.append { try $0.run(statement) } }
    }

    /// Takes every trigger away, whoever made it.
    static func end(in transaction: any Transaction, _ dialect: Dialect) throws {
        let found: SQL =
            switch dialect {
            case .sqlite:
                """
                SELECT 'DROP TRIGGER "' || name || '"' AS statement FROM sqlite_master
                WHERE type = 'trigger' AND name LIKE 'promotion\\_%' ESCAPE '\\'
                """
            // The triggers go with their functions.
            case .postgres:
                """
                SELECT 'DROP FUNCTION IF EXISTS ' || oid::regprocedure || ' CASCADE' AS statement FROM pg_proc
                WHERE proname LIKE 'promotion\\_%' AND pronamespace = current_schema()::regnamespace
                """
            }
        for row in try transaction.rows(found) { try transaction.run(SQL(stringLiteral: try row("statement"))) }
        try transaction.run("DELETE FROM promotion_change")
    }

    /// Waits until nothing is being written, and holds up what comes then, until the transaction ends. What is read in it
    /// afterwards is all there is.
    static func close(in transaction: any Transaction, _ dialect: Dialect) throws {
        guard dialect == .postgres else { return }
        // Whoever writes much at once is not worth a long wait for everybody else.
        try transaction.run("SET LOCAL lock_timeout = '400ms'")
        _ = try transaction.rows("SELECT pg_advisory_xact_lock(\(name: lock))")
    }

    private static func keys(_ record: String, _ table: CopiedTable, _ text: (String) -> String) -> String {
        let keys = table.key.map { text("\(record).\"\($0.name)\"") }
        return (["'\(table.name)'"] + keys + Array(repeating: "NULL", count: 3 - keys.count)).joined(separator: ", ")
    }

    private static let note = "INSERT INTO promotion_change (name, first, second, third)"
}

// MARK: SQLite

extension Capture {
    /// SQLite has one writer: whoever holds the lock sees whether everything has moved.
    private static func sqlite(_ table: CopiedTable) -> [SQL] {
        func trigger(_ event: String, _ records: [String]) -> SQL {
            let notes = records.map { record in
                let isAnother = record == "OLD" && event == "UPDATE"
                let differs = table.key.map { "OLD.\"\($0.name)\" IS NOT NEW.\"\($0.name)\"" }.joined(separator: " OR ")
                return "\(note) SELECT \(keys(record, table) { "CAST(\($0) AS TEXT)" })\(isAnother ? " WHERE \(differs)" : "");"
            }
            return SQL(
                stringLiteral: """
                    CREATE TRIGGER "promotion_\(event)_\(table.name)" AFTER \(event) ON "\(table.name)" BEGIN
                    SELECT RAISE(ABORT, '\(StoreError.wordOfMoved)') FROM promotion WHERE phase = 'moved';
                    \(notes.joined(separator: "\n")) END
                    """)
        }
        return [trigger("INSERT", ["NEW"]), trigger("UPDATE", ["NEW", "OLD"]), trigger("DELETE", ["OLD"])]
    }
}

// MARK: PostgreSQL

extension Capture {
    /// A number that is ours, whichever schemas share the database.
    private static let lock = "'promotion'::regclass::oid::bigint + 7000000000000000000"

    /// Every writing transaction passes here before its first change. The advisory lock is fair, so that closing it does not
    /// have to wait for a moment without writers; the row's lock is refused to a transaction that began before everything
    /// moved, whose view would not show it (https://www.postgresql.org/docs/15/transaction-iso.html#XACT-REPEATABLE-READ).
    private static let gate: SQL = """
        CREATE OR REPLACE FUNCTION promotion_gate() RETURNS trigger LANGUAGE plpgsql AS
        $body$
        DECLARE found_phase text;
        BEGIN
            PERFORM pg_advisory_xact_lock_shared(\(name: lock));
            SELECT phase INTO found_phase FROM promotion FOR SHARE;
            IF found_phase = 'moved' THEN RAISE EXCEPTION 'moved' USING ERRCODE = '\(name: StoreError.stateOfMoved)'; END IF;
            RETURN NULL;
        END $body$
        """

    private static func postgres(_ table: CopiedTable) -> [SQL] {
        let (name, differs) = (table.name, table.key.map { "OLD.\"\($0.name)\" <> NEW.\"\($0.name)\"" }.joined(separator: " OR "))
        func note(_ record: String) -> String { "\(Self.note) VALUES (\(keys(record, table) { "\($0)::text" }));" }
        return [
            """
            CREATE OR REPLACE FUNCTION "promotion_note_\(name: name)"() RETURNS trigger LANGUAGE plpgsql AS
            $body$
            BEGIN
                IF TG_OP <> 'DELETE' THEN \(name: note("NEW")) END IF;
                IF TG_OP = 'DELETE' THEN \(name: note("OLD")) END IF;
                IF TG_OP = 'UPDATE' THEN IF \(name: differs) THEN \(name: note("OLD")) END IF; END IF;
                RETURN NULL;
            END $body$
            """,
            """
            CREATE TRIGGER promotion_gate BEFORE INSERT OR UPDATE OR DELETE ON "\(name: name)"
            FOR EACH STATEMENT EXECUTE FUNCTION promotion_gate()
            """,
            """
            CREATE TRIGGER promotion_note AFTER INSERT OR UPDATE OR DELETE ON "\(name: name)"
            FOR EACH ROW EXECUTE FUNCTION "promotion_note_\(name: name)"()
            """,
        ]
    }
}

extension StoreError {
    /// With which SQLite's triggers refuse.
    static let wordOfMoved = "promotion: moved"
    /// With which PostgreSQL's do.
    static let stateOfMoved = "ND001"
}
