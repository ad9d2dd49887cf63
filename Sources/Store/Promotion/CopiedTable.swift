/// A table as the database itself describes it: what is copied is whatever is there.
struct CopiedTable: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case integer, real, text, bytes

        /// By the declared type in either database.
        init(_ type: String) {
            self =
                switch type.uppercased() {
                case let type where type.contains("INT"): .integer
                case let type where type.contains("DOUBLE") || type.contains("REAL"): .real
                case let type where type.contains("BLOB") || type.contains("BYTEA"): .bytes
                default: .text
                }
        }
    }

    struct Column: Hashable, Sendable {
        let name: String
        let kind: Kind
    }

    let name: String
    private(set) var columns: [Column] = []
    /// The columns that name a row, in their order in the key; three at most.
    private(set) var key: [Column] = []

    /// Every table but our own notes and the record of the schema, which each database keeps for itself.
    static func all(in transaction: any Transaction, _ dialect: Dialect) throws -> [CopiedTable] {
        var tables: [CopiedTable] = []
        for row in try transaction.rows(dialect.columns) {
            let name: String = try row("table")
            guard name != "migration", !Promotion.tables.contains(name) else { continue }
            if tables.last?.name != name { tables.append(CopiedTable(name: name)) }
            tables[tables.count - 1].columns.append(Column(name: try row("column"), kind: Kind(try row("type"))))
        }
        for index in tables.indices { try tables[index].findKey(in: transaction, dialect) }
        return tables
    }

    private mutating func findKey(in transaction: any Transaction, _ dialect: Dialect) throws {
        let names = try transaction.rows(dialect.key(of: name)).map { try $0("column", as: String.self) }
        key = names.compactMap { name in columns.first { $0.name == name } }
        guard (1...3).contains(key.count) else { throw StoreError.other("the table \(name) has no key of one to three columns") }
    }
}

// MARK: Rows

extension CopiedTable {
    typealias Values = [SQLValue]

    var quoted: String { "\"\(name)\"" }
    private func list(_ columns: [Column]) -> String { columns.map { "\"\($0.name)\"" }.joined(separator: ", ") }

    func key(of row: Values) -> Values {
        key.map { column in row[columns.firstIndex(of: column)!] }
    }

    /// The next rows in the order of the key.
    func page(after last: Values?, limit: Int, in transaction: any Transaction) throws -> [Values] {
        let beyond: SQL = last.map { "WHERE (\(name: list(key))) > \(list: $0)" } ?? ""
        return try transaction.rows(
            "SELECT \(name: list(columns)) FROM \(name: quoted) \(beyond) ORDER BY \(name: list(key)) LIMIT \(limit)"
        ).map(Self.comparable)
    }

    func rows(at keys: [Values], in transaction: any Transaction) throws -> [Values] {
        try keys.chunks(of: 100).flatMap {
            try transaction.rows("SELECT \(name: list(columns)) FROM \(name: quoted) WHERE \(condition($0))").map(Self.comparable)
        }
    }

    func delete(at keys: [Values], in transaction: any Transaction) throws {
        for keys in keys.chunks(of: 100) { try transaction.run("DELETE FROM \(name: quoted) WHERE \(condition(keys))") }
    }

    /// - Parameter skipping: leave out what collides with a row that is there.
    func insert(_ rows: [Values], skipping: Bool = false, in transaction: any Transaction) throws {
        for rows in rows.chunks(of: max(1, 5_000 / columns.count)) {
            var pieces = SQL.Pieces(literalCapacity: 0, interpolationCount: rows.count * columns.count)
            pieces.appendLiteral("INSERT INTO \(quoted) (\(list(columns))) VALUES ")
            for (index, row) in rows.enumerated() {
                if index > 0 { pieces.appendLiteral(", ") }
                pieces.appendInterpolation(list: row)
            }
            if skipping { pieces.appendLiteral(" ON CONFLICT DO NOTHING") }
            try transaction.run(SQL(stringInterpolation: pieces))
        }
    }

    /// `(a = $1 AND b = $2) OR …`: row values in a list are not understood by both databases.
    private func condition(_ keys: [Values]) -> SQL {
        var pieces = SQL.Pieces(literalCapacity: 0, interpolationCount: keys.count * key.count)
        for (number, values) in keys.enumerated() {
            pieces.appendLiteral(number == 0 ? "(" : " OR (")
            for (index, value) in values.enumerated() {
                pieces.appendLiteral((index > 0 ? " AND " : "") + "\"\(key[index].name)\" = ")
                pieces.appendInterpolation(value)
            }
            pieces.appendLiteral(")")
        }
        return SQL(stringInterpolation: pieces)
    }

    /// The one character that PostgreSQL cannot keep and the one that stands in for it there count as the same.
    private static func comparable(_ row: Row) -> Values {
        row.values.map { value in
            guard case .text(let text) = value, text.utf8.contains(0xF4) else { return value }
            return .text(text.replacing(SQLValue.insteadOfZero, with: "\0"))
        }
    }
}

extension Array {
    /// The same elements, at most so many at a time.
    func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
