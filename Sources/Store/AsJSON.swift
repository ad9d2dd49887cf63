import Foundation

/// A value kept in one text column as JSON with sorted keys. For lists and small trees that no query looks into.
package struct AsJSON<Value: Codable & Hashable & Sendable>: Hashable, Sendable {
    package var value: Value

    package init(_ value: Value) { self.value = value }
}

extension AsJSON: SQLConvertible {
    package var sqlValue: SQLValue {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Plain values of our own always encode: a failure is a mistake in the type.
        return .text(String(decoding: try! encoder.encode(value), as: UTF8.self))
    }

    package init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue else { return nil }
        guard let value = try? JSONDecoder().decode(Value.self, from: Data(text.utf8)) else { return nil }
        self.init(value)
    }
}

extension AsJSON: Codable {
    package init(from decoder: any Decoder) throws { self.init(try Value(from: decoder)) }
    package func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}
