import Basics
import Foundation

/// What people type into forms, checked and tidied where a thing is born.
enum Words {
    /// 1 to 80 characters on one line.
    static func name(_ text: String, code: String = "name") throws(Refusal) -> String {
        let name = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (1...80).contains(name.count), name.utf8.count <= 400, !name.contains(where: isControl) else {
            throw Refusal(.invalid, "\(code).length", detail: "one line of 1 to 80 characters")
        }
        return name
    }

    /// One form of an address, so that nobody has two accounts by writing it differently.
    static func email(_ text: String) throws(Refusal) -> String {
        let email = text.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        let isPlausible =
            parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && email.utf8.count <= 254
            && !email.contains { $0.isWhitespace || isControl($0) || "<>(),;:\\\"[]".contains($0) }
        guard isPlausible else { throw Refusal(.invalid, "email.malformed") }
        return email
    }

    static func locale(_ text: String) throws(Refusal) -> String {
        guard ["zh-CN", "en"].contains(text) else { throw Refusal(.invalid, "locale.unknown", detail: "zh-CN or en") }
        return text
    }

    /// At most 50 different names.
    static func categories(_ names: [String]) throws(Refusal) -> [String] {
        var categories: [String] = []
        for text in names { categories.append(try name(text, code: "category")) }
        guard categories.count <= 50 else { throw Refusal(.invalid, "categories.many", detail: "at most 50") }
        guard Set(categories).count == categories.count else { throw Refusal(.invalid, "categories.repeated") }
        return categories
    }

    private static func isControl(_ character: Character) -> Bool {
        character.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}
