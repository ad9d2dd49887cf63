import Foundation
import Knowledge

/// Questions made comparable: the words in them, weighted by how telling they are among these questions, and where the embedding points.
struct QuestionVectors: Sendable {
    /// How much the embedding counts beside the words, as a factor of its length.
    private static let directionWeight: Float = 0.7

    private let hearing: Hearing
    private let weighting: Weighting

    /// - Parameter examples: what the weights are learnt from.
    init(weighing examples: [String], _ hearing: Hearing) {
        self.hearing = hearing
        weighting = Weighting(examples.map(hearing.wording), hearing)
    }

    /// Of length 1, or empty where nothing is known of the question. The embedding's dimensions follow the words.
    func vector(_ question: String) -> SparseVector {
        let vector = weighting.vector(hearing.wording(question))
        var joined = vector.joined(from: weighting.count, weight: Self.directionWeight)
        let length = joined.weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
        for place in joined.weights.indices { joined.weights[place] /= length }
        return joined
    }

    /// The squared distance of each pair.
    static func distances(_ vectors: [SparseVector]) -> PairTable {
        var table = PairTable(count: vectors.count)
        var holders: [[(question: Int32, weight: Float)]] = []
        var row = [Float](repeating: 0, count: vectors.count)
        for (number, vector) in vectors.enumerated() {
            for place in 0..<number { row[place] = 0 }
            for (feature, weight) in zip(vector.features, vector.weights) {
                while holders.count <= Int(feature) { holders.append([]) }
                for holder in holders[Int(feature)] { row[Int(holder.question)] += weight * holder.weight }
                holders[Int(feature)].append((Int32(number), weight))
            }
            for other in 0..<number { table[number, other] = 2 - 2 * row[other] }
        }
        return table
    }
}

/// One number for every pair of different things, whichever is named first.
struct PairTable: Sendable {
    let count: Int
    private var values: [Float]

    init(count: Int) {
        self.count = count
        values = [Float](repeating: 0, count: count * max(count - 1, 0) / 2)
    }

    subscript(_ one: Int, _ other: Int) -> Float {
        get { values[Self.place(one, other)] }
        set { values[Self.place(one, other)] = newValue }
    }

    private static func place(_ one: Int, _ other: Int) -> Int {
        let (low, high) = one < other ? (one, other) : (other, one)
        return high * (high - 1) / 2 + low
    }
}
