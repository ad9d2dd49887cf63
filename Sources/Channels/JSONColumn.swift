package import Store

/// A value kept as JSON text in one column, because nothing ever asks for its parts.
package protocol JSONColumn: Codable, Hashable, Sendable, SQLConvertible {}

extension JSONColumn {
    package var sqlValue: SQLValue { AsJSON(self).sqlValue }

    package init?(sqlValue: SQLValue) {
        guard let read = AsJSON<Self>(sqlValue: sqlValue) else { return nil }
        self = read.value
    }
}
