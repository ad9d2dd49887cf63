import GRDB
import GRDBSQLite

/// A prepared statement of the connection's cache, spoken to in SQLite's own C interface
/// (https://www.sqlite.org/c3ref/stmt.html): every message passes here several times, and GRDB's typed bindings
/// would cost more than the statement itself.
struct PreparedStatement {
    private let statement: Statement
    private let connection: OpaquePointer
    private var pointer: OpaquePointer { statement.sqliteStatement }

    init(_ text: String, on database: GRDB.Database) throws {
        statement = try database.cachedStatement(sql: text)
        connection = database.sqliteConnection!
    }

    /// Runs it to its end and returns how many rows it changed.
    @discardableResult
    func run(_ values: [SQLValue] = []) throws -> Int {
        defer { reset() }
        try bind(values)
        while try step() {}
        return Int(sqlite3_changes(connection))
    }

    func rows(_ values: [SQLValue]) throws -> [Row] {
        defer { reset() }
        try bind(values)
        let columns = Columns(statement.columnNames)
        let places = 0..<sqlite3_column_count(pointer)
        var rows: [Row] = []
        while try step() { rows.append(Row(columns: columns, values: places.map(value))) }
        return rows
    }

    private func step() throws -> Bool {
        switch sqlite3_step(pointer) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw failure(code)
        }
    }

    private func reset() {
        sqlite3_reset(pointer)
        sqlite3_clear_bindings(pointer)
    }

    private func failure(_ code: CInt) -> DatabaseError {
        DatabaseError(resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(connection)))
    }
}

// MARK: Values

extension PreparedStatement {
    /// SQLite copies what it is given before the call returns.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    private func bind(_ values: [SQLValue]) throws {
        for (index, value) in values.enumerated() {
            let code = bind(value, at: CInt(index + 1))
            guard code == SQLITE_OK else { throw failure(code) }
        }
    }

    private func bind(_ value: SQLValue, at place: CInt) -> CInt {
        switch value {
        case .null: return sqlite3_bind_null(pointer, place)
        case .integer(let number): return sqlite3_bind_int64(pointer, place, number)
        case .real(let number): return sqlite3_bind_double(pointer, place, number)
        case .text(var text):
            return text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    sqlite3_bind_text(pointer, place, $0.baseAddress, CInt($0.count), Self.copied)
                }
            }
        case .blob(let bytes) where bytes.isEmpty: return sqlite3_bind_zeroblob(pointer, place, 0)
        case .blob(let bytes):
            return bytes.withUnsafeBytes { sqlite3_bind_blob(pointer, place, $0.baseAddress, CInt($0.count), Self.copied) }
        }
    }

    /// Text is read by its length: it may hold U+0000.
    private func value(at place: CInt) -> SQLValue {
        switch sqlite3_column_type(pointer, place) {
        case SQLITE_INTEGER: .integer(sqlite3_column_int64(pointer, place))
        case SQLITE_FLOAT: .real(sqlite3_column_double(pointer, place))
        case SQLITE_TEXT: .text(String(decoding: bytes(sqlite3_column_text(pointer, place), at: place), as: UTF8.self))
        case SQLITE_BLOB: .blob(Array(bytes(sqlite3_column_blob(pointer, place), at: place)))
        default: .null
        }
    }

    private func bytes(_ start: UnsafeRawPointer?, at place: CInt) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(pointer, place)))
    }
}
