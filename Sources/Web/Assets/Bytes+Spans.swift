extension [UInt8] {
    /// Every stretch from `opener` to the next `closer`, both included. At every start all clients are read through with
    /// this: looking for bytes costs a hundredth of what regular expressions do.
    func spans(from opener: String, to closer: String) -> [Range<Int>] {
        let (opener, closer) = (Array(opener.utf8), Array(closer.utf8))
        var spans: [Range<Int>] = []
        var at = 0
        while let start = position(of: opener, from: at), let end = position(of: closer, from: start + opener.count) {
            at = end + closer.count
            spans.append(start..<at)
        }
        return spans
    }

    private func position(of word: [UInt8], from start: Int) -> Int? {
        var at = start
        while let found = self[at...].firstIndex(of: word[0]) {
            if self[found...].starts(with: word) { return found }
            at = found + 1
        }
        return nil
    }

    func replacing(_ spans: [Range<Int>], with replacement: (Range<Int>) -> [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var at = 0
        for span in spans {
            result += self[at..<span.lowerBound] + replacement(span)
            at = span.upperBound
        }
        return result + self[at...]
    }
}

extension String {
    /// What stands between each `opener` and the next `closer`.
    func parts(between opener: String, and closer: String) -> [String] {
        var parts: [String] = []
        _ = replacingParts(between: opener, and: closer) { part in
            parts.append(part)
            return ""
        }
        return parts
    }

    /// The same parts, each with the opener and the closer around it, rewritten.
    func replacingParts(between opener: String, and closer: String, with replacement: (String) -> String) -> String {
        let bytes = Array(utf8)
        let rewritten = bytes.replacing(bytes.spans(from: opener, to: closer)) { span in
            let part = bytes[span].dropFirst(opener.utf8.count).dropLast(closer.utf8.count)
            return Array(replacement(String(decoding: part, as: UTF8.self)).utf8)
        }
        return String(decoding: rewritten, as: UTF8.self)
    }
}
