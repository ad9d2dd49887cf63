import Foundation

/// The bus of one node among several. Its own listeners are told by the publisher; a thread of its own carries hints to and
/// from the others, see ``Carrier``.
final class NodeBus: Bus {
    private let incoming: Incoming
    private let outbox = Outbox()
    private let requests = Requests()
    private let bell = Bell()
    private let stopped = DispatchSemaphore(value: 0)

    /// The first connection is made here: throws when that cannot be.
    ///
    /// - Parameters:
    ///   - name: of the thread.
    ///   - dial: makes a connection that hands letters to the incoming and rings the bell when it is lost.
    init(_ name: String, dial: @escaping @Sendable (Incoming, Bell) throws -> any Line) throws {
        let letters = Letters()
        incoming = Incoming(sender: letters.sender)
        let first = try dial(incoming, bell)
        nonisolated(unsafe) let carrier = Carrier(letters, incoming, outbox, requests, bell, first, dial: dial)
        let thread = Thread { [stopped] in
            carrier.work()
            stopped.signal()
        }
        thread.name = name
        thread.start()
    }

    deinit { stop() }

    var isLossy: Bool { true }

    func publish(_ hint: Hint) {
        guard !requests.isClosed else { return }
        incoming.listeners.deliver(hint)
        if hint.canTravel, outbox.add(hint) { bell.ring() }
    }

    func subscribe(to subject: String, deliver: @escaping @Sendable (Hint) -> Void) -> Subscription {
        incoming.listeners.add(
            to: subject, changed: { [requests, bell] in if requests.touch(subject) { bell.ring() } }, deliver: deliver)
    }

    func whenInterrupted(_ notice: @escaping @Sendable () -> Void) -> Subscription { incoming.whenInterrupted(notice) }

    var traffic: BusTraffic {
        var traffic = BusTraffic()
        (traffic.sent, traffic.dropped) = outbox.counted
        (traffic.received, traffic.interruptions) = incoming.counted
        traffic.isConnected = incoming.isConnected
        return traffic
    }

    func close() {
        stop()
        // A connection that is just being made may take longer: it is given up once it is there.
        _ = stopped.wait(timeout: .now() + 3)
        stopped.signal()
        incoming.forget()
    }

    private func stop() {
        requests.close()
        bell.ring()
    }
}
