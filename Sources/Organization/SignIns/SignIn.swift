package import Basics
import Crypto

/// One login of one agent on one device, valid for thirty days after its last use.
package struct SignIn: Codable, Hashable, Sendable {
    package let id: ID<SignIn>
    package let workspaceId: ID<Workspace>
    package let agentId: ID<Agent>
    /// Only the hash is stored: a stolen database signs nobody in.
    let tokenHash: String
    let address: String
    package let createdAt: Timestamp
    var usedAt: Timestamp
    var expiresAt: Timestamp
}

extension SignIn {
    static let lifetime = Duration.seconds(30 * 24 * 3600)
    /// A use is written down once in this span, not with every request.
    private static let noted = Duration.seconds(3600)

    init(id: ID<SignIn>, of agent: Agent, token: Token, from address: String, at now: Timestamp) {
        (self.id, workspaceId, agentId) = (id, agent.workspaceId, agent.id)
        (tokenHash, self.address) = (token.hash, address)
        (createdAt, usedAt, expiresAt) = (now, now, now + Self.lifetime)
    }

    func isValid(at now: Timestamp) -> Bool { now < expiresAt }

    /// The row with a later end, where the last use was written down long enough ago.
    func used(at now: Timestamp) -> SignIn? {
        guard now - usedAt >= Self.noted else { return nil }
        var signIn = self
        (signIn.usedAt, signIn.expiresAt) = (now, now + Self.lifetime)
        return signIn
    }
}

/// A secret handed out once and kept only as a hash: it opens a sign-in, an invitation, the setup.
struct Token: Hashable, Sendable {
    let text: String

    init(_ text: String) { self.text = text }

    /// - Parameter prefix: tells one kind of token from another, e.g. `staff`.
    init(_ prefix: String, from surroundings: Surroundings) { text = "\(prefix)_\(surroundings.makeToken())" }

    var hash: String { SHA256.hash(data: Array(text.utf8)).hexadecimal }
}
