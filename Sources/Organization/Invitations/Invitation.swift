import Basics

/// A place on the staff offered to an e-mail address: good once, for a week.
struct Invitation: Codable, Hashable, Sendable {
    let id: ID<Invitation>
    let workspaceId: ID<Workspace>
    let email: String
    let role: Role
    let tokenHash: String
    let invitedBy: ID<Agent>
    let createdAt: Timestamp
    let expiresAt: Timestamp
}

extension Invitation {
    static let lifetime = Duration.seconds(7 * 24 * 3600)

    init(
        id: ID<Invitation>, to email: String, as role: Role, by staff: Staff, token: Token, at now: Timestamp
    ) throws(Refusal) {
        guard staff.mayAppoint(role) else { throw Refusal(.forbidden, "agent.owners-only") }
        (self.id, workspaceId, invitedBy, self.role) = (id, staff.workspace, staff.agent, role)
        (self.email, tokenHash) = (try Words.email(email), token.hash)
        (createdAt, expiresAt) = (now, now + Self.lifetime)
    }

    func isValid(at now: Timestamp) -> Bool { now < expiresAt }
}
