package import Basics
import Synchronization

/// A clock that stands still until a test moves it.
package final class VirtualClock: Sendable {
    private let time: Mutex<Timestamp>

    /// Starts on 2026-03-02, a Monday, at 10:00 in Shanghai.
    package init(at time: Timestamp = Timestamp(milliseconds: 1_772_416_800_000)) { self.time = Mutex(time) }

    package var now: Timestamp { time.withLock { $0 } }
    package func advance(by span: Duration) { time.withLock { $0 = $0 + span } }
    package func set(_ now: Timestamp) { time.withLock { $0 = now } }
}

extension Surroundings {
    /// The clock a test holds, and random numbers that are the same in every run with the same seed.
    package static func fixed(_ clock: VirtualClock = VirtualClock(), seed: UInt64 = 1) -> Self {
        let generator = SharedGenerator(seed: seed)
        return Self(now: { clock.now }, randomBytes: { generator.bytes($0) })
    }
}

private final class SharedGenerator: Sendable {
    private let generator: Mutex<SeededGenerator>

    init(seed: UInt64) { generator = Mutex(SeededGenerator(seed: seed)) }

    func bytes(_ count: Int) -> [UInt8] {
        generator.withLock { generator in
            (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        }
    }
}

/// SplitMix64: small, and the same everywhere.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
