/// A parcel as messages of the size that the carrier takes.
///
/// A letter begins with 12 bytes: the format, the sender (5 bytes), the number of the parcel, the letter's place in it and the
/// number of its letters (2 bytes each, big-endian).
struct Letters {
    static let headLength = 12
    /// Of the format and the sender.
    static let senderLength = 6
    private static let format: UInt8 = 1

    /// What letters of this sender begin with.
    let sender: [UInt8]
    private var lastParcel: UInt16 = 0

    init() { sender = [Self.format] + (0..<5).map { _ in UInt8.random(in: 0...255) } }

    /// - Parameter size: the most that a message may have.
    mutating func cut(_ bytes: [UInt8], size: Int) -> [[UInt8]] {
        lastParcel &+= 1
        let step = size - Self.headLength
        let count = max(1, (bytes.count + step - 1) / step)
        return (0..<count).map { place in
            var letter = sender
            letter.reserveCapacity(min(size, bytes.count + Self.headLength))
            for number in [lastParcel, UInt16(place), UInt16(count)] { letter += [UInt8(number >> 8), UInt8(number & 255)] }
            return letter + bytes[(place * step)..<min((place + 1) * step, bytes.count)]
        }
    }
}

/// Puts letters together again.
struct Assembly {
    /// So many parcels may be under way at once.
    private static let bound = 32

    private struct Name: Hashable {
        let sender: ArraySlice<UInt8>
        let parcel: UInt16
    }

    private struct Pending {
        var bytes: [UInt8]
        var next: UInt16
    }

    enum Outcome {
        case parcel([UInt8])
        /// There is more to come, or it is none of ours.
        case nothing
        /// Letters are missing.
        case gap
    }

    private var pending: [Name: Pending] = [:]

    mutating func add(_ letter: [UInt8]) -> Outcome {
        var rest = letter[...]
        guard let sender = rest.take(Letters.senderLength), sender.first == 1, let parcel = rest.number(UInt16.self),
            let place = rest.number(UInt16.self), let count = rest.number(UInt16.self)
        else { return .nothing }
        if count == 1 { return .parcel(Array(rest)) }
        return add(rest, Name(sender: sender, parcel: parcel), place, of: count)
    }

    private mutating func add(_ bytes: ArraySlice<UInt8>, _ name: Name, _ place: UInt16, of count: UInt16) -> Outcome {
        let isOverfull = pending.count >= Self.bound
        if isOverfull { pending = [:] }
        if place == 0 {
            let isRepeated = pending.updateValue(Pending(bytes: Array(bytes), next: 1), forKey: name) != nil
            return isOverfull || isRepeated ? .gap : .nothing
        }
        guard var known = pending.removeValue(forKey: name), known.next == place,
            known.bytes.count + bytes.count <= 2 * Outbox.largest
        else { return .gap }
        known.bytes += bytes
        known.next += 1
        if known.next == count { return .parcel(known.bytes) }
        pending[name] = known
        return .nothing
    }
}
