import Basics
import Synchronization
import Web

/// How many failed tries one address or one e-mail has in a span of time. Attempts under way count as failed until
/// they succeed, so that many at once are no way around.
final class AttemptLimit: Sendable {
    private let most: Int
    private let span: Duration
    private let attempts = Mutex<[String: [Timestamp]]>([:])

    init(most: Int = 10, within span: Duration = .seconds(300)) { (self.most, self.span) = (most, span) }

    /// Counts one attempt under every key, or refuses it when one of them has none left.
    func admit(_ keys: [String], at now: Timestamp) throws(Postponed) {
        let wait = attempts.withLock { attempts -> Duration? in
            if attempts.count > 10_000 { attempts = attempts.filter { !recent($0.value, at: now).isEmpty } }
            for key in keys { attempts[key] = recent(attempts[key] ?? [], at: now) }
            if let full = keys.first(where: { attempts[$0]!.count >= most }) { return attempts[full]![0] + span - now }
            for key in keys { attempts[key]!.append(now) }
            return nil
        }
        if let wait { throw Postponed(Refusal(.tooMany, "sign-in.too-many"), retryAfter: wait) }
    }

    /// Takes back an attempt that succeeded: thirty colleagues behind one address may all sign in.
    func forgive(_ keys: [String], at time: Timestamp) {
        attempts.withLock { attempts in
            for key in keys {
                if let index = attempts[key]?.firstIndex(of: time) { attempts[key]!.remove(at: index) }
            }
        }
    }

    private func recent(_ times: [Timestamp], at now: Timestamp) -> [Timestamp] { times.filter { now - $0 < span } }
}
