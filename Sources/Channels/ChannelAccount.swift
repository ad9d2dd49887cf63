package import Basics
package import Organization
import Store

/// One connected account of a channel with its policy: a site's chat launcher, a company's own app.
package struct ChannelAccount: Codable, Hashable, Sendable {
    package let id: ID<ChannelAccount>
    package let workspaceId: ID<Workspace>
    /// The channel's name, `web` or `api`.
    package let kind: String
    package var name: String
    /// The public name in links and snippets; says nothing and opens nothing.
    package let key: String
    /// The language of customers who show no preference.
    package var locale: String
    package var mode: ServiceMode
    package var offHoursMode: ServiceMode
    /// Whether the bot answers first on an account of people while none of them is free.
    package var botWhenBusy: Bool
    package var calendarId: Int64?
    package var teamId: ID<Team>?
    /// How sure the bot must be to answer by itself, 0 to 1.
    package var threshold: Double
    package var appearance: Appearance
    package var allowedOrigins: AllowedOrigins
    package var webhookUrl: String?
    /// Sealed; for signatures that prove who a visitor is.
    var identitySecret: String?
    /// Sealed; we sign what we send with it.
    var webhookSecret: String?
    /// When somebody was shown it; nil before.
    var webhookSecretAt: Timestamp?
    /// The one shown before it.
    var earlierWebhookSecret: String?
    /// A fingerprint: who sends us messages shows the secret, we need not know it.
    var inboundSecretHash: String?
    /// False once it was removed: its conversations stay, nothing new comes in.
    package var isActive: Bool
    package let createdAt: Timestamp
}

/// How the chat of a web account looks.
package struct Appearance: JSONColumn {
    package enum Position: String, Codable, Hashable, Sendable { case left, right }

    /// `#rrggbb`.
    package let colour: String
    package let greeting: Greeting
    package let position: Position

    package init(colour: String, greeting: Greeting, position: Position) throws(Refusal) {
        guard colour.wholeMatch(of: /#[0-9a-f]{6}/) != nil else { throw Refusal(.invalid, "channel.colour") }
        (self.colour, self.greeting, self.position) = (colour, greeting, position)
    }
}

/// The first words in each language.
package struct Greeting: Codable, Hashable, Sendable {
    enum CodingKeys: String, CodingKey { case chinese = "zh-CN", english = "en" }

    package let chinese: String
    package let english: String

    package init(chinese: String, english: String) { (self.chinese, self.english) = (chinese, english) }

    package func text(in locale: String) -> String { locale == "en" ? english : chinese }
}

/// The sites that may show a web account's chat; an empty list allows every site.
package struct AllowedOrigins: JSONColumn {
    package let list: [String]

    /// Each `https://shop.example` or, for all of its subdomains, `https://*.shop.example`.
    package init(_ list: [String]) throws(Refusal) {
        let cleaned = list.map { $0.lowercased() }
        guard list.count <= 100, cleaned.allSatisfy({ $0.wholeMatch(of: Self.form) != nil && $0.utf8.count <= 255 }) else {
            throw Refusal(.invalid, "channel.allowed-origins")
        }
        self.list = cleaned
    }

    package func admit(_ origin: String) -> Bool {
        let origin = origin.lowercased()
        return list.isEmpty || list.contains { Self.matches(origin, $0) }
    }

    private static func matches(_ origin: String, _ pattern: String) -> Bool {
        guard let star = pattern.firstRange(of: "//*.") else { return origin == pattern }
        let (scheme, domain) = (pattern[..<star.lowerBound] + "//", "." + pattern[star.upperBound...])
        return origin.hasPrefix(scheme) && origin.hasSuffix(domain) && origin.utf8.count > scheme.utf8.count + domain.utf8.count
    }

    nonisolated(unsafe) private static let form = /https?:\/\/(\*\.)?[a-z0-9\-]+(\.[a-z0-9\-]+)*(:[0-9]{1,5})?/
}
