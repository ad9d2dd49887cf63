/// A statement with its values. Interpolated values become numbered parameters, never text:
/// `"SELECT name FROM agent WHERE id = \(agent)"` is `SELECT name FROM agent WHERE id = $1`.
///
/// The text must run on SQLite and PostgreSQL alike.
package struct SQL: ExpressibleByStringInterpolation, Sendable {
    /// What stands between the values: one piece more than there are values.
    private var pieces: [String]
    package private(set) var values: [SQLValue] = []

    package init(stringLiteral value: String) { pieces = [value] }

    package init(stringInterpolation: Pieces) { self = stringInterpolation.statement }

    /// What the database is given, with `$1`, `$2`, … in the places of the values.
    package var text: String {
        var text = ""
        text.reserveCapacity(pieces.reduce(4 * values.count) { $0 + $1.utf8.count })
        for (index, piece) in pieces.enumerated() {
            text += piece
            if index < values.count { text += Self.place(index) }
        }
        return text
    }

    private static func place(_ index: Int) -> String { index < places.count ? places[index] : "$\(index + 1)" }
    private static let places = (1...32).map { "$\($0)" }

    /// The same statement with other words in its text; values are never touched.
    func replacing(_ words: String, with others: String) -> SQL {
        var statement = self
        statement.pieces = pieces.map { $0.replacing(words, with: others) }
        return statement
    }

    package struct Pieces: StringInterpolationProtocol {
        fileprivate var statement: SQL = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            statement.pieces.reserveCapacity(interpolationCount + 1)
            statement.values.reserveCapacity(interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) { statement.write(literal) }

        package mutating func appendInterpolation(_ value: some SQLConvertible) { statement.bind(value.sqlValue) }

        package mutating func appendInterpolation(_ value: (some SQLConvertible)?) { statement.bind(value?.sqlValue ?? .null) }

        /// A list for `IN`: `\(list: ids)` is `($1, $2, …)`; an empty list matches nothing.
        package mutating func appendInterpolation(list: some Collection<some SQLConvertible>) {
            guard !list.isEmpty else { return statement.write("(NULL)") }
            statement.write("(")
            for (index, value) in list.enumerated() {
                if index > 0 { statement.write(", ") }
                statement.bind(value.sqlValue)
            }
            statement.write(")")
        }

        /// A number of rows, as text: where it is a parameter PostgreSQL plans for a tenth of all there are, and sorts them all for a page.
        package mutating func appendInterpolation(rows count: Int) { statement.write("\(count)") }

        /// A part of a statement with its values.
        package mutating func appendInterpolation(_ part: SQL) {
            statement.write(part.pieces[0])
            for (value, piece) in zip(part.values, part.pieces.dropFirst()) {
                statement.bind(value)
                statement.write(piece)
            }
        }

        /// For the ground only: a declared name, e.g. of a table.
        mutating func appendInterpolation(name: String) { statement.write(name) }
    }

    private mutating func write(_ text: String) {
        if pieces[pieces.count - 1].isEmpty { pieces[pieces.count - 1] = text } else { pieces[pieces.count - 1] += text }
    }

    private mutating func bind(_ value: SQLValue) {
        values.append(value)
        pieces.append("")
    }
}
