import Foundation
import Knowledge

/// Whether a model's answer says no more than what it cites: our own check, by arithmetic. It errs on the side of silence.
///
/// Every sentence must cite sources that exist; nearly all of its words, and every figure, code and address in it, must stand in
/// them; and it must not say no where they say yes. What it cannot see is one right word in the place of another right word.
struct Support: Sendable {
    enum Fault: Error, Hashable, Sendable {
        case uncited
        /// A citation of a source that was not given.
        case unknownSource(Int)
        /// A figure, code, link or token that no cited source has.
        case figure(String)
        /// Too few of the words stand in what is cited.
        case words(String)
        /// Says yes where the source says no, or the other way round.
        case polarity(String)
    }

    /// Below this share of a sentence's words it is not supported.
    static let leastShare = 0.6

    /// The numbers of the sources the answer rests on, from 1, in the order in which they are cited.
    ///
    /// - Parameter tokens: stand for data of the customer's own, and are no claim.
    static func check(_ answer: String, against sources: [String], tokens: [String] = []) throws(Fault) -> [Int] {
        guard let claims = Claim.read(answer) else { throw .uncited }
        var used: [Int] = []
        for claim in claims {
            for number in claim.sources {
                guard sources.indices.contains(number - 1) else { throw .unknownSource(number) }
                if !used.contains(number) { used.append(number) }
            }
            let plain = tokens.reduce(claim.text) { $0.replacing($1, with: " ") }
            try check(plain, claim.sources.map { sources[$0 - 1] })
        }
        return used
    }

    private static func check(_ claim: String, _ cited: [String]) throws(Fault) {
        let all = Words(cited.joined(separator: "\n"))
        let words = Words(claim)
        if let stray = words.figures.first(where: { !all.figures.contains($0) }) { throw .figure(stray) }
        guard words.share(in: all) >= leastShare else { throw .words(claim) }
        let sentences = cited.flatMap { Claim.sentences(of: $0) }.map { (text: $0, share: words.share(in: Words($0))) }
        let best = sentences.map(\.share).max() ?? 0
        let alike = sentences.filter { $0.share >= best * 0.8 }
        guard alike.contains(where: { Negation.isIn($0.text) == Negation.isIn(claim) }) else { throw .polarity(claim) }
    }
}

/// The words that carry a text's meaning.
struct Words: Sendable {
    /// Chinese characters alone and in pairs, English words without their endings.
    private(set) var content: Set<String> = []
    /// Numbers, and what has a digit, a point or an @ within.
    private(set) var figures: Set<String> = []

    init(_ text: String) {
        let folded = Self.withDigits(text.folded)
        for match in folded.matches(of: /[a-z0-9][a-z0-9@_\-]*(?:[.:\/][a-z0-9@_\-]+)*/) {
            let word = String(match.output)
            let isFigure = word.contains { $0.isNumber || ".@/:_".contains($0) } || word.contains("-") && word.count > 14
            if isFigure { figures.formUnion(Self.figures(in: word)) } else { readEnglish(word) }
        }
        var last: Character?
        for character in folded {
            guard character.unicodeScalars.allSatisfy(\.isHan) else {
                last = nil
                continue
            }
            if Self.emptyCharacters.contains(character) { continue }
            content.insert(String(character))
            if let last { content.insert("\(last)\(character)") }
            last = character
        }
    }

    /// The share of these words that stand in the other text; 1 where there are none.
    func share(in other: Words) -> Double {
        content.isEmpty ? 1 : Double(content.intersection(other.content).count) / Double(content.count)
    }

    private mutating func readEnglish(_ word: String) {
        for part in word.split(separator: "-") where !Self.emptyWords.contains(String(part)) {
            content.insert(Self.stem(String(part)))
        }
    }

    private static func figures(in word: String) -> [String] {
        word.wholeMatch(of: /\d+(\.\d+)?/) == nil ? [word] : [word.replacing(/\.0+$/, with: "")]
    }

    private static func stem(_ word: String) -> String {
        for ending in ["ing", "ies", "ed", "es", "s"] where word.hasSuffix(ending) && word.count - ending.count >= 3 {
            return String(word.dropLast(ending.count)) + (ending == "ies" ? "y" : "")
        }
        return word.count > 4 && word.hasSuffix("e") ? String(word.dropLast()) : word
    }

    /// Chinese numerals before what is counted, as digits.
    private static func withDigits(_ text: String) -> String {
        text.replacing(/([零一二两三四五六七八九十百千]+)(?=(?:个)?(?:工作日|小时|分钟|星期|天|日|周|月|年|元|块|折|件|次|倍|号|楼|点|公斤|斤|克|米|瓦|号楼|%))/) { match in
            Self.number(match.output.1).map { " \($0) " } ?? String(match.output.1)
        }
    }

    private static func number(_ numeral: Substring) -> Int? {
        var (total, digit) = (0, 0)
        for character in numeral {
            if let place = ["十": 10, "百": 100, "千": 1000][character] {
                total += max(digit, 1) * place
                digit = 0
            } else if let value = "零一二三四五六七八九".firstIndex(of: character) {
                digit = "零一二三四五六七八九".distance(from: "零一二三四五六七八九".startIndex, to: value)
            } else if character == "两" {
                digit = 2
            } else {
                return nil
            }
        }
        return total + digit
    }

    private static let emptyCharacters: Set<Character> = Set("的了吗呢吧啊呀您你我请可以和与是在就都也会要能把被给这那后即为对及或")
    private static let emptyWords: Set<String> = [
        "a", "an", "the", "is", "are", "was", "were", "be", "been", "to", "of", "in", "on", "at", "by", "for", "with", "from",
        "and",
        "or", "it", "its", "this", "that", "these", "those", "you", "your", "we", "our", "us", "i", "my", "they", "their", "them",
        "can",
        "may", "will", "would", "could", "should", "have", "has", "had", "do", "does", "if", "as", "please", "so", "there", "any",
        "up",
        "yes", "no", "not", "which", "who", "when", "within", "also", "all", "then", "than", "s", "t", "re", "ll", "ve",
    ]
}

/// Whether a sentence says no.
enum Negation {
    private static let innocent = Pattern(
        "不锈|不过|不管|不同|不论|差不多|不久|不到|不超过|不限|不仅|不但|不止|不少|无线|无论|无忧|非常|特别|别的|别名|分别|类别|级别|性别|no more than|not only|no later than")
    private static let words = Pattern(
        #"[不没无未勿别禁]|拒绝|不能|\b(not|no|never|none|cannot|without|neither|nor|refus\w*|exclud\w*|except)\b|n't\b"#)

    static func isIn(_ sentence: String) -> Bool {
        words.occurs(in: innocent.removed(from: sentence.folded.replacing("’", with: "'")))
    }
}
