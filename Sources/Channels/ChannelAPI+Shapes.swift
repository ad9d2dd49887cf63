package import Basics
package import Organization

extension ChannelAccount {
    /// An account as administrators see it: everything but its secrets.
    package struct Shown: Codable, Sendable {
        package let id: ID<ChannelAccount>
        package let kind: String
        package let name: String
        package let key: String
        package let locale: String
        package let mode: ServiceMode
        package let offHoursMode: ServiceMode
        package let botWhenBusy: Bool
        package let calendar: String?
        package let team: ID<Team>?
        package let threshold: Double
        package let colour: String
        package let greeting: Greeting
        package let position: Appearance.Position
        package let allowedOrigins: [String]
        package let webhookURL: String?

        package init(_ account: ChannelAccount) {
            (id, kind, name, key, locale) = (account.id, account.kind, account.name, account.key, account.locale)
            (mode, offHoursMode, botWhenBusy) = (account.mode, account.offHoursMode, account.botWhenBusy)
            threshold = account.threshold
            (calendar, team) = (account.calendarId.map { String($0) }, account.teamId)
            (colour, greeting) = (account.appearance.colour, account.appearance.greeting)
            (position, allowedOrigins) = (account.appearance.position, account.allowedOrigins.list)
            webhookURL = account.webhookUrl
        }
    }
}

extension ChannelAPI {
    /// The same shape as is shown, so that what was read can be changed and sent back; what is fixed may not differ.
    struct Written: Codable, Sendable {
        let id: ID<ChannelAccount>?
        let kind: String?
        let key: String?
        let name: String
        let locale: String?
        let mode: ServiceMode?
        let offHoursMode: ServiceMode?
        let botWhenBusy: Bool?
        let calendar: String?
        let team: ID<Team>?
        let threshold: Double?
        let colour: String?
        let greeting: Greeting?
        let position: Appearance.Position?
        let allowedOrigins: [String]?
        let webhookURL: String?

        var policy: ChannelPolicy {
            ChannelPolicy(
                name: name, locale: locale, mode: mode, offHoursMode: offHoursMode, botWhenBusy: botWhenBusy, calendar: calendar,
                team: team, threshold: threshold, colour: colour, greeting: greeting, position: position,
                allowedOrigins: allowedOrigins, webhookURL: webhookURL
            )
        }

        func checkFixed(of account: ChannelAccount) throws(Refusal) {
            let isSame =
                [nil, account.id].contains(id) && [nil, account.kind].contains(kind) && [nil, account.key].contains(key)
            guard isSame else { throw Refusal(.invalid, "field.fixed", detail: "id, kind and key never change") }
        }
    }
}
