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
        let places = (1...columns.count).map { "$\($0)" }.joined(separator: ", ")
        try transaction.run(
            SQL(text: "INSERT INTO \(name) (\(names)) VALUES (\(places))", values: columns.map(\.value))
        )
    }

    /// Writes every column of the row with this key; false when there is none.
    @discardableResult
    package func update(_ stored: Stored, in transaction: any Transaction) throws -> Bool {
        let columns = try RowEncoder.columns(of: stored)
        let changed = columns.filter { !key.contains($0.name) }
        let keyed = columns.filter { key.contains($0.name) }
        let assignments = changed.enumerated().map { "\($1.name) = $\($0 + 1)" }.joined(separator: ", ")
        let condition = keyed.enumerated().map { "\($1.name) = $\(changed.count + $0 + 1)" }.joined(separator: " AND ")
        return try transaction.run(
            SQL(text: "UPDATE \(name) SET \(assignments) WHERE \(condition)", values: (changed + keyed).map(\.value))
        ) > 0
    }

    /// The rows for which the condition holds: `find("workspace_id = \(workspace) ORDER BY name", in: transaction)`.
    package func find(_ condition: SQL, in transaction: any Transaction) throws -> [Stored] {
        try transaction.rows(SQL(text: "SELECT * FROM \(name) WHERE \(condition.text)", values: condition.values))
            .map(Self.decode)
    }

    package func first(_ condition: SQL, in transaction: any Transaction) throws -> Stored? {
        try transaction.row(SQL(text: "SELECT * FROM \(name) WHERE \(condition.text) LIMIT 1", values: condition.values))
            .map(Self.decode)
    }

    @discardableResult
    package func delete(_ condition: SQL, in transaction: any Transaction) throws -> Int {
        try transaction.run(SQL(text: "DELETE FROM \(name) WHERE \(condition.text)", values: condition.values))
    }

    /// A row of a wider query whose columns include all of ours.
    package static func decode(_ row: Row) throws -> Stored { try Stored(from: RowDecoder(row: row)) }
}
