import Store

/// Who answers on a channel account.
package enum ServiceMode: String, Codable, Hashable, Sendable, CaseIterable, SQLConvertible {
    case bot, people
    /// The bot first, people when it passes on.
    case both

    package var hasBot: Bool { self != .people }
    package var hasPeople: Bool { self != .bot }
}

extension ChannelAccount {
    /// Who answers now: one mode while the account's calendar says open, another outside; without a calendar it is always open.
    package func mode(whileOpen isOpen: Bool) -> ServiceMode { isOpen ? mode : offHoursMode }
}
