import Basics

/// The way back for an owner who forgot the password: made at the command line by whoever runs the server, good once, for a day.
struct OwnerLink: Codable, Hashable, Sendable {
    let agentId: ID<Agent>
    let workspaceId: ID<Workspace>
    /// Only the hash is stored: a stolen database opens nothing.
    let tokenHash: String
    let expiresAt: Timestamp
}

extension OwnerLink {
    static let lifetime = Duration.seconds(24 * 3600)

    init(for owner: Agent, token: Token, at now: Timestamp) {
        (agentId, workspaceId, tokenHash, expiresAt) = (owner.id, owner.workspaceId, token.hash, now + Self.lifetime)
    }

    func isValid(at now: Timestamp) -> Bool { now < expiresAt }
}

extension Collection<Agent> {
    /// The owner whom a link is for: the one with this address, or the only one there is.
    func owner(_ email: String?) throws(Refusal) -> Agent {
        let addresses = map(\.email).joined(separator: ", ")
        if let email {
            if let owner = first(where: { $0.email == email.lowercased() }) { return owner }
            throw Refusal(.notFound, "owner-link.unknown", detail: "\(email) is no active owner; these are: \(addresses)")
        }
        guard let owner = first else {
            throw Refusal(
                .notFound, "owner-link.none", detail: "there is no owner yet: 'nightdesk serve' prints the link that makes one")
        }
        guard count == 1 else {
            throw Refusal(.conflict, "owner-link.which", detail: "there are several owners, say which with --owner: \(addresses)")
        }
        return owner
    }
}
