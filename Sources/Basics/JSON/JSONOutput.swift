/// JSON text as it grows, and which of its objects and arrays are still open.
package final class JSONOutput {
    package private(set) var bytes: [UInt8]
    private var open: [(closer: UInt8, isEmpty: Bool)] = []

    package init(capacity: Int = 256) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    var depth: Int { open.count }

    package func begin(_ opener: UInt8, _ closer: UInt8) {
        bytes.append(opener)
        open.append((closer, true))
    }

    /// Closes whatever is open deeper than this.
    package func close(to depth: Int) {
        while open.count > depth { bytes.append(open.removeLast().closer) }
    }

    /// Makes room for the next value of the object or array at this depth.
    func next(at depth: Int) {
        close(to: depth)
        if open[depth - 1].isEmpty { open[depth - 1].isEmpty = false } else { bytes.append(UInt8(ascii: ",")) }
    }

    package func next(_ key: String, at depth: Int) {
        next(at: depth)
        write(key)
        bytes.append(UInt8(ascii: ":"))
    }

    func write(raw text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    func write(_ flag: Bool) { flag ? write(raw: "true") : write(raw: "false") }

    func write(number: some BinaryInteger) {
        if let small = Int64(exactly: number), small >= 0 {
            writeDigits(of: UInt64(small))
        } else {
            bytes.append(contentsOf: number.description.utf8)
        }
    }

    private func writeDigits(of number: UInt64) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var (rest, first) = (number, 20)
            repeat {
                first -= 1
                digits[first] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            } while rest > 0
            bytes.append(contentsOf: digits[first...])
        }
    }

    func write(_ number: Double) throws {
        guard number.isFinite else {
            throw EncodingError.invalidValue(number, .init(codingPath: [], debugDescription: "not a number of JSON"))
        }
        if let whole = Int64(exactly: number), abs(whole) < 1 << 53 { return write(number: whole) }
        bytes.append(contentsOf: number.description.utf8)
    }

    package func write(_ text: String) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { utf8 in
            if utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) {
                utf8.forEach(escape)
            } else {
                bytes.append(contentsOf: utf8)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private func escape(_ byte: UInt8) {
        switch byte {
        case 0x22, 0x5C: bytes += [0x5C, byte]
        case 0x0A: write(raw: #"\n"#)
        case 0x0D: write(raw: #"\r"#)
        case 0x09: write(raw: #"\t"#)
        case ..<0x20:
            let digits = Array("0123456789abcdef".utf8)
            write(raw: #"\u00"#)
            bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        default: bytes.append(byte)
        }
    }
}
