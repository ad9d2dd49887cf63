import Basics
import Foundation
import Store

/// Where the data is: what the settings say, unless everything was promoted from there.
struct Truth: Sendable {
    let database: any Database
    /// What the database says of itself.
    let promotion: Promotion?
    /// Of PostgreSQL.
    let address: String?

    /// Opens the database. In a folder whose data has moved, following the settings would show the past.
    ///
    /// - Parameter waits: for a PostgreSQL that is not there yet.
    static func found(
        in folder: DataFolder, _ settings: Settings, waits: Bool = false,
        onLostDisk: @escaping @Sendable (StoreError) -> Void = { _ in }
    ) async throws -> Truth {
        let forwarding = try Forwarding.found(in: folder.path)
        let address = settings[SettingsInForce.database]
        guard address.isEmpty else { return try await named(address, folder, forwarding, waits) }
        let isThere = FileManager.default.fileExists(atPath: folder.database)
        if !isThere, let forwarding { return try await promoted(nil, forwarding, folder, waits) }
        let database = try SQLiteDatabase(path: folder.database, onLostDisk: onLostDisk)
        let promotion = try await Self.promotion(of: database)
        let isEmpty = try await database.read { try $0.row("SELECT 1 FROM sqlite_master") } == nil
        if promotion?.phase == .target, let forwarding, try await hasMovedBack(forwarding, waits) {
            return Truth(database: database, promotion: promotion, address: nil)
        }
        // Empty is what a promotion leaves that ended before it began.
        if [.moved, .target].contains(promotion?.phase) || (isEmpty && forwarding != nil) {
            try await database.close()
            return try await promoted(promotion, forwarding, folder, waits)
        }
        return Truth(database: database, promotion: promotion, address: nil)
    }

    /// The PostgreSQL to which the folder's data was promoted.
    private static func promoted(
        _ promotion: Promotion?, _ forwarding: Forwarding?, _ folder: DataFolder, _ waits: Bool
    ) async throws -> Truth {
        guard let forwarding, promotion == nil || promotion?.id == forwarding.id else {
            throw Misuse(
                "the data of \(folder.path) is in PostgreSQL, but promotion.json, which said where, is gone; say it with --database"
            )
        }
        let truth = try await postgres(forwarding.address, waits)
        guard truth.promotion?.id == forwarding.id, truth.promotion?.phase != .moved else {
            throw Misuse("\(forwarding.shownAddress) is not the PostgreSQL to which the data of \(folder.path) was promoted")
        }
        return truth
    }

    private static func hasMovedBack(_ forwarding: Forwarding, _ waits: Bool) async throws -> Bool {
        let truth = try await postgres(forwarding.address, waits)
        try await truth.database.close()
        return truth.promotion?.id == forwarding.id && truth.promotion?.phase == .moved
    }

    /// A PostgreSQL that the settings name must be the one to which the folder's data was promoted, where it was.
    private static func named(
        _ address: String, _ folder: DataFolder, _ forwarding: Forwarding?, _ waits: Bool
    ) async throws -> Truth {
        let own = try await ofSQLite(folder)
        let truth = try await postgres(address, waits)
        let isOurs = own != nil && truth.promotion?.id == own?.id || truth.promotion?.id == forwarding?.id && forwarding != nil
        if own?.phase == .moved, !isOurs {
            throw Misuse(
                "--database names another database than the one to which the data of \(folder.path) was promoted; start without it"
            )
        }
        switch truth.promotion?.phase {
        case .moved: throw Misuse("what was in this PostgreSQL has moved back to SQLite; start without --database")
        case .target where !isOurs || own?.phase != .moved:
            throw Misuse("this PostgreSQL holds an unfinished copy; finish the promotion, or name another database")
        case .copying where !isOurs:
            throw Misuse("what is in this PostgreSQL is just being promoted to SQLite; only one node may run")
        case .truth where truth.promotion?.isAlone == true && !isOurs:
            throw Misuse("start the promoted node anew before others join it")
        default: return truth
        }
    }

    private static func postgres(_ address: String, _ waits: Bool) async throws -> Truth {
        // Asked before it is opened: a server that comes in between is not taken for one that refuses us.
        var isAway = false
        let database = try waiting(for: "PostgreSQL") {
            isAway = waits && PostgresDatabase.isAway(address)
            return try PostgresDatabase(address)
        } passing: { error in
            guard isAway, case StoreError.unreachable(let reason) = error else { return nil }
            return reason
        }
        return Truth(database: database, promotion: try await promotion(of: database), address: address)
    }

    private static func ofSQLite(_ folder: DataFolder) async throws -> Promotion? {
        guard FileManager.default.fileExists(atPath: folder.database) else { return nil }
        let database = try SQLiteDatabase(path: folder.database, readers: 1)
        let found = try await promotion(of: database)
        try await database.close()
        return found
    }

    private static func promotion(of database: any Database) async throws -> Promotion? {
        try await database.read { [dialect = database.dialect] in try Promotion.found(in: $0, dialect) }
    }
}
