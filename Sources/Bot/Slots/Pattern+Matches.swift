import Foundation

/// One place where a pattern fits.
struct Match: Sendable {
    private let text: String
    private let places: [NSRange]

    init(_ result: NSTextCheckingResult, in text: String) {
        self.text = text
        places = (0..<result.numberOfRanges).map { result.range(at: $0) }
    }

    /// What a group caught; nil where it took no part.
    subscript(group: Int) -> String? {
        guard group < places.count, places[group].location != NSNotFound else { return nil }
        return Range(places[group], in: text).map { String(text[$0]) }
    }

    func place(_ group: Int = 0) -> Range<Int> {
        let place = places[group].location == NSNotFound ? places[0] : places[group]
        return place.location..<(place.location + place.length)
    }

    var whole: String { self[0] ?? "" }
}

extension Pattern {
    /// A pattern for which big and small letters are the same.
    init(anyCase pattern: String) { self.init("(?i)" + pattern) }

    func matches(in text: String) -> [Match] {
        expression.matches(in: text, range: NSRange(text.startIndex..., in: text)).map { Match($0, in: text) }
    }

    func first(in text: String) -> Match? { matches(in: text).first }

    /// Every match replaced by what is made of it.
    func replacing(in text: String, _ make: (Match) -> String?) -> String {
        var (made, end) = (text, text)
        for match in matches(in: text).reversed() {
            guard let range = Range(NSRange(match.place()), in: end), let new = make(match) else { continue }
            made.replaceSubrange(Range(NSRange(match.place()), in: made) ?? range, with: new)
            end = made
        }
        return made
    }
}
