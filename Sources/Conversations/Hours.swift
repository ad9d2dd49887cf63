import Basics
import Channels
import Organization
import Store

/// When an account has people on duty, and who answers then.
struct Hours: Sendable {
    struct Duty {
        let isOpen: Bool
        /// Nil while open, and where the calendar never opens again.
        let opensAt: Timestamp?
    }

    /// An account without a calendar is always open.
    func duty(on account: ChannelAccount, at now: Timestamp, in transaction: any Transaction) throws -> Duty {
        guard let calendar = try calendar(of: account, in: transaction), !calendar.isOpen(at: now) else {
            return Duty(isOpen: true, opensAt: nil)
        }
        return Duty(isOpen: false, opensAt: calendar.nextChange(after: now))
    }

    func calendar(of account: ChannelAccount, in transaction: any Transaction) throws -> WorkingCalendar? {
        try account.calendarId.flatMap {
            try WorkingCalendarStore.calendar(ID(rawValue: $0), of: account.workspaceId, in: transaction)
        }
    }

    /// The date where the account's calendar is kept; without a calendar it is China's.
    func today(on account: ChannelAccount, at now: Timestamp, in transaction: any Transaction) throws -> Day {
        try calendar(of: account, in: transaction)?.day(at: now) ?? Day(at: now)
    }

    /// False where no people serve at any hour. Outside of hours a person asked for is first in line when they are back.
    func everHasPeople(_ account: ChannelAccount) -> Bool { account.mode.hasPeople || account.offHoursMode.hasPeople }
}
