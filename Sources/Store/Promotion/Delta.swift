/// What changed in the source since the last look, as it is now.
struct Delta: Sendable {
    private struct Part: Sendable {
        let table: CopiedTable
        let keys: [CopiedTable.Values]
        let rows: Set<CopiedTable.Values>
    }

    /// Of the notes that led here.
    private let numbers: [Int64]
    private let parts: [Part]

    var count: Int { parts.map(\.keys.count).reduce(0, +) }

    /// The notes and the rows they speak of, in the view of one transaction.
    init(of tables: [CopiedTable], in transaction: any Transaction) throws {
        var keys: [String: Set<CopiedTable.Values>] = [:]
        let tables = Dictionary(uniqueKeysWithValues: tables.map { ($0.name, $0) })
        numbers = try transaction.rows("SELECT number, name, first, second, third FROM promotion_change").map { note in
            let name: String = try note("name")
            guard let table = tables[name] else { throw StoreError.other("a change in the unknown table \(name)") }
            let parts = try zip(table.key, ["first", "second", "third"]).map { try $0.value(of: note($1)) }
            keys[name, default: []].insert(parts)
            return try note("number")
        }
        parts = try keys.map { name, keys in
            let (table, keys) = (tables[name]!, Array(keys))
            return Part(table: table, keys: keys, rows: Set(try table.rows(at: keys, in: transaction)))
        }
    }

    /// Makes these rows in the target what they are in the source, and reads them back. What has to go goes first: its
    /// place may be taken by another row.
    func apply(in transaction: any Transaction) throws {
        var missing: [(CopiedTable, Set<CopiedTable.Values>)] = []
        for part in parts {
            let there = Set(try part.table.rows(at: part.keys, in: transaction))
            try part.table.delete(at: there.subtracting(part.rows).map(part.table.key), in: transaction)
            missing.append((part.table, part.rows.subtracting(there)))
        }
        for (table, rows) in missing { try table.insert(Array(rows), in: transaction) }
        for part in parts {
            guard Set(try part.table.rows(at: part.keys, in: transaction)) == part.rows else {
                throw PromotionError.differs(part.table.name)
            }
        }
    }

    /// Once they are in the target; what was noted after the look stays.
    func forget(in transaction: any Transaction) throws {
        for numbers in numbers.chunks(of: 500) {
            try transaction.run("DELETE FROM promotion_change WHERE number IN \(list: numbers)")
        }
    }
}

extension CopiedTable.Column {
    /// A key's part from the text in which it was noted.
    fileprivate func value(of text: String) throws -> SQLValue {
        guard kind == .integer else { return .text(text) }
        guard let number = Int64(text) else { throw StoreError.column(name) }
        return .integer(number)
    }
}
