import Basics
import Foundation

/// Puts the settings together: flag before environment before file before fallback.
enum SettingsInForce {
    static let data = Setting(
        key: "data", fallback: "./data", explanation: "The folder that holds everything: database, attachments, keys.")
    static let database = Setting(
        key: "database", fallback: "",
        explanation: "A PostgreSQL as postgres://user@host/name with libpq's settings; without it, SQLite in the data folder.")
    static let secretKey = Setting(
        key: "secret-key", fallback: "",
        explanation: "The file of the key that seals secrets, the same on all nodes; by default secret.key in the data folder.")
    static let config = Setting(
        key: "config", fallback: "",
        explanation: "A JSON file of settings; by default nightdesk.json in the data folder, if there is one.")
    static let logLevel = Setting(
        key: "log.level", fallback: "info", explanation: "What is logged: debug, info, warning or error.",
        accepts: { ["debug", "info", "warning", "error"].contains($0) })

    /// What every command takes.
    static let everywhere =
        [
            SettingDeclaration(data), SettingDeclaration(database), SettingDeclaration(secretKey), SettingDeclaration(config),
            SettingDeclaration(logLevel),
        ] + AttachmentSettings.all

    static func load(
        flags: [String: String], declared: [SettingDeclaration],
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> Settings {
        var values: [String: String] = [:]
        for setting in declared {
            if let value = environment[setting.environmentVariable] { values[setting.key] = value }
        }
        values.merge(flags) { _, flag in flag }
        for (key, value) in try file(Settings(values)) {
            guard let setting = declared.first(where: { $0.key == key }) else { continue }
            values[setting.key] = values[setting.key] ?? value
        }
        for setting in declared {
            guard let value = values[setting.key], !setting.accepts(value) else { continue }
            throw Misuse("the setting '\(setting.key)' cannot be '\(value)': \(setting.explanation)")
        }
        return Settings(values)
    }

    /// The file's settings. One that no command knows is a mistake and is refused.
    private static func file(_ settings: Settings) throws -> [String: String] {
        let isAskedFor = !settings[config].isEmpty
        let path = isAskedFor ? settings[config] : settings[data] + "/nightdesk.json"
        guard isAskedFor || FileManager.default.fileExists(atPath: path) else { return [:] }
        guard let content = FileManager.default.contents(atPath: path) else {
            throw Misuse("the settings file \(path) cannot be read")
        }
        guard let object = try? JSONDecoder().decode([String: Word].self, from: content) else {
            throw Misuse("the settings file \(path) is not a JSON object of texts, numbers and true or false")
        }
        let known = Set((everywhere + Command.all.flatMap(\.settings)).map(\.key))
        if let unknown = object.keys.sorted().first(where: { !known.contains($0) }) {
            throw Misuse("the settings file \(path) has an unknown setting '\(unknown)'")
        }
        return object.mapValues(\.text)
    }

    /// A value of the file as it would be written on the command line.
    private struct Word: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let flag = try? container.decode(Bool.self) {
                text = flag.description
            } else if let number = try? container.decode(Int.self) {
                text = number.description
            } else if let number = try? container.decode(Double.self) {
                text = number.description
            } else {
                text = try container.decode(String.self)
            }
        }
    }
}
