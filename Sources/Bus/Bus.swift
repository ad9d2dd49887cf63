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
package protocol Bus: Sendable {
    /// Whether a hint may get lost on its way: then listeners look from time to time for what they missed.
    var isLossy: Bool { get }

    /// Never blocks and never fails: a hint that cannot be carried is dropped.
    func publish(_ hint: Hint)

    /// `deliver` is called on the publisher's thread and must return at once.
    func subscribe(to subject: String, deliver: @escaping @Sendable (Hint) -> Void) -> Subscription
}

/// Listening, until cancelled.
package struct Subscription: Sendable {
    package let cancel: @Sendable () -> Void

    package init(cancel: @escaping @Sendable () -> Void) { self.cancel = cancel }
}
