import Glibc

/// Wakes a thread that waits for it or for a socket.
final class Bell: Sendable {
    private let (reading, writing): (CInt, CInt)

    init() {
        var ends: [CInt] = [-1, -1]
        // Without a pipe the thread only finds out later what it is asked for.
        _ = pipe(&ends)
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        (reading, writing) = (ends[0], ends[1])
    }

    deinit { [reading, writing].forEach { close($0) } }

    /// A full pipe rings already.
    func ring() { _ = write(writing, [1], 1) }

    /// Returns when it was rung, when there is something to read from the socket, or at that moment.
    ///
    /// - Parameter socket: -1 for none.
    func wait(orFor socket: CInt = -1, until end: ContinuousClock.Instant) {
        var waited = [reading, socket].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        guard poll(&waited, 2, end.timeout) > 0 else { return }
        var rings = [UInt8](repeating: 0, count: 64)
        while read(reading, &rings, rings.count) == rings.count {}
    }
}

extension ContinuousClock.Instant {
    /// The time until then as poll() takes it: whole milliseconds, rounded up.
    var timeout: CInt {
        let (seconds, attoseconds) = (self - .now).components
        return CInt(clamping: max(0, seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
    }
}
