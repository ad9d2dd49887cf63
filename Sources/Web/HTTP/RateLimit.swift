import Basics
import Synchronization

/// A token bucket for each key: so many at once, then one more every so often.
package final class RateLimit: Sendable {
    private struct Bucket {
        var tokens: Double
        var filledAt: ContinuousClock.Instant
    }

    private let burst: Double
    private let interval: Duration
    private let now: @Sendable () -> ContinuousClock.Instant
    private let buckets = Mutex<[String: Bucket]>([:])

    package init(burst: Int, every interval: Duration, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        (self.burst, self.interval, self.now) = (Double(burst), interval, now)
    }

    /// Uses one up; says when to come back where none is left.
    package func take(_ key: String) throws(Postponed) {
        let now = now()
        let wait = buckets.withLock { buckets in
            if buckets.count > 20_000 { buckets = buckets.filter { filled($0.value, at: now) < burst } }
            var bucket = buckets[key] ?? Bucket(tokens: burst, filledAt: now)
            bucket = Bucket(tokens: filled(bucket, at: now), filledAt: now)
            let isLeft = bucket.tokens >= 1
            if isLeft { bucket.tokens -= 1 }
            buckets[key] = bucket
            return isLeft ? nil : interval * (1 - bucket.tokens)
        }
        if let wait { throw Postponed(Refusal(.tooMany, "rate.limited"), retryAfter: wait + .seconds(1)) }
    }

    private func filled(_ bucket: Bucket, at now: ContinuousClock.Instant) -> Double {
        min(burst, bucket.tokens + (now - bucket.filledAt) / interval)
    }
}

extension Route {
    /// The same route, refusing with 429 whoever asks too often: a caller by their key, everybody else by their address.
    package func limited(by limit: RateLimit) -> Route {
        var route = self
        let inner = handle
        route.handle = { call, content in
            try limit.take(call.caller?.key ?? call.remoteAddress)
            return try await inner(call, content)
        }
        return route
    }
}
