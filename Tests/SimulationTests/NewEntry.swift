import Basics
import Conversations
import Organization
import Store

/// An entry as a commit brought it.
struct NewEntry {
    let number: Int64
    private let session: Int64
    private let kind: Entry.Kind
    private let author: Author.Kind
    private let agent: ID<Agent>?
    private let client: String?

    init(_ row: Row) throws {
        (number, session) = (try row("number"), try row("session_id"))
        (kind, author, agent) = (try row("kind"), try row("author"), try row.optional("author_id"))
        client = try row.optional("client")
    }

    /// Only who owns the session speaks in it, under the epoch in which they read.
    func objection(before: Snapshot.Thread?, after: Snapshot.Thread, in conversation: Int64) -> String? {
        guard kind == .message, author != .visitor else { return nil }
        let whose = "entry \(number) of conversation \(conversation), \(client ?? "without an id"),"
        if before?.session != session {
            return "\(whose) is in session \(session) while \(String(describing: before?.session)) was open"
        }
        guard author == .agent else { return botObjection(whose, before, after) }
        guard before?.owner == "agent", before?.agent == agent else {
            return "\(whose) is from an agent who does not own the session"
        }
        let epoch = client.flatMap { $0.split(separator: "e").last }.flatMap { Int64($0) }
        return epoch == before?.epoch ? nil : "\(whose) was written at epoch \(before!.epoch)"
    }

    /// The bot says one thing to each question.
    private func botObjection(_ whose: String, _ before: Snapshot.Thread?, _ after: Snapshot.Thread) -> String? {
        guard before?.owner == "bot" else { return "\(whose) is the bot's, and \(before?.owner ?? "nobody") had the word" }
        return after.seen ?? 0 > before?.seen ?? 0 ? nil : "\(whose) is the bot's second word to one question"
    }
}
