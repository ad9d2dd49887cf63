import Foundation

/// A clock on the wall of one place, in whole seconds: what it shows at an instant, and at which instants it shows
/// something, which is none when it jumps forward over it and two when it is put back.
struct WallClock {
    private static let day: Int64 = 86_400
    let zone: TimeZone

    func shown(at instant: Int64) -> Int64 { instant + offset(at: instant) }

    /// The day shown, counted from 1970-01-01.
    func day(at instant: Int64) -> Int64 { shown(at: instant).quotient(by: Self.day).quotient }

    func instants(showing wall: Int64) -> [Int64] {
        Set([offset(at: wall - Self.day), offset(at: wall + Self.day)])
            .map { wall - $0 }
            .filter { shown(at: $0) == wall }
    }

    /// The instant in this span from which on the clock is ahead or behind of what it was before, if there is one.
    func shift(after start: Int64, upTo end: Int64) -> Int64? {
        let before = offset(at: start)
        guard offset(at: end) != before else { return nil }
        var (low, high) = (start, end)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if offset(at: middle) == before { low = middle } else { high = middle }
        }
        return high
    }

    private func offset(at instant: Int64) -> Int64 {
        Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(instant))))
    }
}
