import Foundation
import Synchronization

/// What comes in from outside: time, randomness and fresh ids. Rules never ask the system themselves,
/// so that they run the same under a virtual clock with a seed.
package struct Surroundings: Sendable {
    /// The wall clock.
    package let now: @Sendable () -> Timestamp
    /// Unpredictable bytes, as many as asked for.
    package let randomBytes: @Sendable (_ count: Int) -> [UInt8]
    /// How much time has passed since some moment: never goes back, however the wall clock is set.
    package let uptime: @Sendable () -> Duration
    /// Waits; throws when the task is cancelled meanwhile.
    package let sleep: @Sendable (_ span: Duration) async throws -> Void
    private let sequence: IDSequence

    package init(
        now: @escaping @Sendable () -> Timestamp,
        randomBytes: @escaping @Sendable (_ count: Int) -> [UInt8],
        uptime: @escaping @Sendable () -> Duration = { [begun = ContinuousClock.now] in .now - begun },
        sleep: @escaping @Sendable (_ span: Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        (self.now, self.randomBytes, self.uptime, self.sleep) = (now, randomBytes, uptime, sleep)
        sequence = IDSequence()
    }

    /// Says which node of a cluster this is, 0 to 63, so that ids made at the same moment differ; 0 until then.
    package func become(node: Int64) { sequence.become(node: node) }

    /// A new id, larger than every id made here before.
    package func makeID<Owner>(_ owner: Owner.Type = Owner.self) -> ID<Owner> {
        ID(rawValue: sequence.next(at: now()))
    }

    /// A new id that is also larger than this one, which another node, or a clock that went wrong, may have made.
    package func makeID<Owner>(after earlier: ID<Owner>?) -> ID<Owner> {
        sequence.pass(earlier?.rawValue ?? 0)
        return makeID()
    }

    /// `count` random bytes in lower-case hexadecimal: for links and tokens that must not be guessed.
    package func makeToken(bytes count: Int = 32) -> String { randomBytes(count).hexadecimal }
}

extension Surroundings {
    /// The machine's clock and the system's random numbers.
    package static func system() -> Self {
        Self(
            now: {
                var time = timespec()
                clock_gettime(CLOCK_REALTIME, &time)
                return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
            },
            randomBytes: { count in
                var generator = SystemRandomNumberGenerator()
                return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            }
        )
    }
}

extension ID {
    /// The smallest id that any node could have made at this time, by its own clock.
    package init(at time: Timestamp) { self.init(rawValue: max(time.milliseconds - IDSequence.epoch, 0) << 22) }
}

/// Milliseconds since 2025 (41 bits), node (6 bits), counter within the millisecond (16 bits).
private final class IDSequence: Sendable {
    fileprivate static let epoch: Int64 = 1_735_689_600_000
    private let last = Mutex<(node: Int64, millisecond: Int64, counter: Int64)>((0, 0, 0))

    func become(node: Int64) { last.withLock { $0.node = node & 63 } }

    /// Makes only ids larger than this one from now on.
    func pass(_ id: Int64) {
        last.withLock { last in
            guard last.millisecond <= id >> 22 else { return }
            (last.millisecond, last.counter) = (id >> 22 + 1, -1)
        }
    }

    func next(at now: Timestamp) -> Int64 {
        last.withLock { last in
            let millisecond = max(now.milliseconds - Self.epoch, last.millisecond)
            last.counter = millisecond == last.millisecond ? last.counter + 1 : 0
            last.millisecond = millisecond
            if last.counter == 65536 { (last.millisecond, last.counter) = (millisecond + 1, 0) }
            return last.millisecond << 22 | last.node << 16 | last.counter
        }
    }
}
