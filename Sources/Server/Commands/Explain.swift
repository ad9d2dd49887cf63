import Basics
import Bot
import Conversations
import Foundation
import Organization
import Store

extension Command {
    private static let language = Setting(
        key: "language", fallback: "", explanation: "The language of what 'explain' prints: zh or en; else the terminal's.")

    static let explain = Command(
        "explain", arguments: ["MESSAGE"],
        summary: "Say why the bot said a message, CONVERSATION/NUMBER, and work it out again; fails where something was changed.",
        settings: [SettingDeclaration(language)]
    ) { arguments, settings in
        let parts = arguments[0].split(separator: "/").map(String.init)
        guard parts.count == 2, let conversation = ID<Conversation>(parts[0]), let number = Int64(parts[1]) else {
            throw Misuse("a message is named by its conversation and its number in it, as in 123456789/4")
        }
        let installation = try await Installation(existing: settings)
        guard try await installation.missingMigrations().isEmpty else {
            throw Misuse("this database was made by an older version; start 'nightdesk serve' once, then try again")
        }
        let explained = try await explained(number, in: conversation, installation)
        try await installation.ground.database.close()
        let words = ExplanationWords(isChinese: isChinese(settings[language]))
        print(words.lines(explained).joined(separator: "\n"))
        guard explained.holds else { throw Misuse(words.changed) }
    }

    private static func explained(
        _ number: Int64, in conversation: ID<Conversation>, _ installation: Installation
    ) async throws -> Explained {
        let ground = installation.ground
        let seals = Seals(
            database: ground.database, surroundings: ground.surroundings, audit: installation.contents.organization.audit)
        do {
            return try await Rederivation(database: ground.database, seals: seals).explain(number, in: conversation)
        } catch let refusal as Refusal {
            switch refusal.code {
            case "message.unknown": throw Misuse("there is no message \(conversation)/\(number)")
            case "message.not-the-bots": throw Misuse("message \(conversation)/\(number) was not written by the bot")
            default: throw Misuse("message \(conversation)/\(number) is older than the evidence that is kept")
            }
        }
    }

    private static func isChinese(_ chosen: String) -> Bool {
        let environment = ProcessInfo.processInfo.environment
        let terminal = ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        return (chosen.isEmpty ? terminal : chosen).lowercased().hasPrefix("zh")
    }
}
