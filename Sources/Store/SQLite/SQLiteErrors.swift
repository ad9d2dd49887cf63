import GRDB

/// SQLite's errors in our words; everything else passes through.
func mapped(_ error: any Error) -> any Error {
    guard let error = error as? DatabaseError else { return error }
    let message = error.message ?? "\(error.resultCode)"
    switch (error.resultCode, error.extendedResultCode) {
    case (_, .SQLITE_CONSTRAINT_UNIQUE), (_, .SQLITE_CONSTRAINT_PRIMARYKEY): return StoreError.unique(message)
    case (_, .SQLITE_CONSTRAINT_FOREIGNKEY): return StoreError.foreignKey(message)
    case (_, .SQLITE_CONSTRAINT_TRIGGER) where message == StoreError.wordOfMoved: return StoreError.moved
    case (.SQLITE_BUSY, _): return StoreError.busy
    case (.SQLITE_FULL, _), (_, .SQLITE_IOERR_SHMSIZE): return StoreError.full
    case (.SQLITE_IOERR, _): return StoreError.disk(message)
    case (.SQLITE_CORRUPT, _), (.SQLITE_NOTADB, _): return StoreError.damaged(message)
    default: return StoreError.other("SQLite \(error.extendedResultCode.rawValue): \(message)")
    }
}

/// For the first touch of a file, where what failed is the place rather than a statement.
func mapped(_ error: any Error, opening path: String) -> any Error {
    guard let database = error as? DatabaseError else { return error }
    switch database.resultCode {
    case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM:
        return StoreError.unwritable(path: path, reason: database.message ?? "cannot be opened")
    default: return mapped(error)
    }
}
