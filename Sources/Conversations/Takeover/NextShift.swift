import Basics
import Channels
import Foundation
import Organization
import Store

/// A customer whom nobody could serve when a person was needed, and until when an answer was promised.
struct NextShift: Codable, Hashable, Sendable {
    static let table = Table<NextShift>("next_shift", key: "session_id")

    let sessionId: ID<Session>
    let workspaceId: ID<Workspace>
    let conversationId: ID<Conversation>
    let reason: HandOffReason
    let since: Timestamp
    let dueAt: Timestamp
}

extension HandOffReason: SQLConvertible {}

extension Reception {
    /// Nobody is on duty, by the calendar or because nobody has come: the customer is told until when somebody answers, and the case is
    /// kept for the next shift. What is urgent is promised at any hour. Without a calendar nobody knows when somebody comes.
    func promise(
        _ conversation: Conversation, _ session: ID<Session>, reason: HandOffReason, in transaction: any Transaction
    ) throws {
        let now = store.surroundings.now()
        let account = try accounts.account(conversation.account, in: transaction)
        let duty = try hours.duty(on: account, at: now, in: transaction)
        let isManned = try duty.isOpen && (account.calendarId == nil || isAnybodyThere(for: conversation, in: transaction))
        guard !isManned || reason == .urgent else { return }
        guard try NextShift.table.first("session_id = \(session)", in: transaction) == nil else { return }
        let minutes = try TakeoverRulesStore.rules(in: conversation.workspace, transaction).answerWithin
        let due = (duty.opensAt ?? now) + .seconds(60 * minutes)
        let zone = try hours.calendar(of: account, in: transaction)?.timeZone
        let text = Promise(due: due, minutes: minutes, zone: duty.opensAt == nil ? nil : zone, locale: conversation.locale).text
        let numbered = try store.entries.nextNumber(
            of: conversation.id, waiting: .goesOn, where: "session_id = \(session) AND owner_kind = 'queue'", in: transaction)
        guard let numbered else { return }
        let entry = try store.entries.write(
            .botMessage(text), to: conversation.id, session: session, as: numbered, in: transaction)
        try EvidenceStore().keep(.notice, of: entry, in: conversation.workspace, transaction)
        let flag = NextShift(
            sessionId: session, workspaceId: conversation.workspace, conversationId: conversation.id, reason: reason, since: now,
            dueAt: due)
        try NextShift.table.insert(flag, in: transaction)
        store.announcer.announceCases(of: conversation.workspace, after: transaction)
    }

    private func isAnybodyThere(for conversation: Conversation, in transaction: any Transaction) throws -> Bool {
        let team = try store.conversation(conversation.id, in: transaction).service?.team
        let members = try team.map { Set(try TeamStore.members(of: $0, in: transaction)) }
        return try dispatching.colleagues(in: conversation.workspace, transaction).contains {
            $0.presence != .offline && members?.contains($0.id) != false
        }
    }
}

/// What a customer is told outside of hours.
struct Promise {
    let due: Timestamp
    let minutes: Int
    /// Of the calendar; nil where only a span of time can be named.
    let zone: String?
    let locale: String

    var text: String {
        let isChinese = locale.lowercased().hasPrefix("zh")
        guard let zone = zone.flatMap(TimeZone.init(identifier:)) else {
            return isChinese
                ? "现在没有同事在线。您的问题我已经记下并排在最前面，同事会在 \(minutes) 分钟内回复您。"
                : "No colleague is available right now. Your case is first in line, and somebody will answer within \(minutes) minutes."
        }
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: isChinese ? "zh_CN" : "en_GB")
        formatter.timeZone = zone
        formatter.dateFormat = isChinese ? "M月d日（EEE）HH:mm" : "EEEE d MMMM, HH:mm"
        let time = formatter.string(from: Date(timeIntervalSince1970: Double(due.milliseconds) / 1000))
        return isChinese
            ? "现在是下班时间，没有同事值班。您的问题我已经转到下一班，同事最晚会在 \(time) 前回复您；您可以继续留言补充。"
            : "We are closed right now. I've passed your case to the next shift: a colleague will answer by \(time) at the latest. Feel free to add details here."
    }
}
