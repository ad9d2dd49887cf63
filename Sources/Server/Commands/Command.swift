import Basics
import Logging
import Web

/// One thing that the executable can do.
struct Command: Sendable {
    /// What is typed, e.g. `audit verify`.
    let name: String
    /// What follows the name, for the help page, e.g. `FILE`.
    let arguments: [String]
    let summary: String
    /// Settings that only matter here, besides those that every command takes.
    let settings: [SettingDeclaration]
    let run: @Sendable (_ arguments: [String], _ settings: Settings) async throws -> Void

    init(
        _ name: String, arguments: [String] = [], summary: String, settings: [SettingDeclaration] = [],
        run: @escaping @Sendable (_ arguments: [String], _ settings: Settings) async throws -> Void
    ) {
        (self.name, self.arguments, self.summary, self.settings, self.run) = (name, arguments, summary, settings, run)
    }

    static let all: [Command] = [
        serve, backup, restore, promote, check, auditVerify, explain, ownerLink, demo, evaluateBot, evaluateHuman,
        evaluateAnger, evaluateSlots, evaluateClusters, trainEmbedding, trainTemper, calibrate, help, version,
    ]

    /// Finds the command that the words begin with and runs it with the rest.
    static func run(_ words: [String]) async throws {
        let words = words.isEmpty ? ["help"] : words.map { ["--help", "-h"].contains($0) ? "help" : $0 }
        guard let command = all.first(where: { words.starts(with: $0.name.split(separator: " ").map(String.init)) }) else {
            throw Misuse("there is no command '\(words[0])'; 'nightdesk help' lists them")
        }
        let rest = words.dropFirst(command.name.split(separator: " ").count)
        let (arguments, flags) = try CommandLineFlags.read(Array(rest), declared: SettingsInForce.everywhere + command.settings)
        guard arguments.count == command.arguments.count else {
            throw Misuse("usage: nightdesk \(([command.name] + command.arguments).joined(separator: " ")) [--setting value]")
        }
        let settings = try SettingsInForce.load(flags: flags, declared: SettingsInForce.everywhere + command.settings)
        let level = Logger.Level(rawValue: settings[SettingsInForce.logLevel]) ?? .info
        LoggingSystem.bootstrap { JSONLines(label: $0, level: level) }
        try await command.run(arguments, settings)
    }
}

/// The command line asks for something that does not exist.
struct Misuse: Error {
    let sentence: String

    init(_ sentence: String) { self.sentence = sentence }
}
