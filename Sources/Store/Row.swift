/// One row of an answer: values by column name.
package struct Row: Sendable {
    let columns: Columns
    let values: [SQLValue]

    /// The column's value. A missing column or another type is a mistake in the program and is thrown as ``StoreError``.
    package func callAsFunction<Value: SQLConvertible>(_ column: String, as type: Value.Type = Value.self) throws -> Value {
        guard let value = Value(sqlValue: try raw(column)) else { throw StoreError.column(column) }
        return value
    }

    /// The column's value, or nil where it is NULL.
    package func optional<Value: SQLConvertible>(_ column: String, as type: Value.Type = Value.self) throws -> Value? {
        let value = try raw(column)
        if case .null = value { return nil }
        guard let value = Value(sqlValue: value) else { throw StoreError.column(column) }
        return value
    }

    func raw(_ column: String) throws -> SQLValue {
        guard let index = columns.index(of: column) else { throw StoreError.column(column) }
        return values[index]
    }
}

/// The column names that the rows of one answer share. There are few: looking through them beats hashing.
final class Columns: Sendable {
    private let names: [String]

    init(_ names: [String]) { self.names = names }

    func index(of name: String) -> Int? { names.firstIndex(of: name) }
}
