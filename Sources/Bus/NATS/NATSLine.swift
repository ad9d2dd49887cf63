import Foundation

/// A connection of the library, which reads and calls back on threads of its own. Connecting again is ours, so that it never
/// ends, whatever the library thinks of the reason.
final class NATSLine: Line {
    /// What may wait for our callback, of one subject.
    private static let pending: (messages: CInt, bytes: CInt) = (8192, 8 << 20)

    /// Half the work of sending each hint by itself when there are many.
    let pace = Duration.milliseconds(1)
    let socket: CInt = -1
    let largest: Int
    let noticeBoard: String

    private let library: LibNATS
    private let dialling: NATSDialling
    private let prefix: String
    private let context: LibNATS.Context
    private var connection: LibNATS.Connection?
    private var subscriptions: [String: LibNATS.Subscription] = [:]
    /// Cancelled, and not yet destroyed: version 3.4 may be about to hand a message to one that it has just found, and ends the
    /// process when that is gone (https://github.com/nats-io/nats.c/issues/637).
    private var cancelled: [(subscription: LibNATS.Subscription, at: ContinuousClock.Instant)] = []
    /// Far longer than from the finding to the handing over.
    private static let afterlife = Duration.seconds(5)

    init(_ address: NATSBus.Address, _ inbox: NATSInbox) throws(BusError) {
        library = try LibNATS.shared.get()
        (prefix, context) = (address.prefix, inbox.context())
        noticeBoard = prefix + ".lost"
        dialling = NATSDialling(library, address)
        connection = try dialling.connection(context)
        guard let connection else { throw .unreachable("out of memory") }
        // A message may be far smaller than the largest hint.
        largest = Int(min(library.maxPayload(connection), 1 << 20))
        do {
            subscriptions[noticeBoard] = try subscription(to: noticeBoard)
            try succeed(library.publish(connection, self.address(of: "rights"), nil, 0))
            try dialling.check(connection)
        } catch {
            close()
            throw error
        }
    }

    deinit { close() }

    /// How long a server that does not answer may hold up the closing, in milliseconds.
    private static let farewell: Int64 = 1_000

    /// What was sent must have arrived: a socket that is closed with something unread in it takes back what the server has not read.
    /// The connection goes before its subscriptions: then nothing reads any more.
    func close() {
        if let connection { _ = library.flushTimeout(connection, Self.farewell) }
        library.destroyConnection(connection)
        connection = nil
        (subscriptions.values + cancelled.map(\.subscription)).forEach { library.destroySubscription($0) }
        (subscriptions, cancelled) = ([:], [])
    }

    func address(of subject: String) -> String { "\(prefix).hints.\(subject)" }

    func listen(to added: [String], ignore removed: [String]) throws {
        for name in removed.map(address) { subscriptions.removeValue(forKey: name).map(cancel) }
        for name in added.map(address) { subscriptions[name] = try subscription(to: name) }
        try check()
    }

    private func cancel(_ subscription: LibNATS.Subscription) {
        // It fails only where the connection is gone, and everything with it.
        _ = library.unsubscribe(subscription)
        cancelled.append((subscription, .now))
    }

    private func subscription(to name: String) throws(BusError) -> LibNATS.Subscription {
        var subscription: LibNATS.Subscription?
        guard let connection else { throw .unreachable("closed") }
        try succeed(library.subscribe(&subscription, connection, name, NATSInbox.take, context))
        guard let subscription else { throw .unreachable("out of memory") }
        try succeed(library.setPendingLimits(subscription, Self.pending.messages, Self.pending.bytes))
        return subscription
    }

    func send(_ letters: [(address: String, bytes: [UInt8])]) throws {
        guard let connection else { throw BusError.unreachable("closed") }
        for letter in letters {
            try succeed(library.publish(connection, letter.address, letter.bytes, CInt(letter.bytes.count)))
        }
    }

    /// Messages come by ``NATSInbox``.
    func receive() throws {
        guard let connection, !library.isClosed(connection) else { throw BusError.unreachable("NATS closed the connection") }
    }

    func check() throws {
        guard let connection else { throw BusError.unreachable("closed") }
        try dialling.check(connection)
        let over = cancelled.prefix { .now - $0.at > Self.afterlife }
        over.forEach { library.destroySubscription($0.subscription) }
        cancelled.removeFirst(over.count)
    }

    private func succeed(_ status: LibNATS.Status) throws(BusError) {
        if status != 0 { throw .unreachable("NATS: " + String(cString: library.statusText(status))) }
    }
}
