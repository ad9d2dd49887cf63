/// A parsed JSON text that values can be read from, any number of times.
package struct JSONText: Sendable {
    package let value: JSONValue
    private let objects: Int

    package init(_ bytes: [UInt8]) throws(Refusal) { (value, objects) = try JSONParser.parse(bytes) }

    package init(_ bytes: UnsafeBufferPointer<UInt8>) throws(Refusal) { (value, objects) = try JSONParser.parse(bytes).get() }

    /// Reads a value and refuses, naming the field: one that is missing, one of another type, one that is not known.
    /// - Parameter known: members of the outermost object that may be there although the value does not ask for them.
    package func read<Value: Decodable>(
        _ type: Value.Type = Value.self, known: Set<String> = [], ignoresUnknown: Bool = false
    ) throws -> Value {
        let reading = Reading(objects: objects)
        let read: Value
        do {
            read = try Value(from: ValueDecoder(value: value, trail: .top, reading: reading))
        } catch let error as DecodingError {
            throw Refusal(error)
        }
        if !ignoresUnknown { try reading.refuseUnasked(in: value, known: known) }
        return read
    }
}

/// Remembers which members were asked for.
final class Reading {
    private var asked: [[Bool]]

    init(objects: Int) { asked = Array(repeating: [], count: objects) }

    func ask(_ object: JSONObject, _ place: Int) {
        open(object)
        asked[object.serial][place] = true
    }

    func open(_ object: JSONObject) {
        if asked[object.serial].isEmpty { asked[object.serial] = Array(repeating: false, count: object.members.count) }
    }

    func refuseUnasked(in value: JSONValue, known: Set<String> = [], trail: Trail = .top) throws(Refusal) {
        switch value {
        case .object(let object):
            let flags = asked[object.serial]
            for (place, member) in object.members.enumerated() {
                guard flags.isEmpty || flags[place] || known.contains(member.key) else {
                    throw Refusal(.invalid, "field.unknown", detail: trail.member(member.key).description)
                }
                try refuseUnasked(in: member.value, trail: trail.member(member.key))
            }
        case .array(let elements):
            for (index, element) in elements.enumerated() { try refuseUnasked(in: element, trail: trail.element(index)) }
        default: break
        }
    }
}

/// Where in the text we are, written out only when somebody asks.
indirect enum Trail {
    case top
    case step(Trail, JSONKey)

    func member(_ key: String) -> Trail { .step(self, JSONKey(stringValue: key)) }
    func element(_ index: Int) -> Trail { .step(self, JSONKey(intValue: index)) }

    var keys: [any CodingKey] {
        switch self {
        case .top: []
        case .step(let before, let key): before.keys + [key]
        }
    }

    var description: String { keys.map(\.stringValue).joined(separator: ".") }
}

package struct JSONKey: CodingKey {
    package let stringValue: String
    package let intValue: Int?

    package init(stringValue: String) { (self.stringValue, intValue) = (stringValue, nil) }
    package init(intValue: Int) { (stringValue, self.intValue) = (String(intValue), intValue) }
}

extension Refusal {
    fileprivate init(_ error: DecodingError) {
        let (code, context, key): (String, DecodingError.Context, (any CodingKey)?) =
            switch error {
            case .keyNotFound(let key, let context): ("field.missing", context, key)
            case .typeMismatch(_, let context), .valueNotFound(_, let context): ("field.type", context, nil)
            case .dataCorrupted(let context): ("field.value", context, nil)
            @unknown default: ("field.value", DecodingError.Context(codingPath: [], debugDescription: ""), nil)
            }
        let path = context.codingPath + (key.map { [$0] } ?? [])
        self.init(.invalid, code, detail: path.isEmpty ? nil : path.map(\.stringValue).joined(separator: "."))
    }
}
