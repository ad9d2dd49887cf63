import Basics
import HTTPTypes
import Store
import Web

extension Invitation {
    struct Shown: Codable, Sendable {
        let id: ID<Invitation>
        let email: String
        let role: Role
        let expiresAt: Timestamp
        /// To be sent to the invited person; told once, when it is made.
        let link: String?
    }

    struct Offer: Codable, Sendable {
        let email: String
        let role: Role
    }

    struct Acceptance: Codable, Sendable {
        let token: String
        let name: String
        let password: String
        let locale: String
    }

    func shown(_ token: Token? = nil) -> Shown {
        Shown(id: id, email: email, role: role, expiresAt: expiresAt, link: token.map { "/desk#invitation=\($0.text)" })
    }
}

extension Organization {
    var invitationRoutes: [Route] {
        [
            Route(
                .get, "/api/invitations", access: .needs("team.edit"), summary: "The invitations nobody has accepted yet.",
                takes: Nothing.self, gives: Page<Invitation.Shown>.self
            ) { call, _ in
                let (workspace, now) = (try call.staff.workspace, surroundings.now())
                let open = try await database.read { try InvitationStore.open(of: workspace, at: now, in: $0) }
                return Page(open.map { $0.shown() })
            },
            Route(
                .post, "/api/invitations", access: .needs("team.edit"),
                summary: "Offers somebody a place on the staff; the answer holds the link, once.",
                takes: Invitation.Offer.self, gives: Invitation.Shown.self
            ) { call, offer in
                let (invitation, token) = try await invite(offer.email, as: offer.role, by: call.staff)
                return invitation.shown(token)
            },
            Route(
                .delete, "/api/invitations/{invitation}", access: .needs("team.edit"), summary: "Withdraws an invitation.",
                takes: Nothing.self, gives: Nothing.self
            ) { call, _ in
                try await withdraw(call.parameter("invitation"), by: call.staff)
                return Nothing()
            },
            Route(
                .post, "/api/invitations/acceptance", access: .open(because: "the one-time link is the proof"),
                summary: "Makes the invited person's account and signs it in.",
                takes: Invitation.Acceptance.self, givesWithHeaders: Me.self
            ) { call, acceptance in
                let (token, me) = try await accept(
                    Token(acceptance.token), name: acceptance.name, password: acceptance.password,
                    locale: acceptance.locale, from: call.remoteAddress
                )
                return me.withCookie(token, for: call)
            },
        ]
    }
}
