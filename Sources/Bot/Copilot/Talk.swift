import Basics
import Conversations
import Knowledge
import Organization
import Store

/// The session that an agent has open, as far as a helper needs it.
struct Talk: Sendable {
    struct Line: Sendable {
        let number: Int64
        let author: Author.Kind
        let text: String
        /// What a bot's answer was about.
        let answered: String?
    }

    /// The last hundred messages, the oldest first; notes are not among them.
    let lines: [Line]

    var questions: [Line] { lines.filter { $0.author == .visitor } }
    var last: Line? { questions.last }

    func language(fallback locale: String?) -> Language {
        last.flatMap { Language.detect($0.text) } ?? locale.flatMap { Language(locale: $0) } ?? .english
    }

    private struct Extra: Codable {
        struct Answer: Codable { let title: String }
        let answer: Answer?
    }

    /// Refused where the agent may not look into the conversation.
    static func read(_ conversation: ID<Conversation>, for staff: Staff, _ transaction: any Transaction) throws -> Talk {
        guard try Reach(staff).mayRead(conversation, in: transaction) else { throw Refusal(.notFound, "conversation.unknown") }
        let rows = try transaction.rows(
            """
            SELECT number, author, text, extra FROM entry WHERE conversation_id = \(conversation) AND kind = 'message'
                AND session_id = (SELECT MAX(session_id) FROM entry WHERE conversation_id = \(conversation))
            ORDER BY number DESC LIMIT 100
            """
        )
        let lines = try rows.reversed().map { row in
            let extra: String? = try row.optional("extra")
            let read = try extra.map { try JSON.read(Extra.self, from: Array($0.utf8), ignoresUnknown: true) }
            return Line(
                number: try row("number"), author: try row("author"), text: try row.optional("text") ?? "",
                answered: read?.answer?.title)
        }
        return Talk(lines: lines.filter { !$0.text.isEmpty })
    }
}
