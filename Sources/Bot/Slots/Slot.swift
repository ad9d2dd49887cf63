/// What kind of thing a flow asks for. Each has rules that find it in a sentence and one way of writing it down.
package enum SlotType: String, Codable, Hashable, Sendable, CaseIterable {
    /// `ND20261001`: capital letters, without spaces.
    case order
    /// The number of a parcel; written like an order's.
    case tracking
    /// `13800138000`, `+442079460000`.
    case phone
    /// `128.5 CNY`, `100-150 CNY`, or only the amount where no currency is said.
    case money
    /// `2026-10-01`.
    case date
    /// `19:30`.
    case time
    /// How many people come.
    case people
    /// How many pieces.
    case quantity
    /// `XL`, `42`, `120x80 cm`.
    case size
    case address
    /// A person's name, as written.
    case name
    case firstName = "first-name"
    case lastName = "last-name"
    case email
    /// Yes or no: `yes`, `no`.
    case yesNo = "yes-no"
    /// Whatever is said.
    case text
}

/// Something that was said, and what it means.
package struct SlotValue: Codable, Hashable, Sendable {
    package let type: SlotType
    /// In the one way in which values of the type are written.
    package let value: String
    /// The words it was found in.
    package let heard: String

    package init(_ type: SlotType, _ value: String, heard: String) {
        (self.type, self.value, self.heard) = (type, value, heard)
    }
}

/// A value and where it stands in the text.
struct Found: Sendable {
    let type: SlotType
    let value: String
    let heard: String
    /// In UTF-16 code units.
    let place: Range<Int>

    init(_ type: SlotType, _ value: String, in match: Match, group: Int = 0) {
        (self.type, self.value, heard, place) = (type, value, match[group] ?? "", match.place(group))
    }
}
