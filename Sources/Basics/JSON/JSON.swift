/// The one way values become JSON text here and back.
package enum JSON {
    /// Members stand in the order in which the value encodes them; absent optionals are left out.
    package static func write(_ value: some Encodable) throws -> [UInt8] {
        let output = JSONOutput()
        try SingleWriting(output: output).encode(value)
        return output.bytes
    }

    /// The same with members before those of the value, which must encode itself as an object.
    package static func write(_ value: some Encodable, after members: [(key: String, value: String)]) throws -> [UInt8] {
        let output = JSONOutput()
        output.begin(UInt8(ascii: "{"), UInt8(ascii: "}"))
        for member in members {
            output.next(member.key, at: 1)
            output.write(member.value)
        }
        try ValueEncoder(within: output).encode(value)
        output.close(to: 0)
        return output.bytes
    }

    /// See ``JSONText`` for what is refused. Texts of our own making may hold more than is asked for.
    package static func read<Value: Decodable>(
        _ type: Value.Type = Value.self, from bytes: [UInt8], ignoresUnknown: Bool = false
    ) throws -> Value {
        try JSONText(bytes).read(ignoresUnknown: ignoresUnknown)
    }
}
