import Basics
import Channels
import Organization
import Store

/// When an account has people on duty, and who answers then.
struct Hours: Sendable {
    /// An account without a calendar is always open.
    func isOpen(_ account: ChannelAccount, at now: Timestamp, in transaction: any Transaction) throws -> Bool {
        guard let id = account.calendarId.map(ID<WorkingCalendar>.init(rawValue:)) else { return true }
        return try WorkingCalendarStore.calendar(id, of: account.workspaceId, in: transaction)?.isOpen(at: now) ?? true
    }

    func mode(of account: ChannelAccount, at now: Timestamp, in transaction: any Transaction) throws -> ServiceMode {
        account.mode(whileOpen: try isOpen(account, at: now, in: transaction))
    }

    /// False where no people serve at any hour. Outside of hours a person asked for is first in line when they are back.
    func everHasPeople(_ account: ChannelAccount) -> Bool { account.mode.hasPeople || account.offHoursMode.hasPeople }
}
