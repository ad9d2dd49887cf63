import Basics
import Organization
import Store

/// What an administrator says about an account; what they leave out stays as it is, or as a new account has it.
struct ChannelPolicy: Codable, Sendable {
    let name: String
    let locale: String?
    let mode: ServiceMode?
    let offHoursMode: ServiceMode?
    let botWhenBusy: Bool?
    /// Left out: none. The same for team and webhook address.
    let calendar: String?
    let team: ID<Team>?
    let threshold: Double?
    let colour: String?
    let greeting: Greeting?
    let position: Appearance.Position?
    let allowedOrigins: [String]?
    let webhookURL: String?
}

extension ChannelAccount {
    /// A new account with the usual policy.
    init(_ id: ID<ChannelAccount>, _ kind: String, of workspace: ID<Workspace>, key: String, at now: Timestamp) throws(Refusal) {
        _ = try ChannelKinds.named(kind)
        (self.id, workspaceId, self.kind, self.key, createdAt) = (id, workspace, kind, key, now)
        (name, locale, isActive) = ("", "zh-CN", true)
        (mode, offHoursMode, botWhenBusy, threshold) = (.both, .both, true, 0.75)
        appearance = .usual
        allowedOrigins = try AllowedOrigins([])
    }

    /// Puts the policy into force.
    mutating func follow(_ policy: ChannelPolicy) throws(Refusal) {
        name = try Self.checkedName(policy.name)
        locale = try Self.checkedLocale(policy.locale ?? locale)
        (mode, offHoursMode) = (policy.mode ?? mode, policy.offHoursMode ?? offHoursMode)
        botWhenBusy = policy.botWhenBusy ?? botWhenBusy
        calendarId = try policy.calendar.map(Self.checkedCalendar)
        teamId = policy.team
        threshold = try Self.checkedThreshold(policy.threshold ?? threshold)
        appearance = try Appearance(
            colour: policy.colour?.lowercased() ?? appearance.colour, greeting: policy.greeting ?? appearance.greeting,
            position: policy.position ?? appearance.position
        )
        allowedOrigins = try policy.allowedOrigins.map(AllowedOrigins.init) ?? allowedOrigins
        webhookUrl = try policy.webhookURL.flatMap(Self.checkedWebhook)
    }

    private static func checkedName(_ text: String) throws(Refusal) -> String {
        let name = text.asOneLine
        guard (1...80).contains(name.count), name.utf8.count <= 400 else { throw Refusal(.invalid, "channel.name") }
        return name
    }

    private static func checkedLocale(_ locale: String) throws(Refusal) -> String {
        guard ["zh-CN", "en"].contains(locale) else { throw Refusal(.invalid, "locale.unknown", detail: "zh-CN or en") }
        return locale
    }

    private static func checkedCalendar(_ text: String) throws(Refusal) -> Int64 {
        guard let id = Int64(text), id > 0 else { throw Refusal(.invalid, "calendar.unknown") }
        return id
    }

    private static func checkedThreshold(_ threshold: Double) throws(Refusal) -> Double {
        guard (0...1).contains(threshold) else { throw Refusal(.invalid, "channel.threshold", detail: "from 0 to 1") }
        return threshold
    }

    /// Checked for form only: where it may lead is decided when it is dialled.
    private static func checkedWebhook(_ text: String) throws(Refusal) -> String? {
        if text.isEmpty { return nil }
        guard text.utf8.count <= 2000, text.wholeMatch(of: /https?:\/\/[^\s\/?#@]+([\/?][^\s#]*)?/.ignoresCase()) != nil else {
            throw Refusal(.invalid, "channel.webhook", detail: "an http or https address without a user name")
        }
        return text
    }
}

extension Appearance {
    static let usual = try! Appearance(
        colour: "#2563eb", greeting: Greeting(chinese: "您好，请问有什么可以帮您？", english: "Hello! How can we help you?"),
        position: .right
    )
}
