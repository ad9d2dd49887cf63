package import Basics
import HTTPTypes
package import Organization
package import Web

/// The company's own system, handing in messages: the caller of the API channel's route.
package struct Inbound: Caller, Hashable {
    package let account: ID<ChannelAccount>
    package let workspace: ID<Workspace>

    package var key: String { "channel.\(account)" }
    package func may(_ permission: Permission) -> Bool { permission == "inbound" }
}

/// Recognises the company's own systems by their inbound secret.
struct InboundAuthenticator: Authenticator {
    let accounts: ChannelAccountStore

    func caller(proving proof: Proof) async throws -> (any Caller)? {
        guard let bearer = proof.bearer, bearer.hasPrefix(ChannelSecrets.inboundPrefix) else { return nil }
        guard let account = try await accounts.account(inboundSecretHash: ChannelSecrets.fingerprint(of: bearer)) else {
            throw Refusal(.unauthorized, "inbound.secret")
        }
        return Inbound(account: account.id, workspace: account.workspaceId)
    }
}

/// The door for messages from the company's own systems.
struct InboundAPI: Sendable {
    let accounts: ChannelAccountStore
    let receiving: any Receiving

    struct Accepted: Codable, Sendable {
        let conversation: String
        let number: Int64
    }

    var routes: [Route] {
        [
            Route(
                .post, "/api/inbound/messages", access: .needs("inbound"),
                summary: "Hands in a customer's message. The same id again is the same message once.",
                takes: APIChannel.Received.self, gives: Accepted.self
            ) { call, received in try await accept(received, from: call) }
        ]
    }

    private func accept(_ received: APIChannel.Received, from call: Call) async throws -> Accepted {
        guard let inbound = call.caller as? Inbound, let account = try await accounts.account(inbound.account) else {
            throw Refusal(.unauthorized, "inbound.secret")
        }
        guard let channel = account.channel as? APIChannel, let incoming = try channel.read(received, to: account).first else {
            throw Refusal(.forbidden, "channel.kind")
        }
        let place = try await receiving.receive(incoming)
        return Accepted(conversation: String(place.conversation), number: place.number)
    }
}
