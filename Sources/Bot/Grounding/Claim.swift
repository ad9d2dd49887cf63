import Foundation

/// One sentence of a model's answer with the numbers of the sources it names, from 1.
struct Claim: Hashable, Sendable {
    let text: String
    let sources: [Int]

    /// Takes an answer apart: what stands before a group of citations such as `[1][2]` rests on it.
    /// Nil where something is said after the last of them, or nothing is cited at all.
    static func read(_ answer: String) -> [Claim]? {
        var claims: [Claim] = []
        var rest = answer[...]
        while let group = rest.firstMatch(of: /(?:[ \t]*\[\d{1,2}(?:\s*[,，]\s*\d{1,2})*\])+/) {
            let numbers = group.output.matches(of: /\d+/).compactMap { Int($0.output) }
            claims += sentences(of: rest[..<group.range.lowerBound]).map { Claim(text: $0, sources: numbers) }
            rest = rest[group.range.upperBound...]
        }
        guard !claims.isEmpty, !rest.contains(where: { $0.isLetter || $0.isNumber }) else { return nil }
        return claims
    }

    /// The answer as the customer reads it.
    static func withoutCitations(_ answer: String) -> String {
        answer.replacing(/[ \t]*\[\d{1,2}(?:\s*[,，]\s*\d{1,2})*\]/, with: "").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// A point between digits ends nothing.
    static func sentences(of text: some StringProtocol) -> [String] {
        String(text).replacing(/([。！？!?；;\n]|\.(?=\s|$))/) { $0.output.0 + "\u{1}" }
            .split(separator: "\u{1}").map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
            .filter { $0.contains { $0.isLetter || $0.isNumber } }
    }
}
