/// `openedAt` → `opened_at`.
func columnName(_ property: String) -> String {
    guard property.utf8.contains(where: isCapital) else { return property }
    var name: [UInt8] = []
    name.reserveCapacity(property.utf8.count + 4)
    for byte in property.utf8 { name += isCapital(byte) ? [95, byte + 32] : [byte] }
    return String(decoding: name, as: UTF8.self)
}

private func isCapital(_ byte: UInt8) -> Bool { (65...90).contains(byte) }

/// Turns the properties of a value into columns; only flat values of ``SQLConvertible`` properties are accepted.
struct RowEncoder: Encoder {
    final class Found { var columns: [(name: String, value: SQLValue)] = [] }

    let found = Found()
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    static func columns(of value: some Encodable) throws -> [(name: String, value: SQLValue)] {
        let encoder = RowEncoder()
        try value.encode(to: encoder)
        return encoder.found.columns
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(Container<Key>(found: found))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer { fatalError("a row holds no lists") }
    func singleValueContainer() -> any SingleValueEncodingContainer { fatalError("a row holds named columns") }

    struct Container<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let found: Found
        var codingPath: [any CodingKey] { [] }

        private func add(_ value: SQLValue, _ key: Key) { found.columns.append((columnName(key.stringValue), value)) }

        func encodeNil(forKey key: Key) { add(.null, key) }
        func encode(_ value: Bool, forKey key: Key) { add(value.sqlValue, key) }
        func encode(_ value: String, forKey key: Key) { add(value.sqlValue, key) }
        func encode(_ value: Double, forKey key: Key) { add(value.sqlValue, key) }
        func encode(_ value: Float, forKey key: Key) { add(.real(Double(value)), key) }
        func encode(_ value: Int, forKey key: Key) { add(value.sqlValue, key) }
        func encode(_ value: Int8, forKey key: Key) { add(.integer(Int64(value)), key) }
        func encode(_ value: Int16, forKey key: Key) { add(.integer(Int64(value)), key) }
        func encode(_ value: Int32, forKey key: Key) { add(.integer(Int64(value)), key) }
        func encode(_ value: Int64, forKey key: Key) { add(.integer(value), key) }
        func encode(_ value: UInt, forKey key: Key) { add(.integer(Int64(value)), key) }
        func encode(_ value: UInt8, forKey key: Key) { add(.integer(Int64(value)), key) }
        func encode(_ value: UInt16, forKey key: Key) { add(.integer(Int64(value)), key) }
        func encode(_ value: UInt32, forKey key: Key) { add(.integer(Int64(value)), key) }
        func encode(_ value: UInt64, forKey key: Key) { add(.integer(Int64(value)), key) }

        func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
            guard let value = value as? any SQLConvertible else { throw StoreError.column(key.stringValue) }
            add(value.sqlValue, key)
        }

        func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
            if let value { try encode(value, forKey: key) } else { add(.null, key) }
        }

        func encodeIfPresent(_ value: String?, forKey key: Key) { add(value?.sqlValue ?? .null, key) }
        func encodeIfPresent(_ value: Int?, forKey key: Key) { add(value?.sqlValue ?? .null, key) }
        func encodeIfPresent(_ value: Int64?, forKey key: Key) { add(value?.sqlValue ?? .null, key) }
        func encodeIfPresent(_ value: Double?, forKey key: Key) { add(value?.sqlValue ?? .null, key) }
        func encodeIfPresent(_ value: Bool?, forKey key: Key) { add(value?.sqlValue ?? .null, key) }

        func nestedContainer<Nested: CodingKey>(keyedBy: Nested.Type, forKey: Key) -> KeyedEncodingContainer<Nested> {
            fatalError("a row holds no objects")
        }
        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { fatalError("a row holds no lists") }
        func superEncoder() -> any Encoder { fatalError("a row has no parent") }
        func superEncoder(forKey key: Key) -> any Encoder { fatalError("a row has no parent") }
    }
}

/// Reads a value from a row by its property names.
struct RowDecoder: Decoder {
    let row: Row
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Container<Key>(row: row))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw StoreError.column("list") }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { throw StoreError.column("value") }

    struct Container<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let row: Row
        var codingPath: [any CodingKey] { [] }
        var allKeys: [Key] { [] }

        private func value(_ key: Key) throws -> SQLValue { try row.raw(columnName(key.stringValue)) }
        private func number<Number: BinaryInteger>(_ key: Key) throws -> Number {
            guard case .integer(let stored) = try value(key), let number = Number(exactly: stored) else {
                throw StoreError.column(key.stringValue)
            }
            return number
        }

        func contains(_ key: Key) -> Bool { row.columns.index(of: columnName(key.stringValue)) != nil }
        func decodeNil(forKey key: Key) throws -> Bool { try value(key) == .null }
        func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try row(columnName(key.stringValue)) }
        func decode(_ type: String.Type, forKey key: Key) throws -> String { try row(columnName(key.stringValue)) }
        func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try row(columnName(key.stringValue)) }
        func decode(_ type: Float.Type, forKey key: Key) throws -> Float { Float(try row(columnName(key.stringValue)) as Double) }
        func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try number(key) }
        func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try number(key) }
        func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try number(key) }
        func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try number(key) }
        func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try number(key) }
        func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try number(key) }
        func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try number(key) }
        func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try number(key) }
        func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try number(key) }
        func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try number(key) }

        func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
            guard
                let convertible = type as? any SQLConvertible.Type,
                let value = convertible.init(sqlValue: try value(key)) as? Value
            else { throw StoreError.column(key.stringValue) }
            return value
        }

        func nestedContainer<Nested: CodingKey>(keyedBy: Nested.Type, forKey key: Key) throws -> KeyedDecodingContainer<Nested> {
            throw StoreError.column(key.stringValue)
        }
        func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
            throw StoreError.column(key.stringValue)
        }
        func superDecoder() throws -> any Decoder { throw StoreError.column("super") }
        func superDecoder(forKey key: Key) throws -> any Decoder { throw StoreError.column(key.stringValue) }
    }
}
