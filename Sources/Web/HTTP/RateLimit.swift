import Basics
import Synchronization

/// A token bucket for each key: so many at once, then one more every so often.
package final class RateLimit: Sendable {
    private struct Bucket {
        var tokens: Double
        var filledAt: ContinuousClock.Instant
    }

    private struct State {
        var buckets: [String: Bucket] = [:]
        /// Full ones are forgotten when there are more than this; it moves, so that looking through them all stays rare.
        var most = 20_000
    }

    private let burst: Double
    private let interval: Duration
    private let now: @Sendable () -> ContinuousClock.Instant
    private let state = Mutex(State())

    package init(burst: Int, every interval: Duration, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        (self.burst, self.interval, self.now) = (Double(burst), interval, now)
    }

    /// Uses one up; says when to come back where none is left.
    package func take(_ key: String) throws(Postponed) {
        let now = now()
        let wait = state.withLock { state in
            if state.buckets.count > state.most {
                state.buckets = state.buckets.filter { filled($0.value, at: now) < burst }
                state.most = max(20_000, 2 * state.buckets.count)
            }
            var bucket = state.buckets[key] ?? Bucket(tokens: burst, filledAt: now)
            bucket = Bucket(tokens: filled(bucket, at: now), filledAt: now)
            let isLeft = bucket.tokens >= 1
            if isLeft { bucket.tokens -= 1 }
            state.buckets[key] = bucket
            return isLeft ? nil : interval * (1 - bucket.tokens)
        }
        if let wait { throw Postponed(Refusal(.tooMany, "rate.limited"), retryAfter: wait + .seconds(1)) }
    }

    private func filled(_ bucket: Bucket, at now: ContinuousClock.Instant) -> Double {
        min(burst, bucket.tokens + (now - bucket.filledAt) / interval)
    }
}
