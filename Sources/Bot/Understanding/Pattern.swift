import Foundation

/// A regular expression made once and used from everywhere.
struct Pattern: Sendable {
    let expression: NSRegularExpression

    /// The pattern is part of the program; a mistake in it shows in the first test.
    init(_ pattern: String) { expression = try! NSRegularExpression(pattern: pattern) }

    func occurs(in text: String) -> Bool {
        expression.firstMatch(in: text, range: Self.whole(text)) != nil
    }

    func removed(from text: String) -> String {
        expression.stringByReplacingMatches(in: text, range: Self.whole(text), withTemplate: " . ")
    }

    private static func whole(_ text: String) -> NSRange { NSRange(text.startIndex..., in: text) }
}
