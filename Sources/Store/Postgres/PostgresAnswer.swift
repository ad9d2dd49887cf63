import LibPQ

/// What a statement gave: its rows, decoded from PostgreSQL's text format by the type of each column
/// (https://www.postgresql.org/docs/15/catalog-pg-type.html).
struct PostgresAnswer {
    /// Of the types that our columns and expressions have.
    private enum Kind {
        case integer, number, real, boolean, bytes, text

        init(_ type: UInt32) {
            self =
                switch type {
                case 20, 21, 23, 26: .integer
                case 1700: .number
                case 700, 701: .real
                case 16: .boolean
                case 17: .bytes
                default: .text
                }
        }
    }

    let rows: [Row]
    let changed: Int
    let tag: String

    init(_ result: LibPQ.Result, _ library: LibPQ) {
        let places = 0..<library.columnCount(result)
        let columns = Columns(places.map { String(cString: library.columnName(result, $0)) })
        let kinds = places.map { Kind(library.columnType(result, $0)) }
        rows = (0..<library.rowCount(result)).map { row in
            Row(columns: columns, values: zip(places, kinds).map { Self.value(result, row, $0, $1, library) })
        }
        tag = String(cString: library.tag(result))
        changed = Int(String(cString: library.changed(result))) ?? 0
    }

    private static func value(
        _ result: LibPQ.Result, _ row: CInt, _ column: CInt, _ kind: Kind, _ library: LibPQ
    ) -> SQLValue {
        guard library.isNull(result, row, column) == 0 else { return .null }
        let bytes = UnsafeRawBufferPointer(
            start: library.value(result, row, column), count: Int(library.length(result, row, column)))
        let text = String(decoding: bytes, as: UTF8.self)
        switch kind {
        case .text: return .text(text.replacing(SQLValue.insteadOfZero, with: "\0"))
        case .boolean: return .integer(text == "t" ? 1 : 0)
        case .bytes: return .blob(unescaped(bytes))
        // Sums and averages of whole numbers come as `numeric`.
        case .integer, .number: return Int64(text).map(SQLValue.integer) ?? Double(text).map(SQLValue.real) ?? .text(text)
        case .real: return Double(text).map(SQLValue.real) ?? .text(text)
        }
    }

    /// `\x` and two hexadecimal digits a byte.
    private static func unescaped(_ text: UnsafeRawBufferPointer) -> [UInt8] {
        func digit(_ byte: UInt8) -> UInt8 { byte < 58 ? byte - 48 : byte - 87 }
        return stride(from: 2, to: text.count - 1, by: 2).map { digit(text[$0]) << 4 | digit(text[$0 + 1]) }
    }
}

extension SQLValue {
    /// PostgreSQL keeps every character but U+0000; this one is none (https://www.unicode.org/faq/private_use.html#nonchar1)
    /// and stands in for it.
    static let insteadOfZero = "\u{10FFFF}"

    /// In PostgreSQL's text format; nil for NULL. The type is found from where it is used.
    var postgresText: String? {
        switch self {
        case .null: nil
        case .integer(let number): String(number)
        case .real(let number): String(number)
        case .text(let text): text.replacing("\0", with: Self.insteadOfZero)
        case .blob(let bytes): #"\x"# + bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        }
    }
}
