/// The middles of groups of vectors, and the vectors sorted anew by the nearest of them (spherical k-means).
struct Middles {
    private static let mostRounds = 20

    private let count: Int
    /// Feature by feature, the middles of all groups next to one another.
    private var weights: [Float]
    private var lengths: [Float]

    init(_ vectors: [SparseVector], groups: [Int], count: Int) {
        self.count = count
        let features = vectors.reduce(0) { max($0, $1.features.reduce(0) { max($0, Int($1) + 1) }) }
        weights = [Float](repeating: 0, count: features * count)
        lengths = [Float](repeating: 0, count: count)
        gather(vectors, groups)
    }

    private mutating func gather(_ vectors: [SparseVector], _ groups: [Int]) {
        for place in weights.indices { weights[place] = 0 }
        for (vector, group) in zip(vectors, groups) {
            for (feature, weight) in zip(vector.features, vector.weights) { weights[Int(feature) * count + group] += weight }
        }
        for group in 0..<count {
            lengths[group] = stride(from: group, to: weights.count, by: count).reduce(0) { $0 + weights[$1] * weights[$1] }
                .squareRoot()
        }
    }

    /// Sorts the vectors by the nearest middle and takes the middles anew, until nothing changes.
    mutating func settled(_ vectors: [SparseVector], _ groups: [Int]) -> [Int] {
        var groups = groups
        for _ in 0..<Self.mostRounds {
            let sorted = vectors.enumerated().map { nearest(to: $1) ?? groups[$0] }
            if sorted == groups { break }
            groups = sorted
            gather(vectors, groups)
        }
        return groups
    }

    /// Nil for a vector that has nothing in common with any.
    private func nearest(to vector: SparseVector) -> Int? {
        var products = [Float](repeating: 0, count: count)
        for (feature, weight) in zip(vector.features, vector.weights) {
            for group in 0..<count { products[group] += weight * weights[Int(feature) * count + group] }
        }
        let cosines = products.indices.filter { products[$0] > 0 }.map { ($0, products[$0] / lengths[$0]) }
        return cosines.max { $0.1 < $1.1 }?.0
    }
}
