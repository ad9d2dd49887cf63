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

    func close() {
        subscriptions.values.forEach { library.destroySubscription($0) }
        subscriptions = [:]
        library.destroyConnection(connection)
        connection = nil
    }

    func address(of subject: String) -> String { "\(prefix).hints.\(subject)" }

    func listen(to added: [String], ignore removed: [String]) throws {
        for name in removed.map(address) { library.destroySubscription(subscriptions.removeValue(forKey: name)) }
        for name in added.map(address) { subscriptions[name] = try subscription(to: name) }
        try check()
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
    }

    private func succeed(_ status: LibNATS.Status) throws(BusError) {
        if status != 0 { throw .unreachable("NATS: " + String(cString: library.statusText(status))) }
    }
}
