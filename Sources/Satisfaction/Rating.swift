package import Basics
package import Conversations
package import Organization

/// What a customer thought of one session.
package struct Rating: Codable, Hashable, Sendable {
    package let sessionId: ID<Session>
    package let workspaceId: ID<Workspace>
    /// 1, bad, to 5, very good.
    package let stars: Int
    package let reason: String?
    package let at: Timestamp

    package init(
        of session: ID<Session>, in workspace: ID<Workspace>, stars: Int, reason: String?, at: Timestamp
    ) throws(Refusal) {
        guard (1...5).contains(stars) else { throw Refusal(.invalid, "rating.stars") }
        guard (reason?.count ?? 0) <= 1_000 else { throw Refusal(.invalid, "rating.reason") }
        (sessionId, workspaceId, self.stars, self.at) = (session, workspace, stars, at)
        self.reason = reason.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    }
}
