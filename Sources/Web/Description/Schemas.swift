/// Finds the schemas of types by letting them read from a decoder that watches what they ask for.
final class Schemas {
    /// Objects by name; others refer to them.
    private(set) var named: [String: Schema] = [:]
    /// Types that refused every value they were offered; they should be ``Described``.
    private(set) var unknown: Set<String> = []
    private var open: Set<String> = []

    func schema(of type: any Decodable.Type) -> Schema {
        if let described = type as? any Described.Type { return described.schema }
        if let simple = Self.simple[ObjectIdentifier(type)] { return simple }
        if let words = words(of: type) { return ["type": "string", "enum": .list(words.map(Schema.text))] }
        if let wrapper = type as? any Wrapping.Type { return wrapper.schema(in: self) }
        let name = Self.name(of: type)
        if named[name] != nil || open.contains(name) { return Self.reference(to: name) }
        open.insert(name)
        defer { open.remove(name) }
        let watching = watch(type)
        guard watching.isObject else { return watching.schema ?? [:] }
        named[name] = watching.object
        return Self.reference(to: name)
    }

    /// A value of the type, and its schema on the way. Several texts are offered: some types take only dates, or times, or digits.
    private func watch(_ type: any Decodable.Type) -> Watching {
        for text in ["1", "2026-01-01", "09:00", "en", "a@b.example", "https://shop.example", "#112233", "Asia/Shanghai"] {
            let watching = Watching(text: text, schemas: self)
            if (try? type.init(from: watching)) != nil { return watching }
        }
        unknown.insert(Self.name(of: type))
        let watching = Watching(text: "1", schemas: self)
        _ = try? type.init(from: watching)
        return watching
    }

    /// A value to go on with.
    func sample<Value: Decodable>(of type: Value.Type, text: String) throws -> Value {
        if let described = type as? any Described.Type { return described.sample as! Value }
        if let first = firstCase(of: type) { return first as! Value }
        var last: any Error = Unwatchable()
        for text in [text, "1", "2026-01-01", "09:00", "en", "a@b.example", "https://shop.example", "#112233", "Asia/Shanghai"] {
            do { return try Value(from: Watching(text: text, schemas: Schemas(open: open))) } catch { last = error }
        }
        throw last
    }

    struct Unwatchable: Error {}

    init() {}
    private init(open: Set<String>) { self.open = open }

    static func reference(to name: String) -> Schema { ["$ref": "#/components/schemas/\(name)"] }

    /// `Conversations.Entry.Shown` is `Entry.Shown`; only letters, digits, dots and dashes may stand in a name.
    static func name(of type: Any.Type) -> String {
        let full = String(reflecting: type).replacing(/\(unknown context at [^)]*\)\./, with: "")
        let short = full.replacing(/\b[A-Z]\w*\.(?=[A-Z])/, with: "", maxReplacements: 1)
        return String(short.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "-" })
    }

    private static let simple: [ObjectIdentifier: Schema] = [
        ObjectIdentifier(String.self): ["type": "string"], ObjectIdentifier(Bool.self): ["type": "boolean"],
        ObjectIdentifier(Double.self): ["type": "number"], ObjectIdentifier(Float.self): ["type": "number"],
        ObjectIdentifier(Int.self): ["type": "integer", "format": "int64"],
        ObjectIdentifier(Int64.self): ["type": "integer", "format": "int64"],
        ObjectIdentifier(Int32.self): ["type": "integer", "format": "int32"], ObjectIdentifier(UInt16.self): ["type": "integer"],
    ]

    private func words(of type: Any.Type) -> [String]? {
        func words<Value: CaseIterable & RawRepresentable>(_ type: Value.Type) -> [String] {
            type.allCases.compactMap { $0.rawValue as? String }
        }
        guard let type = type as? any (CaseIterable & RawRepresentable).Type else { return nil }
        let found = words(type)
        return found.isEmpty ? nil : found
    }

    private func firstCase(of type: Any.Type) -> Any? {
        func first<Value: CaseIterable & RawRepresentable>(_ type: Value.Type) -> Any? { type.allCases.first }
        return (type as? any (CaseIterable & RawRepresentable).Type).flatMap { first($0) }
    }
}

/// A type that is a schema around another.
private protocol Wrapping {
    static func schema(in schemas: Schemas) -> Schema
}

extension Array: Wrapping where Element: Decodable {
    static func schema(in schemas: Schemas) -> Schema { ["type": "array", "items": schemas.schema(of: Element.self)] }
}

extension Set: Wrapping where Element: Decodable {
    static func schema(in schemas: Schemas) -> Schema {
        ["type": "array", "items": schemas.schema(of: Element.self), "uniqueItems": true]
    }
}

extension Dictionary: Wrapping where Key == String, Value: Decodable {
    static func schema(in schemas: Schemas) -> Schema {
        ["type": "object", "additionalProperties": schemas.schema(of: Value.self)]
    }
}

extension Optional: Wrapping where Wrapped: Decodable {
    static func schema(in schemas: Schemas) -> Schema { schemas.schema(of: Wrapped.self) }
}
