import Foundation
import Knowledge

/// What a text is about, as a direction in 64 dimensions: each of its features, hashed into buckets, adds the bucket's vector.
///
/// The buckets were learnt from questions sorted by what they ask for (see ``EmbeddingTrainer``): those with the same meaning
/// point the same way, even where they share few words.
package struct Embedding: Sendable {
    package static let buckets = 32_768
    package static let dimensions = 64

    /// Bucket by bucket.
    let weights: [Int8]

    /// The bytes of a file that `nightdesk train embedding` made; nil where they are not.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.buckets * Self.dimensions else { return nil }
        weights = bytes.map { Int8(bitPattern: $0) }
    }

    /// Of length 1, or nothing where no bucket says anything.
    func vector(_ wording: Wording) -> [Float]? {
        var sum = [Float](repeating: 0, count: Self.dimensions)
        for block in wording.blocks {
            for (feature, occurrences) in block { add(Self.bucket(of: feature), times: occurrences, to: &sum) }
        }
        let length = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? sum.map { $0 / length } : nil
    }

    /// Whole numbers, so that the order of a dictionary does not matter.
    private func add(_ bucket: Int, times occurrences: Float, to sum: inout [Float]) {
        weights.withUnsafeBufferPointer { weights in
            let row = weights.baseAddress! + bucket * Self.dimensions
            for place in 0..<Self.dimensions { sum[place] += occurrences * Float(row[place]) }
        }
    }

    static func bucket(of feature: UInt64) -> Int { Int(feature >> 49) }
}
