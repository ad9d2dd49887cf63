/// A JSON text, parsed once. Numbers stay text, so that no digit is lost.
package indirect enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    /// The value as one word of text, the way it would stand in a path or a query string.
    package var word: String? {
        switch self {
        case .string(let text), .number(let text): text
        case .bool(let flag): String(flag)
        case .null, .array, .object: nil
        }
    }
}

/// The members of a JSON object in the order of the text.
package struct JSONObject: Sendable {
    /// Which object of the text this is, counted from 0: how a decoding remembers what was asked for.
    let serial: Int
    let members: [(key: String, value: JSONValue)]
    /// Only for objects too large to search.
    private let places: [String: Int]?

    /// Nil when two members have the same key.
    init?(serial: Int, members: [(key: String, value: JSONValue)]) {
        (self.serial, self.members) = (serial, members)
        guard members.count > 12 else {
            places = nil
            for (index, member) in members.enumerated() where members[..<index].contains(where: { $0.key == member.key }) {
                return nil
            }
            return
        }
        var places: [String: Int] = [:]
        for (index, member) in members.enumerated() where places.updateValue(index, forKey: member.key) != nil { return nil }
        self.places = places
    }

    func place(of key: String) -> Int? {
        places.map { $0[key] } ?? members.firstIndex { $0.key == key }
    }

    package subscript(key: String) -> JSONValue? { place(of: key).map { members[$0].value } }
}
