import Basics
import Foundation
import Organization
import Store

extension Command {
    private static let to = Setting(
        key: "to", fallback: "",
        explanation: "Where 'promote' moves everything: postgres://user@host/name, empty as yet, or sqlite for the way back.")

    static let promote = Command(
        "promote", summary: "Move everything to PostgreSQL, or back, while the desk goes on working.",
        settings: [SettingDeclaration(to)]
    ) { _, settings in
        guard !settings[to].isEmpty else { throw Misuse("say where: nightdesk promote --to postgres://… or --to sqlite") }
        try await Promote(settings, to: settings[to]).run()
    }
}

/// One promotion, told to the person at the terminal.
struct Promote {
    private let folder: DataFolder
    private let settings: Settings
    private let destination: String
    private var toSQLite: Bool { destination == "sqlite" }

    init(_ settings: Settings, to destination: String) throws {
        guard FileManager.default.fileExists(atPath: settings[SettingsInForce.data]) else {
            throw Misuse("there is no nightdesk database in \(settings[SettingsInForce.data])")
        }
        folder = try DataFolder(settings[SettingsInForce.data])
        (self.settings, self.destination) = (settings, destination)
    }

    func run() async throws {
        guard PromotionLock.take(in: folder) != nil else { throw Misuse("a promotion of \(folder.path) is under way already") }
        let installation = try await Installation(existing: settings)
        let truth = installation.ground.truth
        try await check(installation)
        let known = try truth.promotion?.id ?? Forwarding.found(in: folder.path)?.id
        let id = known ?? installation.ground.surroundings.makeToken(bytes: 16)
        let target = try openTarget()
        try Forwarding(id: id, address: truth.address ?? destination).write(to: folder.path)
        say("from        \(truth.address.map(Forwarding.shown) ?? "SQLite in \(folder.path)")")
        say("to          \(toSQLite ? "SQLite in \(folder.path)" : Forwarding.shown(destination))")
        try await Promoter(
            from: truth.database, to: target, id: id, migrations: installation.migrations,
            runningServer: folder.holder, tell: tell
        ).run()
        if toSQLite { Forwarding.remove(from: folder.path) }
        try await truth.database.close()
        try await target.close()
        sayWhatNext()
    }

    private func check(_ installation: Installation) async throws {
        let truth = installation.ground.truth
        guard (truth.address == nil) != toSQLite else {
            if truth.promotion != nil { try await Promoter.settle(truth.database) }
            throw Misuse(toSQLite ? "the data is in SQLite already" : "the data is in PostgreSQL already")
        }
        guard try await installation.missingMigrations().isEmpty else {
            throw Misuse("this data was made by an older version; start 'nightdesk serve' once, then try again")
        }
    }

    private func openTarget() throws -> any Database {
        guard !toSQLite else { return try SQLiteDatabase(path: folder.database, checksReferences: false) }
        guard destination.hasPrefix("postgres") else {
            throw Misuse("--to takes postgres://user@host/name, or sqlite for the way back")
        }
        return try PostgresDatabase(destination, connections: 3)
    }

    private func tell(_ progress: Promoter.Progress) {
        switch progress {
        case .prepared(let tables): say("prepared    the target was empty and has \(tables) tables now")
        case .witnessed(true): say("server      runs, and is ready to go along")
        case .witnessed(false): say("server      does not run; the next start finds the way")
        case .copying(let table, let rows): say("copying     \(table): \(rows.formatted) rows")
        case .copied(let tables, let rows, let time):
            say("copied      \(rows.formatted) rows of \(tables) tables in \(time.formatted)")
        case .verified(let tables, let rows):
            say("verified    \(rows.formatted) rows of \(tables) tables: counts and checksums agree")
        case .followed(let changes): say("following   \(changes.formatted) rows that changed meanwhile")
        case .switching: say("switching")
        case .tooBusy(let attempt): say("busy        writing would have waited too long; trying again (\(attempt))")
        case .moved(let pause, let changes):
            say("switched    writes waited \(pause.milliseconds) ms, for the last \(changes.formatted) changed rows")
        }
    }

    private func sayWhatNext() {
        if toSQLite {
            say("done        \(folder.path)/nightdesk.sqlite is the truth; nothing uses PostgreSQL any more")
            say("next        start without --database from now on; what is in PostgreSQL can be dropped once you are content")
        } else {
            say("done        PostgreSQL is the truth; nightdesk.sqlite stays as it was at the switch and takes no writes")
            say(
                "next        'nightdesk serve' finds PostgreSQL by itself (promotion.json); back again: nightdesk promote --to sqlite"
            )
            say("next        before further nodes join, start this one anew; back up PostgreSQL from now on (docs/operate.md)")
        }
    }
}

extension Int {
    fileprivate var formatted: String {
        String(String(self).reversed().enumerated().flatMap { $0 > 0 && $0 % 3 == 0 ? [",", $1] : [$1] }.reversed())
    }
}

extension Duration {
    fileprivate var milliseconds: Int64 { components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000 }
    fileprivate var formatted: String { "\(milliseconds / 1_000).\(milliseconds % 1_000 / 100) s" }
}
