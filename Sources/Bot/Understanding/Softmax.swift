import Foundation

/// Multinomial logistic regression, trained by stochastic gradient descent with a step size per feature.
/// The same lessons and seed give the same weights.
struct Softmax: Sendable {
    struct Tuning: Sendable {
        var epochs = 12
        var step: Float = 0.4
        var seed: UInt64 = 1
    }

    private let classes: Int
    /// Feature by feature, the weights of all classes next to one another.
    private(set) var weights: [Float]
    private(set) var bias: [Float]

    /// - Parameter importance: how much each example counts.
    init(_ examples: [SparseVector], labels: [Int32], classes: Int, features: Int, tuning: Tuning = Tuning()) {
        // Rows of whole vectors.
        self.classes = classes
        weights = [Float](repeating: 0, count: features * classes)
        bias = [Float](repeating: 0, count: classes)
        train(examples, labels, features, tuning)
    }

    private mutating func train(_ examples: [SparseVector], _ labels: [Int32], _ features: Int, _ tuning: Tuning) {
        var generator = SplitMix(state: tuning.seed)
        var order = Array(examples.indices)
        var gathered = [Float](repeating: 1e-6, count: features)
        var gradient = [Float](repeating: 0, count: classes)
        var biasGathered: Float = 1
        for _ in 0..<tuning.epochs {
            order.shuffle(using: &generator)
            for example in order {
                let vector = examples[example]
                scores(vector, into: &gradient)
                Self.normalise(&gradient)
                gradient[Int(labels[example])] -= 1
                let size = gradient.reduce(0) { $0 + $1 * $1 }
                if size < 1e-6 { continue }
                learn(vector, gradient, size, tuning.step, &gathered, &biasGathered)
            }
        }
    }

    private mutating func learn(
        _ vector: SparseVector, _ gradient: [Float], _ size: Float, _ step: Float,
        _ gathered: inout [Float], _ biasGathered: inout Float
    ) {
        let classes = classes
        weights.withUnsafeMutableBufferPointer { weights in
            gradient.withUnsafeBufferPointer { gradient in
                for (feature, weight) in zip(vector.features, vector.weights) {
                    gathered[Int(feature)] += weight * weight * size
                    let rate = step * weight / gathered[Int(feature)].squareRoot()
                    let row = weights.baseAddress! + Int(feature) * classes
                    for c in 0..<classes { row[c] -= rate * gradient[c] }
                }
            }
        }
        biasGathered += size
        let rate = 0.1 * step / biasGathered.squareRoot()
        for c in 0..<classes { bias[c] -= rate * gradient[c] }
    }

    func scores(_ vector: SparseVector) -> [Float] {
        var scores = [Float](repeating: 0, count: classes)
        self.scores(vector, into: &scores)
        return scores
    }

    private func scores(_ vector: SparseVector, into scores: inout [Float]) {
        let classes = classes
        weights.withUnsafeBufferPointer { weights in
            scores.withUnsafeMutableBufferPointer { scores in
                for c in 0..<classes { scores[c] = bias[c] }
                for (feature, weight) in zip(vector.features, vector.weights) {
                    let row = weights.baseAddress! + Int(feature) * classes
                    for c in 0..<classes { scores[c] += weight * row[c] }
                }
            }
        }
    }

    static func normalised(_ scores: [Float]) -> [Float] {
        var shares = scores
        normalise(&shares)
        return shares
    }

    static func normalise(_ scores: inout [Float]) {
        let largest = scores.max() ?? 0
        var sum: Float = 0
        for place in scores.indices {
            scores[place] = exp(scores[place] - largest)
            sum += scores[place]
        }
        for place in scores.indices { scores[place] /= sum }
    }
}

/// A small generator with a seed (SplitMix64), so that training repeats exactly.
package struct SplitMix: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(state: UInt64) { self.state = state }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
