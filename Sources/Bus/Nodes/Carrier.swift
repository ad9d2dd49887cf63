import Logging

/// The work of a bus's thread: sends what waits, listens to what is wanted, and makes a new connection whenever one is lost,
/// for ever.
final class Carrier {
    /// A connection on which nothing is said is asked this often whether it is there.
    private static let checking = Duration.seconds(5)
    private static let (shortestPause, longestPause) = (Duration.milliseconds(100), Duration.seconds(5))
    /// Parcels are not made larger by adding to them.
    private static let fullParcel = 64 << 10

    private var letters: Letters
    private let incoming: Incoming
    private let outbox: Outbox
    private let requests: Requests
    private let bell: Bell
    private var line: (any Line)?
    private let dial: (Incoming, Bell) throws -> any Line
    /// What the connection listens to.
    private var heard: Set<String> = []

    init(
        _ letters: Letters, _ incoming: Incoming, _ outbox: Outbox, _ requests: Requests, _ bell: Bell, _ first: any Line,
        dial: @escaping (Incoming, Bell) throws -> any Line
    ) {
        (self.letters, self.incoming, self.outbox, self.requests) = (letters, incoming, outbox, requests)
        (self.bell, self.line, self.dial) = (bell, first, dial)
    }

    /// Returns once the bus is closed.
    func work() {
        var pause = Duration.zero
        while true {
            do {
                let live = try line ?? dial(incoming, bell)
                defer { live.close() }
                try begin(on: live, isFirst: line != nil)
                incoming.isConnected = true
                pause = .zero
                line = nil
                return try carry(on: live)
            } catch {
                if pause == .zero { report(error) }
                line = nil
                incoming.isConnected = false
                pause = min(max(pause * 2, Self.shortestPause), Self.longestPause)
                guard rest(pause * .random(in: 0.5...1)) else { return outbox.lost(0) }
            }
        }
    }

    private func report(_ error: any Error) {
        let reason = (error as? BusError)?.reason ?? "\(error)"
        log.warning("hints between nodes wait for a connection", metadata: ["reason": "\(reason)"])
    }

    /// Whether the bus is still open afterwards.
    private func rest(_ pause: Duration) -> Bool {
        let end = ContinuousClock.now + pause
        while !requests.isClosed, .now < end { bell.wait(until: end) }
        return !requests.isClosed
    }

    private func begin(on line: any Line, isFirst: Bool) throws {
        _ = requests.takeTouched()
        heard = Set(incoming.listeners.subjects)
        try line.listen(to: Array(heard), ignore: [])
        guard !isFirst else { return }
        log.notice("hints between nodes flow again")
        // Only now: whoever reads the database after this misses nothing.
        incoming.interrupted()
    }

    private func carry(on line: any Line) throws {
        var (nextSending, nextCheck) = (ContinuousClock.now, ContinuousClock.now + Self.checking)
        while true {
            bell.wait(orFor: line.socket, until: outbox.isEmpty ? nextCheck : min(nextSending, nextCheck))
            try line.receive()
            try listen(on: line)
            if requests.isClosed { return try sendAll(on: line) }
            if .now >= nextSending, try send(on: line) { nextSending = .now + line.pace }
            if .now >= nextCheck {
                try line.check()
                nextCheck = .now + Self.checking
            }
        }
    }

    private func listen(on line: any Line) throws {
        let touched = requests.takeTouched()
        guard !touched.isEmpty else { return }
        let wanted = touched.filter(incoming.listeners.contain)
        let (added, removed) = (wanted.subtracting(heard), touched.subtracting(wanted).intersection(heard))
        guard !added.isEmpty || !removed.isEmpty else { return }
        try line.listen(to: Array(added), ignore: Array(removed))
        heard = heard.union(added).subtracting(removed)
    }

    private func sendAll(on line: any Line) throws { while try send(on: line) {} }

    /// Whether there was anything to send.
    private func send(on line: any Line) throws -> Bool {
        let (hints, owesNotice) = (outbox.take(), outbox.takeNotice())
        guard !hints.isEmpty || owesNotice else { return false }
        do {
            // An empty parcel says that hints were dropped.
            let notice = owesNotice ? letters.cut([], size: line.largest).map { (line.noticeBoard, $0) } : []
            try line.send(written(hints, for: line) + notice)
        } catch {
            // It is not known which arrived, and none may arrive twice.
            outbox.lost(hints.count)
            throw error
        }
        outbox.sent(hints.count)
        return true
    }

    /// The letters of the hints: what goes to the same address travels together, in order.
    private func written(_ hints: [Hint], for line: any Line) -> [(address: String, bytes: [UInt8])] {
        var written: [(String, [UInt8])] = []
        var (parcels, order): ([String: Parcel], [String]) = ([:], [])
        func close(_ address: String) {
            guard let parcel = parcels.removeValue(forKey: address) else { return }
            written += letters.cut(parcel.bytes, size: line.largest).map { (address, $0) }
        }
        for hint in hints {
            let address = line.address(of: hint.subject)
            if parcels[address].map({ $0.bytes.count + hint.payload.count > Self.fullParcel }) == true { close(address) }
            if parcels[address] == nil { order.append(address) }
            parcels[address, default: Parcel()].add(hint)
        }
        order.forEach(close)
        return written
    }
}
