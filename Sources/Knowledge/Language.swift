import Store

/// A language that knowledge is written in.
package enum Language: String, Codable, Hashable, Sendable, CaseIterable, SQLConvertible {
    case chinese = "zh-CN"
    case english = "en"

    /// Reads a locale as browsers and files write it: `zh`, `zh-Hans-CN`, `en-GB`.
    package init?(locale: String) {
        switch locale.lowercased().split(whereSeparator: { "-_".contains($0) }).first {
        case "zh": self = .chinese
        case "en": self = .english
        default: return nil
        }
    }

    /// The language that a text is written in; nil where it shows none (digits, emoji, other scripts).
    ///
    /// A Chinese sentence often carries Latin product names, an English one hardly ever carries Han characters,
    /// so a Han character weighs as much as a Latin word and a tie is Chinese.
    package static func detect(_ text: String) -> Language? {
        var (han, words, isInWord) = (0, 0, false)
        for scalar in text.unicodeScalars {
            let isLatin = scalar.properties.isAlphabetic && scalar.value < 0x250
            if isLatin, !isInWord { words += 1 }
            isInWord = isLatin
            if scalar.isHan { han += 1 }
        }
        return han == 0 && words == 0 ? nil : han >= words ? .chinese : .english
    }
}

extension Unicode.Scalar {
    /// A Chinese character.
    package var isHan: Bool {
        switch value {
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF: true
        default: false
        }
    }
}
