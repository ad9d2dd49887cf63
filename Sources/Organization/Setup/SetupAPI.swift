import Basics
import HTTPTypes
import Web

extension Organization {
    struct SetupState: Codable, Sendable {
        let needed: Bool
    }

    struct SetupRequest: Codable, Sendable {
        let token: String
        let workspace: String
        let name: String
        let email: String
        let password: String
        let locale: String
    }

    var setupRoutes: [Route] {
        [
            Route(
                .get, "/api/setup", access: .open(because: "a fresh installation has no accounts"),
                summary: "Whether the first owner's account is still to be made.", takes: Nothing.self, gives: SetupState.self
            ) { _, _ in
                SetupState(needed: try await isSetupNeeded())
            },
            Route(
                .post, "/api/setup", access: .open(because: "the one-time link is the proof; afterwards nothing is here"),
                summary: "Makes the workspace and its first owner.", takes: SetupRequest.self, givesWithHeaders: Me.self
            ) { call, request in
                let founding = Founding(
                    workspace: request.workspace, name: request.name, email: request.email, password: request.password,
                    locale: request.locale
                )
                let (token, me) = try await setUp(founding, with: Token(request.token), from: call.remoteAddress)
                return me.withCookie(token, for: call)
            },
        ]
    }
}
