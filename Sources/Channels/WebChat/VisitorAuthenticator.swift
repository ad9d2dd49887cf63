import Basics
import Organization
import Web

/// Recognises visitors by their tokens.
struct VisitorAuthenticator: Authenticator {
    let tokens: VisitorTokens
    let accounts: ChannelAccountStore
    let now: @Sendable () -> Timestamp

    func caller(proving proof: Proof) async throws -> (any Caller)? {
        guard let bearer = proof.bearer, let visitor = try tokens.visitor(proving: bearer, at: now()) else { return nil }
        guard try await accounts.account(visitor.account)?.isActive == true else {
            throw Refusal(.unauthorized, "channel.removed")
        }
        return visitor
    }
}
