/// Every known phrasing by its features, to tell how close a question comes to the nearest of each entry.
struct Neighbours: Sendable {
    /// The phrasings that hold a feature, with its weight: those of feature f from `starts[f]` up to `starts[f + 1]`.
    private let starts: [Int32]
    private let phrasings: [Int32]
    private let weights: [Float]
    private let classOf: [Int32]
    private let classes: Int
    /// Phrasing by phrasing where the embedding points, zero for those without direction; empty without embedding.
    private let directions: [Float]

    init(_ examples: [SparseVector], labels: [Int32], classes: Int, features: Int) {
        var counts = [Int32](repeating: 0, count: features + 1)
        for example in examples { for feature in example.features { counts[Int(feature) + 1] += 1 } }
        for feature in 0..<features { counts[feature + 1] += counts[feature] }
        var next = counts
        var phrasings = [Int32](repeating: 0, count: Int(counts[features]))
        var weights = [Float](repeating: 0, count: Int(counts[features]))
        for (number, example) in examples.enumerated() {
            for (feature, weight) in zip(example.features, example.weights) {
                let place = Int(next[Int(feature)])
                (phrasings[place], weights[place]) = (Int32(number), weight)
                next[Int(feature)] += 1
            }
        }
        (starts, self.phrasings, self.weights) = (counts, phrasings, weights)
        (classOf, self.classes) = (labels, classes)
        let nowhere = [Float](repeating: 0, count: Embedding.dimensions)
        let hasDirections = examples.contains { !$0.direction.isEmpty }
        directions = hasDirections ? examples.flatMap { $0.direction.isEmpty ? nowhere : $0.direction } : []
    }

    /// The cosine to the nearest phrasing of each class.
    func nearest(_ vector: SparseVector) -> [Float] {
        var cosines = [Float](repeating: 0, count: classOf.count)
        cosines.withUnsafeMutableBufferPointer { cosines in
            for (feature, weight) in zip(vector.features, vector.weights) {
                for place in Int(starts[Int(feature)])..<Int(starts[Int(feature) + 1]) {
                    cosines[Int(phrasings[place])] += weight * weights[place]
                }
            }
        }
        return best(cosines)
    }

    /// The cosine of the directions to the nearest phrasing of each class; nil without directions.
    func nearestDirection(_ vector: SparseVector) -> [Float]? {
        guard !vector.direction.isEmpty, !directions.isEmpty else { return nil }
        let cosines = directions.withUnsafeBytes { directions in
            vector.direction.withUnsafeBytes { direction in
                classOf.indices.map { Self.product(direction, directions, $0 * direction.count) }
            }
        }
        return best(cosines)
    }

    /// The sum of products with the direction that begins at this byte, sixteen numbers at a time.
    private static func product(_ one: UnsafeRawBufferPointer, _ others: UnsafeRawBufferPointer, _ start: Int) -> Float {
        typealias Numbers = SIMD16<Float>
        var sums = Numbers()
        for byte in stride(from: 0, to: one.count, by: MemoryLayout<Numbers>.size) {
            sums +=
                one.loadUnaligned(fromByteOffset: byte, as: Numbers.self)
                * others.loadUnaligned(fromByteOffset: start + byte, as: Numbers.self)
        }
        return sums.sum()
    }

    private func best(_ cosines: [Float]) -> [Float] {
        var nearest = [Float](repeating: 0, count: classes)
        for (number, cosine) in cosines.enumerated() {
            let label = Int(classOf[number])
            if cosine > nearest[label] { nearest[label] = cosine }
        }
        return nearest
    }
}
