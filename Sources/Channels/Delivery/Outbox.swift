package import Basics
package import Bus
package import Organization
package import Store

/// An entry for a customer, before any channel has put it into its own words.
package struct Outgoing: Sendable {
    package let conversation: Int64
    /// The identity's key at the channel.
    package let recipient: String
    /// The entry as customers see it, JSON.
    package let entry: [UInt8]
    /// The place of the entry in its conversation.
    package let number: Int64
    package let at: Timestamp

    package init(conversation: Int64, recipient: String, entry: [UInt8], number: Int64 = 0, at: Timestamp) {
        (self.conversation, self.recipient, self.entry) = (conversation, recipient, entry)
        (self.number, self.at) = (number, at)
    }
}

/// One thing to bring to another system: a row of the outbox.
package struct Delivery: Codable, Hashable, Sendable {
    package enum State: String, Codable, Hashable, Sendable, SQLConvertible, LosslessStringConvertible {
        case waiting, sending, done
        /// Given up; a person can replay it.
        case dead

        package init?(_ description: String) { self.init(rawValue: description) }
        package var description: String { rawValue }
    }

    package let id: ID<Delivery>
    package let workspaceId: ID<Workspace>
    package let accountId: ID<ChannelAccount>
    package let conversationId: Int64
    /// The order within the conversation. Ids do not tell it: the clocks of two nodes differ.
    package let number: Int64
    package let recipient: String
    /// The same for every attempt, so that the receiver can tell a repetition.
    package let webhookId: String
    /// JSON, as the receiver gets it.
    package let payload: String
    package var state: State
    /// When the next attempt may start.
    package var dueAt: Timestamp
    /// How many attempts have failed.
    package var attempts: Int
    package var lastError: String?
    package let createdAt: Timestamp
}

/// Takes what must leave the house, in the transaction that caused it: either both are on disk or neither.
package struct Outbox: Sendable {
    /// On the bus: there is something new to do.
    private static let filled = "channels.outbox"

    let surroundings: Surroundings
    /// Rung when there is something to do, whichever node it came from.
    let bell = Bell()
    private let bus: any Bus
    private let store = DeliveryStore()

    package init(surroundings: Surroundings, bus: any Bus) {
        (self.surroundings, self.bus) = (surroundings, bus)
        _ = bus.subscribe(to: Self.filled) { [bell] _ in bell.ring() }
    }

    /// Does nothing on channels whose customers fetch entries themselves.
    package func enqueue(_ outgoing: Outgoing, to account: ChannelAccount, in transaction: any Transaction) throws {
        guard let channel = account.channel as? any RemoteChannel else { return }
        let now = surroundings.now()
        let delivery = Delivery(
            id: surroundings.makeID(), workspaceId: account.workspaceId, accountId: account.id,
            conversationId: outgoing.conversation, number: outgoing.number, recipient: outgoing.recipient,
            webhookId: "msg_" + surroundings.makeToken(bytes: 16),
            payload: String(decoding: try channel.compose(outgoing), as: UTF8.self), state: .waiting,
            dueAt: now, attempts: 0, lastError: nil, createdAt: now
        )
        try store.insert(delivery, in: transaction)
        announceWork(after: transaction)
    }

    /// Wakes whoever delivers, on this node or another.
    func announceWork(after transaction: any Transaction) {
        transaction.afterCommit { [bus] in bus.publish(Hint(subject: Self.filled, payload: [])) }
    }
}
