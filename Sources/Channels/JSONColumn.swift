private import Foundation
package import Store

/// A value kept as JSON text in one column, because nothing ever asks for its parts.
package protocol JSONColumn: Codable, SQLConvertible {}

extension JSONColumn {
    package var sqlValue: SQLValue {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return .text(String(decoding: try! encoder.encode(self), as: UTF8.self))
    }

    package init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue, let value = try? JSONDecoder().decode(Self.self, from: Foundation.Data(text.utf8))
        else { return nil }
        self = value
    }
}
