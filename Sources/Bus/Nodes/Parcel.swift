/// Hints of one node that travel together.
///
/// On the wire each is the length of its subject (1 byte), the subject, its number (8 bytes), the length of its payload
/// (4 bytes) and the payload; numbers are big-endian.
struct Parcel {
    private(set) var bytes: [UInt8] = []
    private(set) var count = 0

    mutating func add(_ hint: Hint) {
        bytes.append(UInt8(hint.subject.utf8.count))
        bytes += hint.subject.utf8
        append(hint.number)
        append(UInt32(hint.payload.count))
        bytes += hint.payload
        count += 1
    }

    private mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { bytes += $0 }
    }

    /// What was put in; nil where the bytes are not a parcel.
    static func hints(in bytes: [UInt8]) -> [Hint]? {
        var rest = bytes[...]
        var hints: [Hint] = []
        while let length = rest.popFirst() {
            guard let subject = rest.take(Int(length)), let number = rest.number(Int64.self),
                let size = rest.number(UInt32.self), let payload = rest.take(Int(size))
            else { return nil }
            hints.append(Hint(subject: String(decoding: subject, as: UTF8.self), number: number, payload: Array(payload)))
        }
        return hints
    }
}

extension ArraySlice<UInt8> {
    /// The next bytes, if there are as many.
    mutating func take(_ length: Int) -> ArraySlice? {
        guard count >= length else { return nil }
        defer { removeFirst(length) }
        return prefix(length)
    }

    mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) -> Number? {
        take(Number.bitWidth / 8)?.reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
    }
}

extension Hint {
    /// Whether every carrier can address it.
    var canTravel: Bool {
        let subject = subject.utf8
        guard (1...200).contains(subject.count), subject.first != UInt8(ascii: "."), subject.last != UInt8(ascii: ".") else {
            return false
        }
        var last = UInt8(ascii: " ")
        for byte in subject {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "_"), UInt8(ascii: "-"):
                break
            case UInt8(ascii: ".") where last != byte: break
            default: return false
            }
            last = byte
        }
        return true
    }
}
