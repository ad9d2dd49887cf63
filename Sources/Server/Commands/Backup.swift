import Basics
import Foundation
import Store

extension Command {
    static let backup = Command(
        "backup", arguments: ["FOLDER"], summary: "Copy everything to a new folder while the desk goes on working."
    ) { arguments, settings in
        guard try await !isInPostgres(settings) else {
            throw Misuse("what is in PostgreSQL is backed up with its own tools: see 'Backup and restore' in docs/operate.md")
        }
        try await Backup(of: settings[SettingsInForce.data], in: arguments[0]).make()
        print("The backup is in \(arguments[0]).")
        for place in Backup.elsewhere(settings) { print("Kept elsewhere and not in it: \(place)") }
    }

    private static func isInPostgres(_ settings: Settings) async throws -> Bool {
        guard settings[SettingsInForce.database].isEmpty else { return true }
        let path = settings[SettingsInForce.data]
        guard try Forwarding.found(in: path) != nil else { return false }
        let truth = try await Truth.found(in: try DataFolder(path), settings)
        try await truth.database.close()
        return truth.address != nil
    }

    static let restore = Command(
        "restore", arguments: ["FOLDER"], summary: "Put a backup into the data folder, which must be empty."
    ) { arguments, settings in
        try Backup(of: settings[SettingsInForce.data], in: arguments[0]).restore()
        print("\(settings[SettingsInForce.data]) holds what the backup held; 'nightdesk check' looks it over.")
    }
}

/// A copy of a data folder: the database as of one moment, the attachments, the key, the settings file.
struct Backup {
    private static let database = "nightdesk.sqlite"

    private let data: String
    private let copy: String
    private var files: FileManager { .default }

    /// What the settings keep outside the data folder, which its owner looks after.
    static func elsewhere(_ settings: Settings) -> [String] {
        [settings[AttachmentSettings.place], settings[SettingsInForce.secretKey]].filter { !$0.isEmpty }
    }

    init(of data: String, in copy: String) { (self.data, self.copy) = (data, copy) }

    /// Complete before it gets its name: whatever breaks off leaves nothing that looks like a backup.
    func make() async throws {
        guard files.fileExists(atPath: "\(data)/\(Self.database)") else {
            throw Misuse("there is no nightdesk database in \(data)")
        }
        guard !files.fileExists(atPath: copy) else { throw Misuse("\(copy) exists already; a backup goes to a new folder") }
        let draft = copy + ".part"
        try? files.removeItem(atPath: draft)
        do {
            try await fill(draft)
            try files.moveItem(atPath: draft, toPath: copy)
        } catch {
            try? files.removeItem(atPath: draft)
            throw error
        }
    }

    /// The database first: an attachment that a message names is on disk before the message is, so copying
    /// the attachments afterwards misses none of them.
    private func fill(_ draft: String) async throws {
        do {
            try files.createDirectory(atPath: draft, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch { throw StoreError.unwritable(path: draft, reason: "the folder cannot be made") }
        let database = try SQLiteDatabase(path: "\(data)/\(Self.database)")
        try await database.backUp(to: "\(draft)/\(Self.database)")
        try await database.close()
        try copyFiles(from: data, to: draft)
    }

    /// Only into an empty folder: leftovers of another installation would be taken for parts of this one. The database comes
    /// last and gets its name when it is whole, so that nothing serves from half a restore.
    func restore() throws {
        guard files.fileExists(atPath: "\(copy)/\(Self.database)") else { throw Misuse("there is no backup in \(copy)") }
        let folder = try DataFolder(data)
        try folder.lock()
        let present = try files.contentsOfDirectory(atPath: data).filter { $0 != "lock" }.sorted()
        guard present.isEmpty else {
            throw Misuse("\(data) is not empty: it holds \(present[0]); restore into an empty folder and serve from there")
        }
        do {
            try copyFiles(from: copy, to: data)
            try files.copyItem(atPath: "\(copy)/\(Self.database)", toPath: folder.database + ".part")
            try files.moveItem(atPath: folder.database + ".part", toPath: folder.database)
        } catch {
            for name in (try? files.contentsOfDirectory(atPath: data)) ?? [] where name != "lock" {
                try? files.removeItem(atPath: "\(data)/\(name)")
            }
            throw error
        }
    }

    private func copyFiles(from source: String, to target: String) throws {
        for name in ["secret.key", "nightdesk.json"] where files.fileExists(atPath: "\(source)/\(name)") {
            try files.copyItem(atPath: "\(source)/\(name)", toPath: "\(target)/\(name)")
        }
        try copyAttachments(from: source + "/attachments", to: target + "/attachments")
    }

    /// One by one, because uploads come and go meanwhile: a file that is gone by the time we reach it belonged to no message.
    private func copyAttachments(from source: String, to target: String) throws {
        guard let paths = files.enumerator(atPath: source) else { return }
        for case let path as String in paths where path.contains("/") && !path.hasSuffix(".part") {
            let place = "\(target)/\(path)"
            try files.createDirectory(
                atPath: (place as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            do {
                try files.copyItem(atPath: "\(source)/\(path)", toPath: place)
            } catch let error as CocoaError where [.fileReadNoSuchFile, .fileNoSuchFile].contains(error.code) {
                try? files.removeItem(atPath: place)
            }
        }
    }
}
