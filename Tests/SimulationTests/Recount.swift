import Basics
import Store

/// Counts again from the log what the rows say.
struct Recount {
    let objections: [String]

    init(_ transaction: any Transaction) throws {
        var found: [String] = []
        for (query, objection) in Self.queries {
            found += try transaction.rows(query).map { "conversation \(try $0("id", as: Int64.self)): \(objection)" }
        }
        objections = found
    }

    /// Each finds the conversations in which something does not hold.
    private static let queries: [(SQL, String)] = [
        (
            """
            SELECT id FROM conversation c WHERE last_number <> (SELECT COUNT(*) FROM entry e WHERE e.conversation_id = c.id)
                OR last_number <> (SELECT COALESCE(MAX(number), 0) FROM entry e WHERE e.conversation_id = c.id)
            """, "its entries are not numbered without gaps"
        ),
        (
            """
            SELECT id FROM conversation c WHERE epoch <> (SELECT COUNT(*) FROM assignment a JOIN session s ON s.id = a.session_id
                WHERE s.conversation_id = c.id) + (SELECT COUNT(*) FROM session s WHERE s.conversation_id = c.id
                AND s.closed_at IS NOT NULL)
            """, "its epoch is not the number of its changes of hands"
        ),
        (
            """
            SELECT id FROM conversation c WHERE (SELECT COUNT(*) FROM session s WHERE s.conversation_id = c.id)
                <> (SELECT COUNT(*) FROM entry e WHERE e.conversation_id = c.id AND e.kind = 'opened')
            """, "not every session was opened once"
        ),
        (
            """
            SELECT id FROM conversation c WHERE
                (SELECT COUNT(*) FROM session s WHERE s.conversation_id = c.id AND s.closed_at IS NOT NULL)
                <> (SELECT COUNT(*) FROM entry e WHERE e.conversation_id = c.id AND e.kind = 'closed')
            """, "not every session was closed once"
        ),
        (
            """
            SELECT c.id FROM conversation c JOIN session s ON s.id = c.session_id WHERE c.owner_kind = 'bot'
                AND EXISTS (SELECT 1 FROM entry e WHERE e.conversation_id = c.id AND e.session_id = s.id
                AND e.author = 'visitor' AND e.kind = 'message' AND e.number > s.bot_seen)
            """, "the bot has not answered"
        ),
        (
            """
            SELECT c.id FROM conversation c JOIN channel_account h ON h.id = c.account_id WHERE h.kind = 'api'
                AND (SELECT COUNT(*) FROM entry e WHERE e.conversation_id = c.id AND e.kind = 'message' AND e.author <> 'visitor')
                <> (SELECT COUNT(*) FROM delivery d WHERE d.conversation_id = c.id)
            """, "not everything said is in the outbox once"
        ),
    ]
}
