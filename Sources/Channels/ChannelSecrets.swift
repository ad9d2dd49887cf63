package import Basics
private import Crypto
private import Foundation

/// Makes, seals and opens the secrets of channel accounts.
package struct ChannelSecrets: Sendable {
    /// What a secret is for.
    enum Purpose: String, Codable, Hashable, Sendable {
        /// The site proves who its visitor is.
        case identity
        /// The company's system proves that it may hand messages in.
        case inbound
        /// We prove that a webhook comes from us.
        case webhook
    }

    private let sealer: Sealer
    private let surroundings: Surroundings

    package init(sealer: Sealer, surroundings: Surroundings) { (self.sealer, self.surroundings) = (sealer, surroundings) }

    /// Puts a new secret in place of the old one and returns it: it is shown this once.
    func renew(_ purpose: Purpose, of account: inout ChannelAccount) throws -> String {
        switch purpose {
        case .identity:
            let secret = surroundings.makeToken()
            account.identitySecret = try seal(Array(secret.utf8), .identity, account)
            return secret
        case .inbound:
            let secret = Self.inboundPrefix + surroundings.makeToken()
            account.inboundSecretHash = Self.fingerprint(of: secret)
            return secret
        case .webhook:
            let secret = WebhookSecret(bytes: surroundings.randomBytes(32))
            account.earlierWebhookSecret = account.webhookSecretAt == nil ? nil : account.webhookSecret
            account.webhookSecretAt = surroundings.now()
            account.webhookSecret = try seal(secret.bytes, .webhook, account)
            return secret.text
        }
    }

    func identity(of account: ChannelAccount) throws -> [UInt8]? { try open(account.identitySecret, .identity, account) }

    /// How long a webhook secret that was replaced still signs beside the new one, so that a receiver can change over.
    static let overlap: Duration = .seconds(24 * 60 * 60)

    /// What to sign with, the newest first; none where nothing was agreed.
    func webhooks(of account: ChannelAccount) throws -> [WebhookSecret] {
        let isOverlapping = account.webhookSecretAt.map { surroundings.now() - $0 < Self.overlap } ?? false
        return try [account.webhookSecret, isOverlapping ? account.earlierWebhookSecret : nil].compactMap {
            try open($0, .webhook, account).map(WebhookSecret.init(bytes:))
        }
    }

    static let inboundPrefix = "inbound_"

    /// The secret has 256 random bits: nobody finds it from its hash.
    static func fingerprint(of secret: String) -> String { SHA256.hash(data: Array(secret.utf8)).hexadecimal }

    private func seal(_ secret: [UInt8], _ purpose: Purpose, _ account: ChannelAccount) throws -> String {
        try sealer.seal(secret, for: "channel.\(account.id).\(purpose.rawValue)")
    }

    private func open(_ sealed: String?, _ purpose: Purpose, _ account: ChannelAccount) throws -> [UInt8]? {
        try sealed.map { try sealer.open($0, for: "channel.\(account.id).\(purpose.rawValue)") }
    }
}
