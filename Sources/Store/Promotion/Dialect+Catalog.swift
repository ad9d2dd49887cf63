/// What each database says of its own tables (https://www.sqlite.org/pragma.html#pragma_table_list,
/// https://www.postgresql.org/docs/15/catalogs.html).
extension Dialect {
    package func hasTable(_ name: String, in transaction: any Transaction) throws -> Bool {
        switch self {
        case .sqlite: try transaction.row("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = \(name)") != nil
        case .postgres:
            try transaction.row(
                "SELECT 1 FROM pg_class WHERE relname = \(name) AND relkind = 'r' AND relnamespace = \(Self.schema)") != nil
        }
    }

    private static let schema: SQL = "(SELECT oid FROM pg_namespace WHERE nspname = current_schema())"

    /// Table, column and type of everything that holds rows of its own; an index for searching and its shadows do not.
    var columns: SQL {
        switch self {
        case .sqlite:
            """
            SELECT t.name AS "table", c.name AS "column", c.type AS type
            FROM pragma_table_list t JOIN pragma_table_info(t.name) c
            WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY t.name, c.cid
            """
        case .postgres:
            """
            SELECT t.relname AS "table", c.attname AS "column", format_type(c.atttypid, NULL) AS type
            FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped
            WHERE t.relkind = 'r' AND t.relnamespace = \(Self.schema) ORDER BY t.relname COLLATE "C", c.attnum
            """
        }
    }

    func key(of table: String) -> SQL {
        switch self {
        case .sqlite: "SELECT name AS \"column\" FROM pragma_table_info(\(table)) WHERE pk > 0 ORDER BY pk"
        case .postgres:
            """
            SELECT c.attname AS "column" FROM pg_class t JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary
                CROSS JOIN unnest(i.indkey) WITH ORDINALITY AS k (number, place)
                JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum = k.number
            WHERE t.relname = \(table) AND t.relnamespace = \(Self.schema) ORDER BY k.place
            """
        }
    }

    /// Statements that drop all there is; none where there is nothing.
    func leftovers(in transaction: any Transaction) throws -> [SQL] {
        let statements: SQL =
            switch self {
            case .sqlite:
                """
                SELECT 'DROP ' || type || ' IF EXISTS "' || name || '"' AS statement FROM sqlite_master
                WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
                """
            case .postgres:
                """
                SELECT statement FROM (
                    SELECT 'DROP FUNCTION IF EXISTS ' || p.oid::regprocedure || ' CASCADE' AS statement, 3 AS place FROM pg_proc p
                    WHERE p.pronamespace = \(Self.schema)
                        AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
                    UNION ALL SELECT 'DROP ' || CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                        WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END
                        || ' IF EXISTS ' || oid::regclass || ' CASCADE', CASE relkind WHEN 'S' THEN 2 ELSE 1 END
                    FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND relnamespace = \(Self.schema)
                ) AS found ORDER BY place
                """
            }
        return try transaction.rows(statements).map { SQL(stringLiteral: try $0("statement")) }
    }
}
