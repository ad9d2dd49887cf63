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
            try JSON.write(self, after: [("type", Self.name)])
        }
    }
}
