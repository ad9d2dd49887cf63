import Foundation

/// The one way values become JSON text here and back.
package enum JSON {
    package static func write(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return Array(try encoder.encode(value))
    }

    /// See ``JSONText/read(_:known:)`` for what is refused.
    package static func read<Value: Decodable>(_ type: Value.Type = Value.self, from bytes: [UInt8]) throws -> Value {
        try JSONText(bytes).read()
    }
}
