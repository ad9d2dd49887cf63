import Basics

/// The path and query of a request, decoded.
struct Target: Sendable {
    let segments: [String]
    let query: [String: String]

    init(_ text: String) throws(Refusal) {
        let halves = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        segments = try halves[0].split(separator: "/").map { (segment) throws(Refusal) in try segment.percentDecoded() }
        query = halves.count == 2 ? try Self.query(halves[1]) : [:]
    }

    private static func query(_ text: Substring) throws(Refusal) -> [String: String] {
        var query: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = halves.count == 2 ? halves[1].replacing("+", with: " ") : ""
            query[try halves[0].percentDecoded()] = try value[...].percentDecoded()
        }
        return query
    }
}

extension Substring {
    func percentDecoded() throws(Refusal) -> String {
        guard utf8.contains(UInt8(ascii: "%")) else { return String(self) }
        var bytes: [UInt8] = []
        var rest = utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let digits = String(rest.prefix(2)), digits.utf8.count == 2, let decoded = UInt8(digits, radix: 16),
                decoded != 0
            else { throw Refusal(.malformed, "url.malformed") }
            bytes.append(decoded)
            rest = rest.dropFirst(2)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Refusal(.malformed, "url.malformed") }
        return text
    }
}
