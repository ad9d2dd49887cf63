import Basics
import Store

/// What whoever takes over needs to know before reading the thread.
package struct HandOffSummary: Codable, Hashable, Sendable {
    /// An answer of the bot that did not end the matter.
    package struct Tried: Codable, Hashable, Sendable {
        package let title: String
        package let confidence: Double
        package let helpful: Bool?
    }

    /// The customer's last words, oldest first.
    package let said: [String]
    package let tried: [Tried]
    /// What the bot offered to choose from, and was not it.
    package let offered: [String]
    /// What was asked for and filled in, by name.
    package var slots: [String: String]?

    private static let most = 5
    private static let longest = 200

    /// Of a session, from its newest entries.
    ///
    /// - Parameter slots: what a flow was told, by name; what was left out is empty.
    static func of(
        _ session: ID<Session>, in conversation: Conversation, slots: [String: String], _ transaction: any Transaction
    ) throws -> Self {
        let rows = try transaction.rows(
            """
            SELECT e.*, NULL AS agent_name, j.helpful FROM entry e
            LEFT JOIN judgement j ON j.conversation_id = e.conversation_id AND j.number = e.number
            WHERE e.conversation_id = \(conversation.id) AND e.session_id = \(session) AND e.kind = 'message'
            ORDER BY e.number DESC LIMIT 40
            """
        )
        let entries = try rows.map(Entry.init)
        // What was kept before U+0000 was refused would not be read again as JSON.
        let said = entries.filter { $0.author.kind == .visitor }.compactMap(\.text).prefix(most).map {
            String($0.prefix(longest)).replacing("\0", with: "\u{FFFD}")
        }
        let tried = entries.compactMap(\.answer).prefix(most)
            .map { Tried(title: $0.title, confidence: $0.confidence, helpful: $0.helpful) }
        let offered = entries.compactMap(\.choices).first { $0.count > 1 }?.map(\.text) ?? []
        let filled = slots.filter { !$0.value.isEmpty }
        return Self(
            said: said.reversed(), tried: tried.reversed(), offered: offered, slots: filled.isEmpty ? nil : filled)
    }
}
