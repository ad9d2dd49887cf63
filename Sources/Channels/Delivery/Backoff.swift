import Basics

/// How long to wait before the next attempt: 5 seconds, doubled each time, a fifth more or less; after 15 failures, spread over
/// most of a day, it is given up.
enum Backoff {
    static let attempts = 15

    /// - Parameter chance: 0 to 255, so that receivers that failed together are not tried again together.
    static func pause(after failures: Int, chance: UInt8) -> Duration? {
        guard failures < attempts else { return nil }
        let milliseconds = 5000 << (failures - 1)
        return .milliseconds(milliseconds * (800 + Int(chance) * 400 / 255) / 1000)
    }
}
