package import Organization

/// Finds what customers say in answer to what a flow asks, and more than it asks: rules only, the same words always mean the same.
package struct SlotReader: Sendable {
    /// Longer messages are cut: the rules take time that grows with the text.
    static let longest = 2_000

    let today: Day

    /// - Parameter today: what "tomorrow" counts from.
    package init(today: Day) { self.today = today }

    /// What was said of these types, at most one value each: the first, or the last one after a correction.
    ///
    /// - Parameter asked: what the customer has just been asked for; then a bare value is enough ("42").
    package func read(_ text: String, for types: [SlotType], asked: [SlotType] = []) -> [SlotValue] {
        let plain = Spoken.written(String(text.prefix(Self.longest)))
        let wanted = Set(types)
        var found = readers.filter { !wanted.isDisjoint(with: $0.types) }.flatMap { $0.read(plain, self) }
        found = Self.withoutShadowed(found).filter { wanted.contains($0.type) }
        found += bare(plain, asked.filter(wanted.contains), besides: found)
        let corrections = Corrections(in: plain)
        return types.compactMap { type in
            corrections.chosen(among: found.filter { $0.type == type }).map { SlotValue(type, $0.value, heard: $0.heard) }
        }
    }

    private struct Reader: Sendable {
        let types: Set<SlotType>
        let read: @Sendable (String, SlotReader) -> [Found]
    }

    /// Those whose finds belong to nobody else come first.
    private var readers: [Reader] {
        [
            Reader(types: [.email]) { text, _ in EmailSlots.read(text) },
            Reader(types: [.tracking, .order, .phone, .money, .date, .time, .people, .quantity, .size]) { text, _ in
                NumberSlots.read(text)
            },
            Reader(types: [.money]) { text, _ in MoneySlots.read(text) },
            Reader(types: [.date]) { text, reader in DateSlots(today: reader.today).read(text) },
            Reader(types: [.time, .people]) { text, _ in TimeSlots.read(text) },
            Reader(types: [.people]) { text, _ in PeopleSlots.read(text) },
            Reader(types: [.quantity]) { text, _ in QuantitySlots.read(text) },
            Reader(types: [.size]) { text, _ in SizeSlots.read(text) },
            Reader(types: [.address]) { text, _ in AddressSlots.read(text) },
            Reader(types: [.name, .firstName, .lastName]) { text, _ in NameSlots.read(text) },
        ]
    }

    /// The same digits are one thing: what an earlier reader found, a later one of the number kind does not find again.
    private static func withoutShadowed(_ found: [Found]) -> [Found] {
        var taken: [(type: SlotType, place: Range<Int>)] = []
        return found.filter { found in
            guard SlotType.numeric.contains(found.type) else { return true }
            let isTaken = taken.contains { $0.type.shadows(found.type) && $0.place.overlaps(found.place) }
            if !isTaken { taken.append((found.type, found.place)) }
            return !isTaken
        }
    }

    /// The first of the types asked for that the whole message may be.
    private func bare(_ text: String, _ asked: [SlotType], besides found: [Found]) -> [Found] {
        var kinds: [SlotType] = []
        for type in asked where !kinds.contains(type) { kinds.append(type) }
        let open = kinds.filter { type in !found.contains { $0.type == type } }
        guard found.isEmpty || open.contains(.text) else { return [] }
        let names = NameSlots.bare(text, asked: asked)
        if !names.isEmpty { return names }
        for type in open {
            if let one = BareSlots(today: today).read(text, as: type) { return [one] }
        }
        return []
    }
}

extension SlotType {
    fileprivate static let numeric: Set<SlotType> = [.tracking, .order, .phone, .money, .date, .time, .people, .quantity, .size]

    fileprivate func shadows(_ other: SlotType) -> Bool {
        switch self {
        case .tracking, .order, .phone, .money: self != other
        case .time: other == .people
        default: false
        }
    }
}
