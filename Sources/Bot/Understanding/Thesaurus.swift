import Knowledge

/// Reads the words of a group of synonyms as the first of them. Of several that begin at one place the longest counts.
struct Thesaurus: Sendable {
    /// One of a group's words, in characters (Chinese) or words (English), and what is read in its place.
    private struct Member {
        let parts: [Substring]
        let reading: Substring
    }

    private let language: Language
    /// By their first parts, the longest first.
    private let members: [Substring: [Member]]

    init(_ synonyms: Synonyms, _ language: Language) {
        self.language = language
        let all = synonyms.groups.flatMap { group in
            let words = group.map { ChineseNumerals.replaced(in: Wording.tidy($0)) }
            return words.dropFirst().map { Member(parts: Wording.units($0), reading: words[0][...]) }
        }
        members = Dictionary(grouping: all.filter { !$0.parts.isEmpty }) { $0.parts[0] }
            .mapValues { $0.sorted { $0.parts.count > $1.parts.count } }
    }

    /// - Parameter text: tidied.
    func replaced(in text: String) -> String {
        guard !members.isEmpty else { return text }
        var rest = Wording.units(text)[...]
        var read: [Substring] = []
        while let unit = rest.first {
            let member = members[unit]?.first { rest.starts(with: $0.parts) }
            read.append(member?.reading ?? unit)
            rest = rest.dropFirst(member?.parts.count ?? 1)
        }
        return read.joined(separator: " ")
    }
}
