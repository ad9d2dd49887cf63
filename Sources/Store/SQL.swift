/// A statement with its values. Interpolated values become numbered parameters, never text:
/// `"SELECT name FROM agent WHERE id = \(agent)"` is `SELECT name FROM agent WHERE id = $1`.
///
/// The text must run on SQLite and PostgreSQL alike.
package struct SQL: ExpressibleByStringInterpolation, Sendable {
    package private(set) var text: String
    package private(set) var values: [SQLValue] = []

    package init(stringLiteral value: String) { text = value }

    package init(stringInterpolation: Pieces) {
        (text, values) = (stringInterpolation.text, stringInterpolation.values)
    }

    /// For the ground only: a statement put together from declared names, e.g. by ``Table``.
    init(text: String, values: [SQLValue]) { (self.text, self.values) = (text, values) }

    package struct Pieces: StringInterpolationProtocol {
        var text = ""
        var values: [SQLValue] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + 3 * interpolationCount)
            values.reserveCapacity(interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) { text += literal }

        package mutating func appendInterpolation(_ value: some SQLConvertible) {
            values.append(value.sqlValue)
            text += "$\(values.count)"
        }

        package mutating func appendInterpolation(_ value: (some SQLConvertible)?) {
            values.append(value?.sqlValue ?? .null)
            text += "$\(values.count)"
        }

        /// A list for `IN`: `\(list: ids)` is `($1, $2, …)`; an empty list matches nothing.
        package mutating func appendInterpolation(list: some Collection<some SQLConvertible>) {
            guard !list.isEmpty else { return text += "(NULL)" }
            text += "("
            for (index, value) in list.enumerated() {
                if index > 0 { text += ", " }
                appendInterpolation(value)
            }
            text += ")"
        }

        /// A part of a statement, with its values renumbered.
        package mutating func appendInterpolation(_ part: SQL) {
            let offset = values.count
            text += offset == 0 ? part.text : part.renumbered(by: offset)
            values += part.values
        }
    }

    /// Only a `$` followed by digits is a place for a value; JSON paths such as `'$.name'` stay.
    private func renumbered(by offset: Int) -> String {
        var pieces = text.split(separator: "$", omittingEmptySubsequences: false)[...]
        var result = String(pieces.removeFirst())
        for piece in pieces {
            let digits = piece.utf8.prefix { (48...57).contains($0) }
            let number = Int(Substring(digits)).map { String($0 + offset) } ?? ""
            result += "$" + number + piece[digits.endIndex...]
        }
        return result
    }
}
