/// Reads one JSON text strictly (RFC 8259): no comments, no trailing commas, no duplicate keys, valid UTF-8.
struct JSONParser {
    /// Deeper texts are refused, so that nobody can exhaust the stack.
    static let deepest = 64

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var depth = 0
    private(set) var objects = 0

    static func parse(_ bytes: [UInt8]) throws(Refusal) -> (value: JSONValue, objects: Int) {
        let result = bytes.withUnsafeBufferPointer { parse($0) }
        return try result.get()
    }

    static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<(value: JSONValue, objects: Int), Refusal> {
        var parser = Self(bytes)
        return Result { () throws(Refusal) in try parser.whole() }
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private mutating func whole() throws(Refusal) -> (value: JSONValue, objects: Int) {
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw malformed("text after the end") }
        return (value, objects)
    }

    private mutating func value() throws(Refusal) -> JSONValue {
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return try nested { (parser) throws(Refusal) in try parser.object() }
        case UInt8(ascii: "["): return try nested { (parser) throws(Refusal) in try parser.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func nested(_ read: (inout Self) throws(Refusal) -> JSONValue) throws(Refusal) -> JSONValue {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw malformed("nested too deeply") }
        position += 1
        return try read(&self)
    }

    private mutating func object() throws(Refusal) -> JSONValue {
        let serial = objects
        objects += 1
        var members: [(key: String, value: JSONValue)] = []
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(JSONObject(serial: serial, members: [])!) }
        repeat {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw malformed("a key is expected") }
            let key = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw malformed("a colon is expected") }
            members.append((key, try value()))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw malformed("the object does not end") }
        guard let object = JSONObject(serial: serial, members: members) else { throw malformed("a key occurs twice") }
        return .object(object)
    }

    private mutating func array() throws(Refusal) -> JSONValue {
        var elements: [JSONValue] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array([]) }
        repeat {
            elements.append(try value())
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw malformed("the array does not end") }
        return .array(elements)
    }

    private mutating func number() throws(Refusal) -> String {
        let start = position
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            _ = take(UInt8(ascii: "+")) || take(UInt8(ascii: "-"))
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(Refusal) {
        let start = position
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard position > start else { throw malformed("a value is expected") }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(Refusal) -> JSONValue {
        let expected = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard bytes[position...].starts(with: expected) else { throw malformed("a value is expected") }
        position += expected.count
        return value
    }

    private mutating func string() throws(Refusal) -> String {
        position += 1
        let start = position
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return try text(bytes[start..<(position - 1)])
            case UInt8(ascii: "\\"): return try escapedString(from: start)
            case ..<0x20: throw malformed("a control character in a string")
            default: position += 1
            }
        }
        throw malformed("the string does not end")
    }

    private mutating func escapedString(from start: Int) throws(Refusal) -> String {
        var collected = Array(bytes[start..<position])
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return try text(collected[...])
            case UInt8(ascii: "\\"): collected.append(contentsOf: try escape())
            case ..<0x20: throw malformed("a control character in a string")
            default: collected.append(byte)
            }
        }
        throw malformed("the string does not end")
    }

    private mutating func escape() throws(Refusal) -> [UInt8] {
        guard let byte = peek else { throw malformed("the string does not end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "u"): return Array(String(try escapedScalar()).utf8)
        default: throw malformed("an unknown escape")
        }
    }

    private mutating func escapedScalar() throws(Refusal) -> Character {
        let first = try fourDigits()
        guard (0xD800..<0xDC00).contains(first) else { return try character(first) }
        guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw malformed("half a surrogate pair") }
        let second = try fourDigits()
        guard (0xDC00..<0xE000).contains(second) else { throw malformed("half a surrogate pair") }
        return try character(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    }

    private func character(_ code: UInt32) throws(Refusal) -> Character {
        // Databases refuse U+0000 in text, so it is refused at the door.
        guard code != 0, let scalar = Unicode.Scalar(code) else { throw malformed("a character that does not exist") }
        return Character(scalar)
    }

    private mutating func fourDigits() throws(Refusal) -> UInt32 {
        guard position + 4 <= bytes.count else { throw malformed("the string does not end") }
        var code: UInt32 = 0
        for byte in bytes[position..<(position + 4)] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 128 else {
                throw malformed("an unknown escape")
            }
            code = code << 4 | UInt32(digit)
        }
        position += 4
        return code
    }

    private func text(_ bytes: some Collection<UInt8>) throws(Refusal) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Refusal(.malformed, "json.encoding", detail: "not valid UTF-8 before byte \(position)")
        }
        return text
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private func malformed(_ what: String) -> Refusal {
        Refusal(.malformed, "json.malformed", detail: "\(what), at byte \(position)")
    }
}
