import GRDB
import GRDBSQLite

/// Texts and blobs go in and come out by their length: GRDB takes texts for C strings, which end at U+0000.
extension SQLValue {
    /// - Parameter index: counted from 1.
    func bind(to statement: SQLiteStatement, at index: Int32) throws {
        let result =
            switch self {
            case .null: sqlite3_bind_null(statement, index)
            case .integer(let number): sqlite3_bind_int64(statement, index, number)
            case .real(let number): sqlite3_bind_double(statement, index, number)
            case .text(let text): text.withCString { sqlite3_bind_text(statement, index, $0, Int32(text.utf8.count), copied) }
            // An empty array has no address, which would bind NULL.
            case .blob(let bytes) where bytes.isEmpty: sqlite3_bind_zeroblob(statement, index, 0)
            case .blob(let bytes): sqlite3_bind_blob(statement, index, bytes, Int32(bytes.count), copied)
            }
        guard result == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: result)) }
    }

    /// - Parameter column: counted from 0, of the row the statement stands at.
    init(of statement: SQLiteStatement, column: Int32) {
        self =
            switch sqlite3_column_type(statement, column) {
            case SQLITE_INTEGER: .integer(sqlite3_column_int64(statement, column))
            case SQLITE_FLOAT: .real(sqlite3_column_double(statement, column))
            case SQLITE_TEXT:
                .text(String(decoding: Self.bytes(sqlite3_column_text(statement, column), statement, column), as: UTF8.self))
            case SQLITE_BLOB: .blob([UInt8](Self.bytes(sqlite3_column_blob(statement, column), statement, column)))
            default: .null
            }
    }

    /// The length is asked for after the start, which may change the form of the value.
    private static func bytes(
        _ start: UnsafeRawPointer?, _ statement: SQLiteStatement, _ column: Int32
    ) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
    }
}

/// Tells SQLite to keep a copy of its own.
private var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
