/// Reads a Decodable out of a parsed text.
struct ValueDecoder: Decoder {
    let value: JSONValue
    let trail: Trail
    let reading: Reading

    var codingPath: [any CodingKey] { trail.keys }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let object) = value else { throw mismatch([String: String].self) }
        reading.open(object)
        return KeyedDecodingContainer(MemberReading(object: object, trail: trail, reading: reading))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = value else { throw mismatch([String].self) }
        return ElementReading(elements: elements, trail: trail, reading: reading)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    func mismatch(_ type: Any.Type) -> DecodingError {
        let context = DecodingError.Context(codingPath: codingPath, debugDescription: "another type of value")
        if case .null = value { return .valueNotFound(type, context) }
        return .typeMismatch(type, context)
    }

    func bool() throws -> Bool {
        guard case .bool(let flag) = value else { throw mismatch(Bool.self) }
        return flag
    }

    func string() throws -> String {
        guard case .string(let text) = value else { throw mismatch(String.self) }
        return text
    }

    func integer<Number: FixedWidthInteger>() throws -> Number {
        guard case .number(let text) = value else { throw mismatch(Number.self) }
        if let number = Number(text) { return number }
        // 1.0 and 1e3 are whole numbers as well; from 2^53 on digits would be lost.
        guard let double = Double(text), double.magnitude < 0x1p53, let number = Number(exactly: double) else {
            throw mismatch(Number.self)
        }
        return number
    }

    func floating<Number: BinaryFloatingPoint & LosslessStringConvertible>() throws -> Number {
        guard case .number(let text) = value, let number = Number(text), number.isFinite else { throw mismatch(Number.self) }
        return number
    }
}

extension ValueDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool {
        if case .null = value { true } else { false }
    }
    func decode(_ type: Bool.Type) throws -> Bool { try bool() }
    func decode(_ type: String.Type) throws -> String { try string() }
    func decode(_ type: Double.Type) throws -> Double { try floating() }
    func decode(_ type: Float.Type) throws -> Float { try floating() }
    func decode(_ type: Int.Type) throws -> Int { try integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
    func decode(_ type: UInt.Type) throws -> UInt { try integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: self) }
}

struct MemberReading<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let object: JSONObject
    let trail: Trail
    let reading: Reading

    var codingPath: [any CodingKey] { trail.keys }
    var allKeys: [Key] { object.members.compactMap { Key(stringValue: $0.key) } }

    func contains(_ key: Key) -> Bool { ask(key) != nil }

    private func ask(_ key: Key) -> JSONValue? {
        guard let place = object.place(of: key.stringValue) else { return nil }
        reading.ask(object, place)
        return object.members[place].value
    }

    private func decoder(_ key: Key) throws -> ValueDecoder {
        guard let value = ask(key) else {
            throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "missing"))
        }
        return ValueDecoder(value: value, trail: trail.member(key.stringValue), reading: reading)
    }

    func decodeNil(forKey key: Key) throws -> Bool { try decoder(key).decodeNil() }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try decoder(key).bool() }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try decoder(key).string() }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try decoder(key).floating() }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try decoder(key).floating() }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try decoder(key).integer() }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try decoder(key).integer() }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try decoder(key).integer() }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try decoder(key).integer() }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try decoder(key).integer() }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try decoder(key).integer() }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try decoder(key).integer() }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try decoder(key).integer() }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try decoder(key).integer() }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try decoder(key).integer() }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try Value(from: try decoder(key)) }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws -> KeyedDecodingContainer<Nested> {
        try decoder(key).container(keyedBy: type)
    }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { try decoder(key).unkeyedContainer() }
    func superDecoder() throws -> any Decoder { ValueDecoder(value: .object(object), trail: trail, reading: reading) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key) }
}

struct ElementReading: UnkeyedDecodingContainer {
    let elements: [JSONValue]
    let trail: Trail
    let reading: Reading
    private(set) var currentIndex = 0

    init(elements: [JSONValue], trail: Trail, reading: Reading) {
        (self.elements, self.trail, self.reading) = (elements, trail, reading)
    }

    var codingPath: [any CodingKey] { trail.keys }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex == elements.count }

    private mutating func next() throws -> ValueDecoder {
        let trail = trail.element(currentIndex)
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(Any.self, .init(codingPath: trail.keys, debugDescription: "too few elements"))
        }
        defer { currentIndex += 1 }
        return ValueDecoder(value: elements[currentIndex], trail: trail, reading: reading)
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, case .null = elements[currentIndex] else { return false }
        currentIndex += 1
        return true
    }
    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: try next()) }
    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
        try next().container(keyedBy: type)
    }
    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
    mutating func superDecoder() throws -> any Decoder { try next() }
}
