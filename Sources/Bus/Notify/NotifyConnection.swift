import Glibc
import LibPQ

/// libpq without blocking, so that a server that says nothing any more is given up after a while.
final class NotifyConnection {
    /// An answer that takes longer does not come.
    private static let patience = Duration.seconds(5)
    /// Used where the address says nothing else.
    private static let defaults = [
        ("connect_timeout", "5"), ("fallback_application_name", "nightdesk"), ("keepalives_idle", "10"),
    ]

    private let library: LibPQ
    private var connection: LibPQ.Connection?

    init(_ address: String) throws(BusError) {
        do { library = try LibPQ.shared.get() } catch { throw .missing(error.reason) }
        connection = library.connect(Self.defaults + [("dbname", address)])
        guard let connection else { throw .unreachable("out of memory") }
        _ = library.setNoticeProcessor(connection, { _, _ in }, nil)
        guard library.status(connection) == 0, library.setNonBlocking(connection, 1) == 0 else {
            defer { close() }
            throw lost()
        }
    }

    deinit { close() }

    func close() {
        if let connection { library.finish(connection) }
        connection = nil
    }

    var socket: CInt { connection.map { library.socket($0) } ?? -1 }

    /// Runs the statements, as one transaction if they are several; gives the first value of the last.
    @discardableResult
    func run(_ statements: String) throws(BusError) -> String? {
        guard let connection, library.sendQuery(connection, statements) == 1 else { throw lost() }
        let end = ContinuousClock.now + Self.patience
        while library.flush(connection) == 1 { try waitForServer(POLLIN | POLLOUT, until: end) }
        var answer: String?
        while true {
            while library.isBusy(connection) == 1 { try waitForServer(POLLIN, until: end) }
            guard let result = library.getResult(connection) else { return answer }
            defer { library.clear(result) }
            guard [0, 1, 2].contains(library.resultStatus(result)) else { throw lost() }
            answer = library.rowCount(result) > 0 ? String(cString: library.value(result, 0, 0)) : nil
        }
    }

    private func waitForServer(_ events: CInt, until end: ContinuousClock.Instant) throws(BusError) {
        var waited = pollfd(fd: socket, events: Int16(events), revents: 0)
        let count = poll(&waited, 1, end.timeout)
        guard count != 0, let connection, library.consumeInput(connection) == 1 else {
            throw count == 0 ? .unreachable("PostgreSQL does not answer") : lost()
        }
    }

    /// The payloads that have come, without waiting.
    func notifications() throws(BusError) -> [String] {
        guard let connection, library.consumeInput(connection) == 1 else { throw lost() }
        var payloads: [String] = []
        while let found = library.notifies(connection) {
            payloads.append(String(cString: found.assumingMemoryBound(to: LibPQ.Notification.self).pointee.payload))
            library.freeMemory(found)
        }
        return payloads
    }

    private func lost() -> BusError {
        let message = connection.map { String(cString: library.errorMessage($0)) } ?? ""
        return .unreachable(message.split(whereSeparator: \.isNewline).joined(separator: "; "))
    }
}
