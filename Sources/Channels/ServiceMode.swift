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
    /// - Parameter isAnybodyFree: whether a person could begin at once; asked only where it matters.
    package func mode(whileOpen isOpen: Bool, isAnybodyFree: () throws -> Bool) rethrows -> ServiceMode {
        guard isOpen else { return offHoursMode }
        guard !mode.hasBot, botWhenBusy, try !isAnybodyFree() else { return mode }
        return .both
    }
}
