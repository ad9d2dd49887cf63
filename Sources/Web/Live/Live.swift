import Basics
import HTTPTypes
import Logging
import Synchronization

/// What all live connections of a server share.
final class Live: Sendable {
    /// In seconds.
    struct Timing: Sendable {
        /// How long a connection may take to say who it is.
        var hello = 10
        /// After how much silence the other end is asked whether it is there.
        var silence = 20
        /// How long it may take to say anything then: half-open connections are found within 25 seconds.
        var answer = 5
        /// How long a connection may take to end properly.
        var goodbye = 5
        /// Clients told to reconnect spread over this time.
        var spread = 5
    }

    static let largestFrame = 64 * 1024
    static let largestQueue = 256 * 1024

    let gate: any Gate
    let commands: Commands
    let timing: Timing
    let logger: Logger
    private let numbers = Atomic<Int>(0)
    private let open = Atomic<Int>(0)

    init(gate: any Gate, commands: Commands, timing: Timing, logger: Logger) {
        (self.gate, self.commands, self.timing, self.logger) = (gate, commands, timing, logger)
    }

    func nextNumber() -> Int { numbers.add(1, ordering: .relaxed).newValue }

    var count: Int { open.load(ordering: .relaxed) }
    func opened() { open.add(1, ordering: .relaxed) }
    func closed() { open.subtract(1, ordering: .relaxed) }

    func reconnect() -> Frame {
        .reconnect(after: .milliseconds(Int64.random(in: 200...max(200, Int64(timing.spread) * 1000))))
    }
}
