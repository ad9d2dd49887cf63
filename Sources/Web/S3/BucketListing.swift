package import Basics
import Foundation

/// A page of what is in a bucket, as `ListObjectsV2` tells it
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html).
package struct BucketListing: Hashable, Sendable {
    package struct Object: Hashable, Sendable {
        package let key: String
        package let written: Timestamp
    }

    package let objects: [Object]
    /// What to ask the next page with; nil on the last.
    package let next: String?

    /// The answer is flat and made by a machine: looking for its few elements is enough.
    ///
    /// - Parameter prefix: taken off the keys.
    init(_ answer: [UInt8], without prefix: String = "") {
        let text = String(decoding: answer, as: UTF8.self)
        objects = text.matches(of: /<Contents>(.*?)<\/Contents>/.dotMatchesNewlines()).compactMap { match in
            guard let key = Self.value(of: "Key", in: match.1), let time = Self.value(of: "LastModified", in: match.1),
                let written = Self.time(time)
            else { return nil }
            return Object(key: key.hasPrefix(prefix) ? String(key.dropFirst(prefix.count)) : key, written: written)
        }
        next = Self.value(of: "NextContinuationToken", in: text[...]).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Of the first element of that name.
    static func value(of element: String, in text: Substring) -> String? {
        guard let start = text.range(of: "<\(element)>"),
            let end = text[start.upperBound...].range(of: "</\(element)>")
        else { return nil }
        return entities.reduce(String(text[start.upperBound..<end.lowerBound])) { $0.replacing($1.0, with: $1.1) }
    }

    /// The ampersand last, so that nothing is decoded twice.
    private static let entities = [
        ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#34;", "\""), ("&apos;", "'"), ("&#39;", "'"), ("&amp;", "&"),
    ]

    private static func time(_ text: String) -> Timestamp? {
        let styles = [Date.ISO8601FormatStyle(includingFractionalSeconds: true), Date.ISO8601FormatStyle()]
        let date = styles.lazy.compactMap { try? $0.parse(text) }.first
        return date.map { Timestamp(milliseconds: Int64($0.timeIntervalSince1970 * 1000)) }
    }
}
