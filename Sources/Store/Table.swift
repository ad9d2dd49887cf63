/// The everyday statements of one table, derived from a row type whose properties are the columns
/// (`openedAt` is `opened_at`). Every other query is plain SQL in the chapter's store file.
package struct Table<Stored: Codable & Sendable>: Sendable {
    package let name: String
    /// The columns that name a row.
    package let key: [String]

    package init(_ name: String, key: String...) { (self.name, self.key) = (name, key.isEmpty ? ["id"] : key) }

    package func insert(_ stored: Stored, in transaction: any Transaction) throws {
        let columns = try RowEncoder.columns(of: stored)
        let names = columns.map(\.name).joined(separator: ", ")
        try transaction.run("INSERT INTO \(name: name) (\(name: names)) VALUES \(list: columns.map(\.value))")
    }

    /// Writes every column of the row with this key; false when there is none.
    @discardableResult
    package func update(_ stored: Stored, in transaction: any Transaction) throws -> Bool {
        let columns = try RowEncoder.columns(of: stored)
        let assignments = Self.equations(columns.filter { !key.contains($0.name) }, separator: ", ")
        let condition = Self.equations(columns.filter { key.contains($0.name) }, separator: " AND ")
        return try transaction.run("UPDATE \(name: name) SET \(assignments) WHERE \(condition)") > 0
    }

    private static func equations(_ columns: [(name: String, value: SQLValue)], separator: String) -> SQL {
        columns.dropFirst().reduce("\(name: columns[0].name) = \(columns[0].value)") { all, column in
            "\(all)\(name: separator)\(name: column.name) = \(column.value)"
        }
    }

    /// The rows for which the condition holds: `find("workspace_id = \(workspace) ORDER BY name", in: transaction)`.
    package func find(_ condition: SQL, in transaction: any Transaction) throws -> [Stored] {
        try transaction.rows("SELECT * FROM \(name: name) WHERE \(condition)").map(Self.decode)
    }

    package func first(_ condition: SQL, in transaction: any Transaction) throws -> Stored? {
        try transaction.row("SELECT * FROM \(name: name) WHERE \(condition) LIMIT 1").map(Self.decode)
    }

    @discardableResult
    package func delete(_ condition: SQL, in transaction: any Transaction) throws -> Int {
        try transaction.run("DELETE FROM \(name: name) WHERE \(condition)")
    }

    /// A row of a wider query whose columns include all of ours.
    package static func decode(_ row: Row) throws -> Stored { try Stored(from: RowDecoder(row: row)) }
}
