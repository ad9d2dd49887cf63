package import Basics

/// What a channel can carry and tell. Ask what it can do, never what it is.
package struct Capabilities: OptionSet, Hashable, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let images = Self(rawValue: 1 << 0)
    package static let files = Self(rawValue: 1 << 1)
    package static let voice = Self(rawValue: 1 << 2)
    /// Shows that somebody is writing, both ways.
    package static let typing = Self(rawValue: 1 << 3)
    /// Tells what was delivered and read.
    package static let receipts = Self(rawValue: 1 << 4)
    /// Shows choices that are answered with one tap.
    package static let choices = Self(rawValue: 1 << 5)
    /// Asks for a rating with stars.
    package static let ratings = Self(rawValue: 1 << 6)
    /// The customer's client fetches entries itself over a live connection; nothing needs to be pushed.
    package static let live = Self(rawValue: 1 << 7)
}

/// A way customers reach the company.
package protocol Channel: Sendable {
    var kind: String { get }
    var capabilities: Capabilities { get }
}

/// A channel whose customers are reached through another system: it translates in both directions and performs no input
/// or output. Delivery, order and retries are ``Outbox`` and ``Deliveries``.
package protocol RemoteChannel: Channel {
    /// What the other system sends us.
    associatedtype Received: Codable & Sendable

    func read(_ received: Received, to account: ChannelAccount) throws(Refusal) -> [Incoming]

    /// The body to send to the account's webhook.
    func compose(_ outgoing: Outgoing) throws(Refusal) -> [UInt8]
}

extension Channel {
    package func can(_ capability: Capabilities) -> Bool { capabilities.contains(capability) }
}

/// The channels we speak. Adding one is a folder and a line here.
package enum ChannelKinds {
    package static let all: [any Channel] = [WebChat(), APIChannel()]

    package static func named(_ kind: String) throws(Refusal) -> any Channel {
        guard let channel = all.first(where: { $0.kind == kind }) else { throw Refusal(.invalid, "channel.kind") }
        return channel
    }
}

extension ChannelAccount {
    /// The channel that this account is connected to.
    package var channel: any Channel {
        // Accounts are checked when they are made, and kinds are never taken away.
        ChannelKinds.all.first { $0.kind == kind }!
    }
}
