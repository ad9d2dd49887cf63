import Basics
import Contacts
import HTTPTypes
import Organization
import Store
package import Web

/// The routes of a site's visitors.
package struct WebChatAPI: Sendable {
    let database: any Database
    let surroundings: Surroundings
    let accounts: ChannelAccountStore
    let contacts: ContactStore
    let secrets: ChannelSecrets
    let tokens: VisitorTokens
    let opener: any ConversationOpener

    var routes: [Route] {
        [
            Route(
                .get, "/api/sites/{key}",
                access: .open(because: "the launcher of a public site reads it before anybody is known"),
                summary: "How the chat of a site looks and greets.", takes: Nothing.self, gives: Site.self
            ) { call, _ in Site(try await site(call.parameter("key"))) }
        ]
            + [
                Route(
                    .post, "/api/visitors", access: .open(because: "this is how a visitor becomes known"),
                    summary:
                        "Makes a visitor's token, or renews it: who brings an earlier one, or a signed identity, goes on where they were.",
                    takes: Arriving.self, gives: Arrived.self
                ) { _, arriving in try await welcome(arriving) }
            ].rated(.arrivals)
    }

    package struct Site: Codable, Sendable {
        let key: String
        let name: String
        let locale: String
        let colour: String
        let greeting: Greeting
        let position: Appearance.Position
        let allowedOrigins: [String]

        package init(_ account: ChannelAccount) {
            (key, name, locale) = (account.key, account.name, account.locale)
            (colour, greeting) = (account.appearance.colour, account.appearance.greeting)
            (position, allowedOrigins) = (account.appearance.position, account.allowedOrigins.list)
        }
    }

    struct Arriving: Codable, Sendable {
        let site: String
        /// An earlier token.
        let token: String?
        let identity: SignedIdentity?
        let page: VisitedPage?
        let locale: String?

        func profile(otherwise locale: String) throws(Refusal) -> Profile {
            try Profile(name: identity?.name, email: identity?.email, locale: self.locale ?? locale)
        }
    }

    struct Arrived: Codable, Sendable {
        let token: String
        let expires: Timestamp
        let conversation: String
        let contact: ID<Contact>
    }

    private func site(_ key: String) async throws -> ChannelAccount {
        guard let account = try await accounts.account(key: key), account.channel.can(.live) else {
            throw Refusal(.notFound, "site.unknown")
        }
        return account
    }

    private func welcome(_ arriving: Arriving) async throws -> Arrived {
        let account = try await site(arriving.site)
        try arriving.identity?.check(against: secrets.identity(of: account))
        let earlier = self.earlier(arriving.token, at: account)
        let profile = try arriving.profile(otherwise: account.locale)
        let visitor = try await database.write { transaction in
            let identity = try identify(arriving.identity, earlier, at: account, profile, in: transaction)
            let conversation = try opener.conversation(for: identity, of: account, page: arriving.page?.kept, in: transaction)
            return Visitor(
                workspace: account.workspaceId, account: account.id, contact: identity.contactId, identity: identity.id,
                conversation: conversation
            )
        }
        let (token, expires) = tokens.issue(to: visitor, at: surroundings.now())
        return Arrived(token: token, expires: expires, conversation: String(visitor.conversation), contact: visitor.contact)
    }

    /// A token that does not hold any more is no reason to turn a visitor away: they begin anew.
    private func earlier(_ token: String?, at account: ChannelAccount) -> Visitor? {
        guard let token, let visitor = try? tokens.visitor(proving: token, at: surroundings.now()) else { return nil }
        return visitor.account == account.id ? visitor : nil
    }

    private func identify(
        _ signed: SignedIdentity?, _ earlier: Visitor?, at account: ChannelAccount, _ profile: Profile,
        in transaction: any Transaction
    ) throws -> Identity {
        let earlier = try earlier.flatMap { try contacts.identity($0.identity, of: account.workspaceId, in: transaction) }
        if let signed {
            return try contacts.identify(
                key: Identity.checkedKey(signed.id), account: account.id.rawValue, workspace: account.workspaceId,
                profile: profile,
                verified: true, known: stranger(earlier, in: transaction), in: transaction
            ).identity
        }
        let key = earlier?.key ?? surroundings.makeToken(bytes: 16)
        return try contacts.identify(
            key: key, account: account.id.rawValue, workspace: account.workspaceId, profile: profile, verified: false,
            in: transaction
        ).identity
    }

    /// Who wrote as a stranger and then signs in is the same person, and the staff sees both as one contact. The conversations
    /// stay apart, because the earlier token goes on opening its own. On a shared computer the next one to sign in is somebody else.
    private func stranger(_ earlier: Identity?, in transaction: any Transaction) throws -> ID<Contact>? {
        guard let earlier, !earlier.isVerified else { return nil }
        let known = try contacts.identities(of: earlier.contactId, of: earlier.workspaceId, in: transaction)
        return known.contains(where: \.isVerified) ? nil : earlier.contactId
    }
}

extension Rate {
    /// Everybody in one office, and everybody behind a proxy that is not believed, comes from one address.
    package static let arrivals = Rate(
        "arrivals", per: .address, perMinute: 600,
        explanation: "How many visitors one address may begin or renew a minute (POST /api/visitors); 0 for no limit."
    )
}
