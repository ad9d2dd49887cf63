package import Foundation

/// Something that happened, told after the commit to whoever wants to know.
///
/// On the wire it only grows: a new property is optional, a changed meaning is a new fact.
package protocol Fact: Codable, Sendable {
    /// The name on the wire, e.g. `entry.added`.
    static var name: String { get }
}

extension Fact {
    /// As sent: one JSON object whose first property is `type`.
    package var wire: [UInt8] {
        get throws {
            let content = try JSONEncoder.wire.encode(self)
            let head = #"{"type":"\#(Self.name)""#
            return Array(head.utf8) + (content.count > 2 ? [UInt8(ascii: ",")] : []) + content.dropFirst()
        }
    }
}

extension JSONEncoder {
    /// How everything that leaves us is encoded.
    package static let wire: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return encoder
    }()
}
