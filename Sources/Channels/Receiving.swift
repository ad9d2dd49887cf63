import Basics
package import Contacts
package import Store

/// A message that came in through a channel, in our words.
package struct Incoming: Sendable {
    package let account: ChannelAccount
    /// Which of the channel's customers wrote.
    package let key: String
    package let profile: Profile
    /// The channel vouches for the sender.
    package let isVerified: Bool
    /// The sender's own id of the message; the same one twice is the same message once.
    package let client: String
    package let text: String

    package init(account: ChannelAccount, key: String, profile: Profile, isVerified: Bool, client: String, text: String) {
        (self.account, self.key, self.profile, self.isVerified) = (account, key, profile, isVerified)
        (self.client, self.text) = (client, text)
    }
}

/// Takes incoming messages; the next chapter, Conversations, implements it.
package protocol Receiving: Sendable {
    /// Returns after the message is on disk, with its place in the log.
    func receive(_ incoming: Incoming) async throws -> (conversation: Int64, number: Int64)
}

/// Finds the lasting conversation of an identity, or opens it; Conversations implements it.
package protocol ConversationOpener: Sendable {
    func conversation(
        for identity: Identity, of account: ChannelAccount, page: VisitedPage?, in transaction: any Transaction
    ) throws -> Int64
}

/// Where a visitor was when they wrote.
package struct VisitedPage: Codable, Hashable, Sendable {
    package let url: String?
    package let title: String?
    package let referrer: String?

    package init(url: String?, title: String?, referrer: String?) {
        (self.url, self.title, self.referrer) = (url, title, referrer)
    }

    /// Cut to what is worth keeping; addresses that are no web address are dropped.
    package var kept: VisitedPage {
        VisitedPage(
            url: url.flatMap(Self.webAddress), title: title.map { String($0.asOneLine.prefix(200)) },
            referrer: referrer.flatMap(Self.webAddress)
        )
    }

    private static func webAddress(_ text: String) -> String? {
        let text = text.asOneLine
        guard text.hasPrefix("https://") || text.hasPrefix("http://"), text.utf8.count <= 2000 else { return nil }
        return text
    }
}
