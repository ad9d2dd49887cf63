import Basics

/// A JSON text as it is put together for the description of the API: members keep their order.
package indirect enum Schema: Encodable, Sendable, Hashable {
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([Schema])
    case object([Member])

    package struct Member: Sendable, Hashable {
        let name: String
        let value: Schema
    }

    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .text(let text):
            var container = encoder.singleValueContainer()
            try container.encode(text)
        case .number(let number):
            var container = encoder.singleValueContainer()
            try container.encode(number)
        case .flag(let flag):
            var container = encoder.singleValueContainer()
            try container.encode(flag)
        case .list(let elements):
            var container = encoder.unkeyedContainer()
            for element in elements { try container.encode(element) }
        case .object(let members):
            var container = encoder.container(keyedBy: JSONKey.self)
            for member in members { try container.encode(member.value, forKey: JSONKey(stringValue: member.name)) }
        }
    }

    /// The same object with further members.
    func with(_ members: [(String, Schema)]) -> Schema {
        guard case .object(let own) = self else { return self }
        return .object(own + members.map { Member(name: $0.0, value: $0.1) })
    }

    init(members: [(String, Schema)]) { self = .object(members.map { Member(name: $0.0, value: $0.1) }) }
}

extension Schema: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral text: String) { self = .text(text) }
    package init(integerLiteral number: Int) { self = .number(number) }
    package init(booleanLiteral flag: Bool) { self = .flag(flag) }
    package init(arrayLiteral elements: Schema...) { self = .list(elements) }
    package init(dictionaryLiteral members: (String, Schema)...) { self.init(members: members) }
}

/// A type whose schema cannot be found by watching it being read, or says more than that would.
package protocol Described {
    static var schema: Schema { get }
    /// Any value; stands in while the type around it is being watched.
    static var sample: Self { get }
}
