import Foundation
package import Knowledge

/// Learns an ``Embedding`` from questions sorted by what they ask for: of each batch of pairs with one meaning each, the two of a
/// pair are drawn together and apart from all others (the softmax of cosines that Chen et al., ICML 2020, call NT-Xent).
///
/// The same questions and seed give the same weights.
package struct EmbeddingTrainer: Sendable {
    package struct Tuning: Sendable {
        package var epochs = 12
        /// Meanings in a batch.
        package var batch = 64
        package var temperature: Float = 0.1
        package var step: Float = 0.05
        /// The share of features left out at random, so that no single word is relied upon.
        package var dropout: Float = 0.5
        package var seed: UInt64 = 1

        package init() {}
    }

    /// Meaning by meaning the features of its questions, as buckets with repetitions.
    private typealias Meanings = [[[Int32]]]

    private let tuning: Tuning
    private var generator: SplitMix
    private var rows: [Float]
    private var gathered: [Float]

    private init(_ tuning: Tuning) {
        self.tuning = tuning
        var generator = SplitMix(state: tuning.seed)
        rows = (0..<Embedding.buckets * Embedding.dimensions).map { _ in Float.random(in: -0.05...0.05, using: &generator) }
        gathered = [Float](repeating: 1e-6, count: Embedding.buckets)
        self.generator = generator
    }

    /// - Parameter sources: questions by meaning; meanings of different sources are never held against each other, because they overlap.
    package static func train(_ sources: [[[String]]], _ language: Language, tuning: Tuning = Tuning()) -> [UInt8] {
        var trainer = EmbeddingTrainer(tuning)
        let hearing = Hearing(language, embedding: nil)
        let read = sources.map { $0.map { $0.map { buckets(of: $0, hearing) }.filter { !$0.isEmpty } }.filter { $0.count > 1 } }
        for _ in 0..<tuning.epochs { trainer.epoch(read) }
        return trainer.rounded()
    }

    private static func buckets(of text: String, _ hearing: Hearing) -> [Int32] {
        hearing.wording(text).blocks.flatMap { block in
            block.sorted { $0.key < $1.key }.flatMap {
                Array(repeating: Int32(Embedding.bucket(of: $0.key)), count: Int($0.value))
            }
        }
    }

    /// As many batches as see every question about once.
    private mutating func epoch(_ sources: [Meanings]) {
        var batches = sources.enumerated().flatMap { number, meanings in
            let questions = meanings.reduce(0) { $0 + $1.count }
            return Array(repeating: number, count: max(questions / (2 * min(tuning.batch, meanings.count)), 1))
        }
        batches.shuffle(using: &generator)
        for number in batches { batch(sources[number]) }
    }

    private mutating func batch(_ meanings: Meanings) {
        let chosen = meanings.indices.shuffled(using: &generator).prefix(tuning.batch)
        var (firsts, seconds) = ([Side](), [Side]())
        for meaning in chosen {
            let questions = meanings[meaning]
            let first = Int.random(in: 0..<questions.count, using: &generator)
            let second = (first + Int.random(in: 1..<questions.count, using: &generator)) % questions.count
            firsts.append(side(questions[first]))
            seconds.append(side(questions[second]))
        }
        let pull = Self.pull(firsts, seconds, tuning.temperature)
        for (side, gradient) in zip(firsts + seconds, pull.firsts + pull.seconds) { learn(side, gradient) }
    }

    /// One question of a pair: the buckets left of it, and where they point.
    private struct Side {
        let buckets: [Int32]
        let direction: [Float]
        let length: Float
    }

    private mutating func side(_ buckets: [Int32]) -> Side {
        var kept = buckets.filter { _ in Float.random(in: 0..<1, using: &generator) >= tuning.dropout }
        if kept.isEmpty { kept = buckets }
        var sum = [Float](repeating: 0, count: Embedding.dimensions)
        rows.withUnsafeBufferPointer { rows in
            for bucket in kept {
                let row = rows.baseAddress! + Int(bucket) * Embedding.dimensions
                for place in 0..<Embedding.dimensions { sum[place] += row[place] }
            }
        }
        let length = max(Self.dot(sum, sum).squareRoot(), 1e-6)
        return Side(buckets: kept, direction: sum.map { $0 / length }, length: length)
    }

    /// The gradient of the loss by each direction.
    private static func pull(
        _ firsts: [Side], _ seconds: [Side], _ temperature: Float
    ) -> (firsts: [[Float]], seconds: [[Float]]) {
        let cosines = firsts.map { first in seconds.map { dot(first.direction, $0.direction) / temperature } }
        let rows = cosines.map(Softmax.normalised)
        let columns = seconds.indices.map { column in Softmax.normalised(cosines.map { $0[column] }) }
        let nothing = [Float](repeating: 0, count: Embedding.dimensions)
        var pull = (firsts: firsts.map { _ in nothing }, seconds: seconds.map { _ in nothing })
        for first in firsts.indices {
            for second in seconds.indices {
                let miss = rows[first][second] + columns[second][first] - (first == second ? 2 : 0)
                add(miss, seconds[second].direction, to: &pull.firsts[first])
                add(miss, firsts[first].direction, to: &pull.seconds[second])
            }
        }
        return pull
    }

    private mutating func learn(_ side: Side, _ pull: [Float]) {
        // Only what turns the direction counts, not what makes it longer.
        let along = Self.dot(pull, side.direction)
        let gradient = zip(pull, side.direction).map { ($0 - along * $1) / side.length }
        let size = Self.dot(gradient, gradient) / Float(Embedding.dimensions)
        for bucket in side.buckets {
            gathered[Int(bucket)] += size
            let rate = tuning.step / gathered[Int(bucket)].squareRoot()
            rows.withUnsafeMutableBufferPointer { rows in
                let row = rows.baseAddress! + Int(bucket) * Embedding.dimensions
                for place in 0..<Embedding.dimensions { row[place] -= rate * gradient[place] }
            }
        }
    }

    private func rounded() -> [UInt8] {
        let largest = rows.reduce(0) { max($0, abs($1)) }
        return rows.map { UInt8(bitPattern: Int8(($0 / largest * 127).rounded())) }
    }

    private static func dot(_ one: [Float], _ other: [Float]) -> Float {
        var sum: Float = 0
        for place in one.indices { sum += one[place] * other[place] }
        return sum
    }

    private static func add(_ factor: Float, _ vector: [Float], to sum: inout [Float]) {
        for place in sum.indices { sum[place] += factor * vector[place] }
    }
}
