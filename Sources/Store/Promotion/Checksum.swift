private import Crypto

/// How many rows, and what is in them, whatever their order: the sum of the rows' hashes.
package struct Checksum: Hashable, Sendable {
    package private(set) var count = 0
    private var sum = SIMD4<UInt64>()

    mutating func add(_ row: [SQLValue]) {
        var bytes: [UInt8] = []
        for value in row { value.write(to: &bytes) }
        count += 1
        sum &+= SHA256.hash(data: bytes).withUnsafeBytes { $0.loadUnaligned(as: SIMD4<UInt64>.self) }
    }

    /// Of everything in the tables, in the view of one transaction.
    static func all(of tables: [CopiedTable], in transaction: any Transaction) throws -> [String: Checksum] {
        try Dictionary(uniqueKeysWithValues: tables.map { ($0.name, try of($0, in: transaction)) })
    }

    private static func of(_ table: CopiedTable, in transaction: any Transaction) throws -> Checksum {
        var (checksum, last) = (Checksum(), [SQLValue]?.none)
        while true {
            let rows = try table.page(after: last, limit: 1_000, in: transaction)
            rows.forEach { checksum.add($0) }
            guard let end = rows.last else { return checksum }
            last = table.key(of: end)
        }
    }
}

extension SQLValue {
    /// Each kind by a letter of its own and its length, so that no two rows look alike.
    fileprivate func write(to bytes: inout [UInt8]) {
        func write(_ letter: Unicode.Scalar, _ number: UInt64) {
            bytes.append(UInt8(ascii: letter))
            withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
        }
        switch self {
        case .null: bytes.append(UInt8(ascii: "n"))
        case .integer(let number): write("i", UInt64(bitPattern: number))
        case .real(let number): write("r", number.bitPattern)
        case .text(let text):
            write("t", UInt64(text.utf8.count))
            bytes.append(contentsOf: text.utf8)
        case .blob(let content):
            write("b", UInt64(content.count))
            bytes.append(contentsOf: content)
        }
    }
}
