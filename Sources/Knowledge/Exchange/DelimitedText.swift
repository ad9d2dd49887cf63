/// Comma- or tab-separated text after RFC 4180: quoted cells may hold separators, line ends and doubled quotes.
/// Works on bytes, so that one cell in a broken encoding spoils its own row only.
struct DelimitedText {
    struct Record: Equatable {
        /// Where it begins, from 1.
        let line: Int
        /// Nil where the bytes are no UTF-8.
        var cells: [String?] = []
        /// The file ended inside quotes.
        var isCutOff = false
    }

    let separator: Character

    /// Lines without any content are left out.
    func records(_ bytes: [UInt8]) -> [Record] {
        var reader = Reader(bytes: bytes, separator: separator.asciiValue!)
        var records: [Record] = []
        while let record = reader.next() {
            if record.cells != [""] { records.append(record) }
        }
        return records
    }

    func text(_ rows: [[String]]) -> String {
        rows.map { $0.map(quoted).joined(separator: String(separator)) + "\r\n" }.joined()
    }

    /// Scalar by scalar: a quote followed by a combining mark is still a quote to a spreadsheet.
    private func quoted(_ cell: String) -> String {
        let special: [Unicode.Scalar] = ["\"", "\n", "\r"] + separator.unicodeScalars
        guard cell.unicodeScalars.contains(where: special.contains) else { return cell }
        var quoted = "\"".unicodeScalars
        for scalar in cell.unicodeScalars { quoted.append(contentsOf: scalar == "\"" ? [scalar, scalar] : [scalar]) }
        return String(quoted) + "\""
    }

    private struct Reader {
        let bytes: [UInt8]
        let separator: UInt8
        var position = 0
        var line = 1

        init(bytes: [UInt8], separator: UInt8) { (self.bytes, self.separator) = (bytes, separator) }

        mutating func next() -> Record? {
            guard position < bytes.count else { return nil }
            var record = Record(line: line)
            repeat {
                let (cell, isWhole) = bytes[safe: position] == UInt8(ascii: "\"") ? quotedCell() : (plainCell(), true)
                record.cells.append(String(validating: cell, as: UTF8.self))
                record.isCutOff = !isWhole
            } while skip(separator)
            _ = skip(UInt8(ascii: "\r"))
            if skip(UInt8(ascii: "\n")) || position < bytes.count { line += 1 }
            return record
        }

        private mutating func plainCell() -> [UInt8] {
            let start = position
            while let byte = bytes[safe: position], byte != separator, !Self.endsLine(byte) { position += 1 }
            return Array(bytes[start..<position])
        }

        /// What follows the closing quote is taken as it stands, as spreadsheets do.
        private mutating func quotedCell() -> (cell: [UInt8], isWhole: Bool) {
            var cell: [UInt8] = []
            position += 1
            while let byte = bytes[safe: position] {
                position += 1
                if byte == UInt8(ascii: "\n") { line += 1 }
                if byte != UInt8(ascii: "\"") {
                    cell.append(byte)
                } else if skip(UInt8(ascii: "\"")) {
                    cell.append(byte)
                } else {
                    return (cell + plainCell(), true)
                }
            }
            return (cell, false)
        }

        private mutating func skip(_ byte: UInt8) -> Bool {
            guard bytes[safe: position] == byte else { return false }
            position += 1
            return true
        }

        private static func endsLine(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
    }
}

extension Array {
    fileprivate subscript(safe index: Int) -> Element? { index < count ? self[index] : nil }
}
