/// Leaves an endpoint alone that fails again and again, so that customers do not wait for it one after another.
///
/// After three failures in a row it rests for 30 s, then one call may try; each further failure doubles the rest, up to ten minutes.
struct Breaker: Hashable, Sendable {
    static let failuresAllowed = 3
    static let firstRest = Duration.seconds(30)
    static let longestRest = Duration.seconds(600)

    private var failures = 0
    private var restsUntil: Duration?
    private var isTrying = false

    init() {}

    /// Nil when it may be asked, otherwise how long it still rests. Times are those of `Surroundings.uptime`.
    mutating func rest(at now: Duration) -> Duration? {
        guard let restsUntil else { return nil }
        if now < restsUntil { return restsUntil - now }
        if isTrying { return .seconds(1) }
        isTrying = true
        return nil
    }

    func isResting(at now: Duration) -> Bool { restsUntil.map { now < $0 } ?? false }

    mutating func succeed() { self = Breaker() }

    mutating func fail(at now: Duration) {
        failures += 1
        isTrying = false
        guard failures >= Self.failuresAllowed else { return }
        let doublings = min(failures - Self.failuresAllowed, 10)
        restsUntil = now + min(Self.firstRest * (1 << doublings), Self.longestRest)
    }

    /// The call was given up before it said anything about the endpoint.
    mutating func abandon() { isTrying = false }
}
