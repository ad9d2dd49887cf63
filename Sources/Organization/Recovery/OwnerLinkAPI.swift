import Basics
import HTTPTypes
import Web

extension OwnerLink {
    struct Acceptance: Codable, Sendable {
        let token: String
        let password: String
    }
}

extension Organization {
    var recoveryRoutes: [Route] {
        [
            Route(
                .post, "/api/owner-links/acceptance", access: .open(because: "the one-time link is the proof"),
                summary: "Gives the owner a new password, ends their other sign-ins and signs them in.",
                takes: OwnerLink.Acceptance.self, givesWithHeaders: Me.self
            ) { call, acceptance in
                let (token, me) = try await recover(
                    Token(acceptance.token), password: acceptance.password, from: call.remoteAddress)
                return me.withCookie(token, for: call)
            }
        ]
    }
}
