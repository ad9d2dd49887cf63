import Foundation
import Knowledge

/// A linear model over hashed wording: characters in ones, twos and threes in Chinese, words in ones, twos and threes elsewhere.
/// Two were trained by `nightdesk train temper` (TemperRecipe) and are shipped: one hears anger, one a wish for a person.
struct TemperModel: Sendable {
    /// Two to this power many weights.
    static let bits = 14

    /// One for each hashed feature, in units of `scale`.
    private let weights: [Int8]
    let scale: Float
    let bias: Float
    /// From which sum on the model says yes: chosen for the share of false alarms, not for the most right.
    let threshold: Float

    init(weights: [Int8], scale: Float, bias: Float, threshold: Float) {
        (self.weights, self.scale, self.bias, self.threshold) = (weights, scale, bias, threshold)
    }

    /// - Parameter text: the weights in base 64, as they are shipped.
    init(base64 text: String, scale: Float, bias: Float, threshold: Float) {
        let bytes = Data(base64Encoded: text, options: .ignoreUnknownCharacters) ?? Data()
        self.init(weights: bytes.map { Int8(bitPattern: $0) }, scale: scale, bias: bias, threshold: threshold)
    }

    func holds(of text: String) -> Bool { score(text) >= threshold }

    /// The weights as they are shipped.
    var base64: String { Data(weights.map { UInt8(bitPattern: $0) }).base64EncodedString() }

    /// The log odds.
    func score(_ text: String) -> Float {
        let features = Self.features(of: text)
        guard !features.isEmpty, weights.count == 1 << Self.bits else { return -.infinity }
        let sum = features.reduce(Float(0)) { $0 + Float(weights[$1]) }
        return bias + sum * scale / Float(features.count).squareRoot()
    }

    /// The places of the features that a text has, each once.
    static func features(of text: String) -> [Int] {
        let units = Wording.units(text)
        var places: Set<Int> = []
        for size in 1...3 where size <= units.count {
            for start in 0...(units.count - size) { places.insert(place(units[start..<start + size])) }
        }
        return places.sorted()
    }

    /// FNV-1a, folded to the table's size.
    private static func place(_ units: ArraySlice<Substring>) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for unit in units {
            for byte in unit.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            hash = (hash ^ 0x20) &* 0x100_0000_01b3
        }
        return Int((hash ^ (hash >> 29)) & (1 << UInt64(bits) - 1))
    }
}
