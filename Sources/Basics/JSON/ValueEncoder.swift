/// Writes an Encodable straight into the text, in the order in which it encodes.
final class ValueEncoder: Encoder {
    private let output: JSONOutput
    /// What is open around this value.
    private let depth: Int
    private var isBegun = false

    init(_ output: JSONOutput) { (self.output, depth) = (output, output.depth) }

    /// Continues an object that is open already.
    init(within output: JSONOutput) { (self.output, depth, isBegun) = (output, output.depth - 1, true) }

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func encode(_ value: some Encodable) throws {
        let size = output.bytes.count
        try value.encode(to: self)
        if output.bytes.count == size, !isBegun { output.write(raw: "{}") }
        output.close(to: depth)
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        begin(UInt8(ascii: "{"), UInt8(ascii: "}"))
        return KeyedEncodingContainer(MemberWriting<Key>(output: output, depth: depth + 1))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        begin(UInt8(ascii: "["), UInt8(ascii: "]"))
        return ElementWriting(output: output, depth: depth + 1)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { SingleWriting(output: output) }

    /// A value may ask for its container twice, e.g. to write the members of another value beside its own.
    private func begin(_ opener: UInt8, _ closer: UInt8) {
        output.close(to: isBegun ? depth + 1 : depth)
        if !isBegun { output.begin(opener, closer) }
        isBegun = true
    }
}

struct SingleWriting: SingleValueEncodingContainer {
    let output: JSONOutput
    var codingPath: [any CodingKey] { [] }

    func encodeNil() { output.write(raw: "null") }
    func encode(_ value: Bool) { output.write(value) }
    func encode(_ value: String) { output.write(value) }
    func encode(_ value: Double) throws { try output.write(value) }
    func encode(_ value: Float) throws { try output.write(Double(value)) }
    func encode(_ value: Int) { output.write(number: value) }
    func encode(_ value: Int8) { output.write(number: value) }
    func encode(_ value: Int16) { output.write(number: value) }
    func encode(_ value: Int32) { output.write(number: value) }
    func encode(_ value: Int64) { output.write(number: value) }
    func encode(_ value: UInt) { output.write(number: value) }
    func encode(_ value: UInt8) { output.write(number: value) }
    func encode(_ value: UInt16) { output.write(number: value) }
    func encode(_ value: UInt32) { output.write(number: value) }
    func encode(_ value: UInt64) { output.write(number: value) }
    func encode(_ value: some Encodable) throws { try ValueEncoder(output).encode(value) }
}

struct MemberWriting<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let output: JSONOutput
    let depth: Int
    var codingPath: [any CodingKey] { [] }

    private func member(_ key: Key) -> SingleWriting {
        output.next(key.stringValue, at: depth)
        return SingleWriting(output: output)
    }

    func encodeNil(forKey key: Key) { member(key).encodeNil() }
    func encode(_ value: Bool, forKey key: Key) { member(key).encode(value) }
    func encode(_ value: String, forKey key: Key) { member(key).encode(value) }
    func encode(_ value: Double, forKey key: Key) throws { try member(key).encode(value) }
    func encode(_ value: Float, forKey key: Key) throws { try member(key).encode(value) }
    func encode(_ value: Int, forKey key: Key) { member(key).encode(value) }
    func encode(_ value: Int8, forKey key: Key) { member(key).encode(value) }
    func encode(_ value: Int16, forKey key: Key) { member(key).encode(value) }
    func encode(_ value: Int32, forKey key: Key) { member(key).encode(value) }
    func encode(_ value: Int64, forKey key: Key) { member(key).encode(value) }
    func encode(_ value: UInt, forKey key: Key) { member(key).encode(value) }
    func encode(_ value: UInt8, forKey key: Key) { member(key).encode(value) }
    func encode(_ value: UInt16, forKey key: Key) { member(key).encode(value) }
    func encode(_ value: UInt32, forKey key: Key) { member(key).encode(value) }
    func encode(_ value: UInt64, forKey key: Key) { member(key).encode(value) }
    func encode(_ value: some Encodable, forKey key: Key) throws { try member(key).encode(value) }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested> {
        (superEncoder(forKey: key) as! ValueEncoder).container(keyedBy: type)
    }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { superEncoder(forKey: key).unkeyedContainer() }
    func superEncoder() -> any Encoder { ValueEncoder(within: output) }
    func superEncoder(forKey key: Key) -> any Encoder {
        output.next(key.stringValue, at: depth)
        return ValueEncoder(output)
    }
}

struct ElementWriting: UnkeyedEncodingContainer {
    let output: JSONOutput
    let depth: Int
    private(set) var count = 0
    var codingPath: [any CodingKey] { [] }

    init(output: JSONOutput, depth: Int) { (self.output, self.depth) = (output, depth) }

    private mutating func element() -> SingleWriting {
        output.next(at: depth)
        count += 1
        return SingleWriting(output: output)
    }

    mutating func encodeNil() { element().encodeNil() }
    mutating func encode(_ value: Bool) { element().encode(value) }
    mutating func encode(_ value: String) { element().encode(value) }
    mutating func encode(_ value: Double) throws { try element().encode(value) }
    mutating func encode(_ value: Float) throws { try element().encode(value) }
    mutating func encode(_ value: Int) { element().encode(value) }
    mutating func encode(_ value: Int8) { element().encode(value) }
    mutating func encode(_ value: Int16) { element().encode(value) }
    mutating func encode(_ value: Int32) { element().encode(value) }
    mutating func encode(_ value: Int64) { element().encode(value) }
    mutating func encode(_ value: UInt) { element().encode(value) }
    mutating func encode(_ value: UInt8) { element().encode(value) }
    mutating func encode(_ value: UInt16) { element().encode(value) }
    mutating func encode(_ value: UInt32) { element().encode(value) }
    mutating func encode(_ value: UInt64) { element().encode(value) }
    mutating func encode(_ value: some Encodable) throws { try element().encode(value) }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        (superEncoder() as! ValueEncoder).container(keyedBy: type)
    }
    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { superEncoder().unkeyedContainer() }
    mutating func superEncoder() -> any Encoder {
        output.next(at: depth)
        count += 1
        return ValueEncoder(output)
    }
}
