import Foundation
import Knowledge

/// A text as the matcher sees it: a bag of hashed features in two blocks that count alike.
///
/// Chinese: characters in ones and twos, and how they sound in ones and twos. English: words in ones and twos,
/// and two to four letters within words.
struct Wording: Sendable {
    /// Longer questions are cut, so that time stays bounded.
    private static let longest = 400

    /// Feature to number of occurrences.
    private(set) var blocks: [[UInt64: Float]] = [[:], [:]]
    /// How many characters or words.
    private(set) var length = 0

    init(_ text: String, _ language: Language, _ thesaurus: Thesaurus) {
        // Numbers after courtesy, which knows 请问一下 and not 请问1下.
        let tidy = thesaurus.replaced(in: ChineseNumerals.replaced(in: Courtesy.removed(from: Self.tidy(text), language)))
        switch language {
        case .chinese: readChinese(tidy)
        case .english: readEnglish(tidy)
        }
    }

    /// Without synonyms.
    init(_ text: String, _ language: Language) { self.init(text, language, Thesaurus(Synonyms(), language)) }

    var isEmpty: Bool { blocks.allSatisfy(\.isEmpty) }

    /// Full width, compatibility forms and case made the same. Of a longer text the beginning and the end:
    /// that is where people say what they want.
    static func tidy(_ text: String, atMost limit: Int = longest) -> String {
        let scalars = text.unicodeScalars
        guard scalars.count > limit else { return evened(text) }
        let ends = String.UnicodeScalarView(scalars.prefix(limit / 2) + [" "] + scalars.suffix(limit / 2))
        return evened(String(ends))
    }

    private static func evened(_ text: String) -> String {
        text.folded.replacing("’", with: "'")
    }

    private mutating func readChinese(_ text: String) {
        var units: [Substring] = []
        var sounds: [UInt64] = []
        for unit in Self.units(text) {
            units.append(unit)
            if let reading = unit.unicodeScalars.first.flatMap(Pinyin.reading) {
                sounds.append(UInt64(reading))
            } else if let syllables = Pinyin.syllables(in: unit) {
                sounds += syllables.map(UInt64.init)
            } else {
                sounds.append(Self.hash(unit, kind: .sound))
            }
        }
        length = units.count
        // Chinese typed in letters is known by its sound alone.
        let isSpelt = !units.isEmpty && units.allSatisfy { Pinyin.syllables(in: $0) != nil }
        if !isSpelt { count(units.map { Self.hash($0, kind: .character) }, in: 0) }
        count(sounds.map { Self.mixed($0, .sound) }, in: 1)
    }

    private mutating func readEnglish(_ text: String) {
        let words = Self.units(text)
        length = words.count
        count(words.map { Self.hash($0, kind: .word) }, in: 0)
        for word in words { countLetters(of: word) }
    }

    /// Each feature and each pair of neighbours.
    private mutating func count(_ features: [UInt64], in block: Int) {
        for feature in features { blocks[block][feature, default: 0] += 1 }
        for (first, second) in zip(features, features.dropFirst()) {
            blocks[block][Self.mixed(first &* 31 &+ second, .pair), default: 0] += 1
        }
    }

    private mutating func countLetters(of word: Substring) {
        let letters = [UInt8(ascii: " ")] + Array(word.utf8) + [UInt8(ascii: " ")]
        for size in 2...4 where size <= letters.count {
            for start in 0...(letters.count - size) {
                blocks[1][Self.hash(letters[start..<start + size], .letters), default: 0] += 1
            }
        }
    }

    /// Chinese characters alone, letters and digits in runs; everything else separates.
    static func units(_ text: String) -> [Substring] {
        var units: [Substring] = []
        var start: String.Index?
        let scalars = text.unicodeScalars
        for index in scalars.indices {
            let scalar = scalars[index]
            let isPart = !scalar.isHan && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            if isPart {
                if start == nil { start = index }
                continue
            }
            // An apostrophe belongs to its word: what's, don't.
            if scalar == "'", start != nil { continue }
            if let begin = start { units.append(text[begin..<index]) }
            start = nil
            if scalar.isHan { units.append(text[index..<scalars.index(after: index)]) }
        }
        if let start { units.append(text[start...]) }
        return units
    }

    private enum Kind: UInt64 { case character = 1, sound, word, pair, letters }

    private static func hash(_ text: Substring, kind: Kind) -> UInt64 { hash(text.utf8, kind) }

    /// FNV-1a with a finish: fast, and the same on every machine.
    private static func hash(_ bytes: some Sequence<UInt8>, _ kind: Kind) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return mixed(hash, kind)
    }

    private static func mixed(_ number: UInt64, _ kind: Kind) -> UInt64 {
        var number = number &+ kind.rawValue &* 0x9e37_79b9_7f4a_7c15
        number = (number ^ (number >> 30)) &* 0xbf58_476d_1ce4_e5b9
        number = (number ^ (number >> 27)) &* 0x94d0_49bb_1331_11eb
        return number ^ (number >> 31)
    }
}
