package import Basics
package import Bus
package import Contacts
package import Logging
package import Organization
package import Store
import Web

/// The ways in and out. The parts stand alone, so that Conversations can be built on them; ``feature(opener:receiving:sender:)``
/// then closes the circle.
package struct Channels: Sendable {
    package let accounts: ChannelAccountStore
    package let outbox: Outbox
    package let attachments: Attachments
    package let tokens: VisitorTokens
    let database: any Database
    let surroundings: Surroundings
    let contacts: ContactStore
    let secrets: ChannelSecrets
    let audit: Audit
    let logger: Logger

    /// - Parameter files: where attachments are kept.
    package init(
        database: any Database, surroundings: Surroundings, bus: any Bus, sealer: Sealer, contacts: ContactStore, audit: Audit,
        files: any AttachmentKeeping, logger: Logger
    ) {
        (self.database, self.surroundings, self.contacts) = (database, surroundings, contacts)
        (self.audit, self.logger) = (audit, logger)
        accounts = ChannelAccountStore(database: database, bus: bus)
        outbox = Outbox(surroundings: surroundings, bus: bus)
        attachments = Attachments(database: database, surroundings: surroundings, files: files)
        tokens = VisitorTokens(sealer: sealer)
        secrets = ChannelSecrets(sealer: sealer, surroundings: surroundings)
    }

    /// Everything this chapter adds to the product.
    package func feature(opener: any ConversationOpener, receiving: any Receiving, sender: any WebhookSender) -> Feature {
        let webChat = WebChatAPI(
            database: database, surroundings: surroundings, accounts: accounts, contacts: contacts, secrets: secrets,
            tokens: tokens, opener: opener
        )
        let channels = ChannelAPI(
            database: database, surroundings: surroundings, accounts: accounts, secrets: secrets, audit: audit
        )
        var feature = Feature(name: "channels")
        feature.migrations = ChannelTables.migrations
        feature.routes =
            channels.routes + webChat.routes + InboundAPI(accounts: accounts, receiving: receiving).routes + attachments.routes
            + DeliveryAPI(database: database, surroundings: surroundings, outbox: outbox, audit: audit).routes
        feature.permissions = ["channel.edit": .adminsUp]
        feature.authenticators = [
            VisitorAuthenticator(tokens: tokens, accounts: accounts, now: surroundings.now),
            InboundAuthenticator(accounts: accounts),
        ]
        feature.workers = [
            Worker("channels.deliveries", .oneNode, run: deliveries(through: sender).run),
            Worker(
                "channels.housekeeping", .oneNode,
                run: Housekeeping(attachments: attachments, database: database, surroundings: surroundings, logger: logger).run),
        ]
        return feature
    }

    func deliveries(through sender: any WebhookSender) -> Deliveries {
        Deliveries(
            database: database, outbox: outbox, accounts: accounts, secrets: secrets, sender: sender, surroundings: surroundings,
            logger: logger
        )
    }
}
