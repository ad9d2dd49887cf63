/// The identity of one stored thing: a sortable 64-bit number made by the application (see ``Surroundings``).
///
/// On the wire it is a string of decimal digits, because JavaScript numbers hold 53 bits only.
package struct ID<Owner>: Hashable, Sendable, Comparable {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension ID: LosslessStringConvertible {
    package init?(_ description: String) {
        guard let number = Int64(description), number >= 0, String(number) == description else { return nil }
        self.init(rawValue: number)
    }

    package var description: String { String(rawValue) }
}

extension ID: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let id = ID(text) else { throw Refusal(.invalid, "id.malformed") }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
