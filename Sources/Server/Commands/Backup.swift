import Basics
import Foundation
import Store

extension Command {
    static let backup = Command(
        "backup", arguments: ["FOLDER"], summary: "Copy everything to a new folder while the desk goes on working."
    ) { arguments, settings in
        try await Backup(of: settings[SettingsInForce.data], in: arguments[0]).make()
        print("The backup is in \(arguments[0]).")
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
    private let data: String
    private let copy: String
    private var files: FileManager { .default }

    init(of data: String, in copy: String) { (self.data, self.copy) = (data, copy) }

    /// The database first: an attachment that a message names is on disk before the message is, so copying
    /// the attachments afterwards misses none of them.
    func make() async throws {
        guard files.fileExists(atPath: data + "/nightdesk.sqlite") else {
            throw Misuse("there is no nightdesk database in \(data)")
        }
        guard !files.fileExists(atPath: copy) else { throw Misuse("\(copy) exists already; a backup goes to a new folder") }
        do {
            try files.createDirectory(atPath: copy, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch { throw StoreError.unwritable(path: copy, reason: "the folder cannot be made") }
        let database = try SQLiteDatabase(path: data + "/nightdesk.sqlite")
        try await database.backUp(to: copy + "/nightdesk.sqlite")
        try await database.close()
        try copyFiles(from: data, to: copy)
    }

    func restore() throws {
        guard files.fileExists(atPath: copy + "/nightdesk.sqlite") else { throw Misuse("there is no backup in \(copy)") }
        guard !files.fileExists(atPath: data + "/nightdesk.sqlite") else {
            throw Misuse("\(data) holds a database already; restore into an empty folder and serve from there")
        }
        _ = try DataFolder(data)
        try files.copyItem(atPath: copy + "/nightdesk.sqlite", toPath: data + "/nightdesk.sqlite")
        try copyFiles(from: copy, to: data)
    }

    private func copyFiles(from source: String, to target: String) throws {
        for name in ["attachments", "secret.key", "nightdesk.json"] where files.fileExists(atPath: "\(source)/\(name)") {
            try files.copyItem(atPath: "\(source)/\(name)", toPath: "\(target)/\(name)")
        }
    }
}
