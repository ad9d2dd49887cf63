import Foundation

/// How Chinese characters sound, without tones: customers who pick the wrong homophone, or type letters only, are heard all the same.
enum Pinyin {
    private static let readings: [Unicode.Scalar: UInt16] = {
        var readings: [Unicode.Scalar: UInt16] = [:]
        readings.reserveCapacity(21_000)
        for (number, line) in pinyinTable.split(separator: "\n").enumerated() {
            guard let space = line.firstIndex(of: " ") else { continue }
            for scalar in line[space...].unicodeScalars.dropFirst() { readings[scalar] = UInt16(number) }
        }
        return readings
    }()

    private static let syllables: [Substring: UInt16] = Dictionary(
        uniqueKeysWithValues: pinyinTable.split(separator: "\n").enumerated().map { ($1.prefix { $0 != " " }, UInt16($0)) }
    )
    private static let longest = 6

    /// The number of the syllable that a character is usually read as.
    static func reading(of scalar: Unicode.Scalar) -> UInt16? { readings[scalar] }

    /// Letters typed instead of characters: `tuihuo` is tui, huo. Nil where the letters are not syllables throughout.
    static func syllables(in word: Substring) -> [UInt16]? {
        guard (2...30).contains(word.count) else { return nil }
        return parse(word)
    }

    /// Whether a text in letters is Chinese throughout: `zenme tuihuo`.
    static func isPinyin(_ text: String) -> Bool {
        let words = Wording.units(Wording.tidy(text))
        return !words.isEmpty && words.allSatisfy { syllables(in: $0) != nil }
    }

    /// The longest syllables first, stepping back where the rest does not fit.
    private static func parse(_ word: Substring) -> [UInt16]? {
        if word.isEmpty { return [] }
        for length in stride(from: min(longest, word.count), to: 0, by: -1) {
            guard let syllable = syllables[word.prefix(length)], let rest = parse(word.dropFirst(length)) else { continue }
            return [syllable] + rest
        }
        return nil
    }
}
