import Foundation
import Knowledge

/// One text as weights of known features, of length 1.
struct SparseVector: Sendable {
    var features: [Int32] = []
    var weights: [Float] = []
    /// How much of the text's weight falls on features that the knowledge base has, 0 to 1.
    var known: Float = 0
    /// Where the embedding points, of length 1; empty without one.
    var direction: [Float] = []

    /// The features, and the direction as further ones from `start` on, at a weight of its own.
    func joined(from start: Int, weight: Float) -> SparseVector {
        var joined = self
        joined.features += direction.indices.map { Int32(start + $0) }
        joined.weights += direction.map { $0 * weight }
        return joined
    }
}

/// How telling each feature is, learnt from the knowledge base itself (bot.md: a background corpus makes it worse).
struct Weighting: Sendable {
    private let embedding: Embedding?
    private(set) var idf: [Float] = []
    private var index: [UInt64: Int32] = [:]
    private let unknown: Float

    var count: Int { idf.count }

    init(_ wordings: [Wording], _ hearing: Hearing) {
        embedding = hearing.embedding
        var frequency: [Int32] = []
        for wording in wordings {
            // Sorted, because the order of a dictionary differs from run to run.
            for block in wording.blocks {
                for feature in block.keys.sorted() {
                    let number = index[feature] ?? Int32(frequency.count)
                    if number == frequency.count {
                        index[feature] = number
                        frequency.append(0)
                    }
                    frequency[Int(number)] += 1
                }
            }
        }
        let total = Float(wordings.count)
        let rarest = Self.idf(0, of: total)
        idf = frequency.map { Self.idf(Float($0), of: total) }
        unknown = rarest
    }

    /// Without an embedding.
    init(_ wordings: [Wording], _ language: Language) { self.init(wordings, Hearing(language, embedding: nil)) }

    private static func idf(_ frequency: Float, of total: Float) -> Float {
        (log((1 + total) / (1 + frequency)) + 1).squareRoot()
    }

    func vector(_ wording: Wording) -> SparseVector {
        var vector = SparseVector()
        var (known, all) = (Float(0), Float(0))
        let filled = Float(wording.blocks.count { !$0.isEmpty })
        for block in wording.blocks {
            let start = vector.features.count
            var squares: Float = 0
            for (feature, occurrences) in block.sorted(by: { $0.key < $1.key }) {
                let number = index[feature]
                let weight = (1 + log(occurrences)) * (number.map { idf[Int($0)] } ?? unknown)
                squares += weight * weight
                all += weight
                guard let number else { continue }
                known += weight
                vector.features.append(number)
                vector.weights.append(weight)
            }
            let norm = squares > 0 ? 1 / (filled * squares).squareRoot() : 0
            for place in start..<vector.weights.count { vector.weights[place] *= norm }
        }
        vector.direction = embedding?.vector(wording) ?? []
        vector.known = all > 0 ? known / all : 0
        return vector
    }
}
