/// A decoder that gives whatever is asked for and remembers the question.
final class Watching: Decoder {
    let text: String
    let schemas: Schemas
    fileprivate(set) var schema: Schema?
    private(set) var isObject = false
    private var members: [(name: String, value: Schema)] = []
    private var required: [String] = []

    init(text: String, schemas: Schemas) { (self.text, self.schemas) = (text, schemas) }

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    var object: Schema {
        let properties = Schema(members: members.map { ($0.name, $0.value) })
        let object: Schema = ["type": "object", "properties": properties]
        return required.isEmpty ? object : object.with([("required", .list(required.map(Schema.text)))])
    }

    func ask(_ key: any CodingKey, for type: any Decodable.Type, isOptional: Bool) {
        guard !members.contains(where: { $0.name == key.stringValue }) else { return }
        members.append((key.stringValue, schemas.schema(of: type)))
        if !isOptional { required.append(key.stringValue) }
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        isObject = true
        return KeyedDecodingContainer(Members(watching: self))
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer {
        schema = schema ?? ["type": "array"]
        return Elements()
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { Single(watching: self) }

    struct Members<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let watching: Watching
        var codingPath: [any CodingKey] { [] }
        var allKeys: [Key] { [] }

        func contains(_ key: Key) -> Bool { true }
        func decodeNil(forKey key: Key) -> Bool { false }
        func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
            watching.ask(key, for: type, isOptional: false)
            return try watching.schemas.sample(of: type, text: watching.text)
        }
        func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
            watching.ask(key, for: type, isOptional: true)
            return nil
        }
        func decode(_ type: Bool.Type, forKey key: Key) -> Bool { plain(type, key, true) }
        func decode(_ type: String.Type, forKey key: Key) -> String { plain(type, key, watching.text) }
        func decode(_ type: Double.Type, forKey key: Key) -> Double { plain(type, key, 1) }
        func decode(_ type: Float.Type, forKey key: Key) -> Float { plain(type, key, 1) }
        func decode(_ type: Int.Type, forKey key: Key) -> Int { plain(type, key, 1) }
        func decode(_ type: Int8.Type, forKey key: Key) -> Int8 { plain(type, key, 1) }
        func decode(_ type: Int16.Type, forKey key: Key) -> Int16 { plain(type, key, 1) }
        func decode(_ type: Int32.Type, forKey key: Key) -> Int32 { plain(type, key, 1) }
        func decode(_ type: Int64.Type, forKey key: Key) -> Int64 { plain(type, key, 1) }
        func decode(_ type: UInt.Type, forKey key: Key) -> UInt { plain(type, key, 1) }
        func decode(_ type: UInt8.Type, forKey key: Key) -> UInt8 { plain(type, key, 1) }
        func decode(_ type: UInt16.Type, forKey key: Key) -> UInt16 { plain(type, key, 1) }
        func decode(_ type: UInt32.Type, forKey key: Key) -> UInt32 { plain(type, key, 1) }
        func decode(_ type: UInt64.Type, forKey key: Key) -> UInt64 { plain(type, key, 1) }
        func decodeIfPresent(_ type: Bool.Type, forKey key: Key) -> Bool? { absent(type, key) }
        func decodeIfPresent(_ type: String.Type, forKey key: Key) -> String? { absent(type, key) }
        func decodeIfPresent(_ type: Double.Type, forKey key: Key) -> Double? { absent(type, key) }
        func decodeIfPresent(_ type: Float.Type, forKey key: Key) -> Float? { absent(type, key) }
        func decodeIfPresent(_ type: Int.Type, forKey key: Key) -> Int? { absent(type, key) }
        func decodeIfPresent(_ type: Int8.Type, forKey key: Key) -> Int8? { absent(type, key) }
        func decodeIfPresent(_ type: Int16.Type, forKey key: Key) -> Int16? { absent(type, key) }
        func decodeIfPresent(_ type: Int32.Type, forKey key: Key) -> Int32? { absent(type, key) }
        func decodeIfPresent(_ type: Int64.Type, forKey key: Key) -> Int64? { absent(type, key) }
        func decodeIfPresent(_ type: UInt.Type, forKey key: Key) -> UInt? { absent(type, key) }
        func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) -> UInt8? { absent(type, key) }
        func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) -> UInt16? { absent(type, key) }
        func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) -> UInt32? { absent(type, key) }
        func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) -> UInt64? { absent(type, key) }

        private func plain<Value: Decodable>(_ type: Value.Type, _ key: Key, _ value: Value) -> Value {
            watching.ask(key, for: type, isOptional: false)
            return value
        }
        private func absent<Value: Decodable>(_ type: Value.Type, _ key: Key) -> Value? {
            watching.ask(key, for: type, isOptional: true)
            return nil
        }

        func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws -> KeyedDecodingContainer<
            Nested
        > {
            throw Schemas.Unwatchable()
        }
        func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw Schemas.Unwatchable() }
        func superDecoder() -> any Decoder { watching }
        func superDecoder(forKey key: Key) -> any Decoder { Watching(text: watching.text, schemas: watching.schemas) }
    }

    /// Holds nothing.
    struct Elements: UnkeyedDecodingContainer {
        var codingPath: [any CodingKey] { [] }
        var count: Int? { 0 }
        var isAtEnd: Bool { true }
        var currentIndex: Int { 0 }

        mutating func decodeNil() -> Bool { false }
        mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { throw Schemas.Unwatchable() }
        mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
            throw Schemas.Unwatchable()
        }
        mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { throw Schemas.Unwatchable() }
        mutating func superDecoder() throws -> any Decoder { throw Schemas.Unwatchable() }
    }

    struct Single: SingleValueDecodingContainer {
        let watching: Watching
        var codingPath: [any CodingKey] { [] }

        func decodeNil() -> Bool { false }
        func decode(_ type: Bool.Type) -> Bool { plain(type, true) }
        func decode(_ type: String.Type) -> String { plain(type, watching.text) }
        func decode(_ type: Double.Type) -> Double { plain(type, 1) }
        func decode(_ type: Float.Type) -> Float { plain(type, 1) }
        func decode(_ type: Int.Type) -> Int { plain(type, 1) }
        func decode(_ type: Int8.Type) -> Int8 { plain(type, 1) }
        func decode(_ type: Int16.Type) -> Int16 { plain(type, 1) }
        func decode(_ type: Int32.Type) -> Int32 { plain(type, 1) }
        func decode(_ type: Int64.Type) -> Int64 { plain(type, 1) }
        func decode(_ type: UInt.Type) -> UInt { plain(type, 1) }
        func decode(_ type: UInt8.Type) -> UInt8 { plain(type, 1) }
        func decode(_ type: UInt16.Type) -> UInt16 { plain(type, 1) }
        func decode(_ type: UInt32.Type) -> UInt32 { plain(type, 1) }
        func decode(_ type: UInt64.Type) -> UInt64 { plain(type, 1) }
        func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
            watching.schema = watching.schemas.schema(of: type)
            return try watching.schemas.sample(of: type, text: watching.text)
        }

        private func plain<Value: Decodable>(_ type: Value.Type, _ value: Value) -> Value {
            watching.schema = watching.schemas.schema(of: type)
            return value
        }
    }
}
