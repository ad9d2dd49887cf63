import Basics
package import Channels
import Store
import Web

/// Puts what we say into the outbox of channels whose customers must be written to.
package struct Push: Sendable {
    private let accounts: ChannelAccountStore
    private let outbox: Outbox

    package init(accounts: ChannelAccountStore, outbox: Outbox) {
        (self.accounts, self.outbox) = (accounts, outbox)
    }

    /// In the transaction that appends the entry: either both are on disk or neither.
    func callAsFunction(_ entry: Entry, from account: ID<ChannelAccount>, in transaction: any Transaction) throws {
        let account = try accounts.account(account, in: transaction)
        guard account.channel is any RemoteChannel else { return }
        let key = try transaction.value(
            "SELECT i.key FROM conversation c JOIN identity i ON i.id = c.identity_id WHERE c.id = \(entry.conversation)",
            as: String.self
        )
        guard let key else { return }
        let outgoing = Outgoing(
            conversation: entry.conversation.rawValue, recipient: key, entry: try JSON.write(entry),
            number: entry.number, at: entry.at
        )
        try outbox.enqueue(outgoing, to: account, in: transaction)
    }
}
