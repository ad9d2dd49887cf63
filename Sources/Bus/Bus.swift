/// A hint that something changed. The database is the truth: losing a hint costs one read, never a message.
package struct Hint: Sendable {
    /// Whom it concerns, e.g. `conversation.42`.
    package let subject: String
    /// The number of what changed within the subject, 0 where nothing is numbered.
    package let number: Int64
    /// The change itself, ready to send, so that most listeners need no read.
    package let payload: [UInt8]

    package init(subject: String, number: Int64 = 0, payload: [UInt8]) {
        (self.subject, self.number, self.payload) = (subject, number, payload)
    }
}

/// Carries hints to listeners on this node and on others; at most once, in order per publisher and subject.
///
/// Listeners on the publisher's own node are told at once. To other nodes go hints whose subject is words of letters, digits,
/// `_` and `-`, joined by dots; they come a little later, and one published while a subscription is on its way may be missed.
package protocol Bus: Sendable {
    /// Whether a hint may get lost on its way: then listeners look from time to time for what they missed.
    var isLossy: Bool { get }

    /// Never blocks and never fails: a hint that cannot be carried is dropped.
    func publish(_ hint: Hint)

    /// `deliver` is called on the publisher's thread, or on one of the bus, and must return at once. After the cancelling
    /// no delivery begins.
    func subscribe(to subject: String, deliver: @escaping @Sendable (Hint) -> Void) -> Subscription

    /// Calls `notice` whenever hints of other nodes may have been lost, once subscriptions are in force again: who must miss
    /// nothing reads the database then. It must return at once.
    func whenInterrupted(_ notice: @escaping @Sendable () -> Void) -> Subscription

    /// What went over the bus so far.
    var traffic: BusTraffic { get }

    /// Sends what waits, if that is possible at once, and then neither carries nor tells anything.
    func close()
}

extension Bus {
    package var isLossy: Bool { false }
    /// Within one node nothing is lost.
    package func whenInterrupted(_ notice: @escaping @Sendable () -> Void) -> Subscription { Subscription {} }
    package var traffic: BusTraffic { BusTraffic() }
    package func close() {}
}

/// Listening, until cancelled.
package struct Subscription: Sendable {
    package let cancel: @Sendable () -> Void

    package init(cancel: @escaping @Sendable () -> Void) { self.cancel = cancel }
}

/// Hints counted between this node and the others.
package struct BusTraffic: Sendable {
    /// Handed to the carrier.
    package var sent = 0
    /// Come from other nodes, wanted here or not.
    package var received = 0
    /// Not sent: too many or too large, or the connection was lost under them.
    package var dropped = 0
    /// How often hints may have been lost.
    package var interruptions = 0
    /// Whether hints flow just now.
    package var isConnected = true

    package init() {}
}
