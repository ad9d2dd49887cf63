import Basics
import HTTPTypes
import Store
import Web

extension Organization {
    struct Credentials: Codable, Sendable {
        let email: String
        let password: String
        /// True for programs, which get a token instead of a cookie.
        let bearer: Bool?
    }

    struct Renaming: Codable, Sendable {
        let name: String
        let locale: String
    }

    struct PasswordChange: Codable, Sendable {
        let current: String
        let new: String
    }

    var signInRoutes: [Route] {
        [
            Route(
                .post, "/api/sign-ins", access: .open(because: "nobody is signed in before signing in"),
                summary: "Signs an agent in by e-mail and password.", takes: Credentials.self, givesWithHeaders: Me.self,
                handle: signIn
            ),
            Route(
                .delete, "/api/sign-ins/current", access: .needs("desk.use"), summary: "Signs out.",
                takes: Nothing.self, givesWithHeaders: Nothing.self, handle: signOut
            ),
        ]
    }

    var meRoutes: [Route] {
        [
            Route(
                .get, "/api/me", access: .needs("desk.use"), summary: "Who is signed in.", takes: Nothing.self, gives: Me.self
            ) { call, _ in
                let staff = try call.staff
                return try await database.read { try me(staff, in: $0) }
            },
            Route(
                .put, "/api/me", access: .needs("desk.use"), summary: "Changes one's own name and language.",
                takes: Renaming.self, gives: Me.self
            ) { call, renaming in
                try await rename(call.staff, to: renaming.name, locale: renaming.locale)
            },
            Route(
                .put, "/api/me/password", access: .needs("desk.use"),
                summary: "Changes one's own password; other sign-ins end.", takes: PasswordChange.self, gives: Nothing.self
            ) { call, change in
                try await changePassword(of: call.staff, from: change.current, to: change.new)
                return Nothing()
            },
        ]
    }

    private func signIn(_ call: Call, _ credentials: Credentials) async throws -> WithHeaders<Me> {
        let (token, me) = try await signIn(credentials.email, credentials.password, from: call.remoteAddress)
        return credentials.bearer == true ? me.with(token) : me.withCookie(token, for: call)
    }

    private func signOut(_ call: Call, _: Nothing) async throws -> WithHeaders<Nothing> {
        try await signOut(call.staff)
        return WithHeaders(Nothing(), headers: [.setCookie: call.cookie("", seconds: 0)])
    }
}

extension Me {
    fileprivate func with(_ token: Token) -> WithHeaders<Me> {
        var me = self
        me.token = token.text
        return WithHeaders(me, headers: [:])
    }

    /// The browser keeps the cookie as long as it may; the server decides when the sign-in ends.
    func withCookie(_ token: Token, for call: Call) -> WithHeaders<Me> {
        WithHeaders(self, headers: [.setCookie: call.cookie(token.text, seconds: 400 * 24 * 3600)])
    }
}

extension Call {
    fileprivate func cookie(_ value: String, seconds: Int) -> String {
        "nightdesk=\(value); Path=/; HttpOnly; SameSite=Lax; Max-Age=\(seconds)" + (isEncrypted ? "; Secure" : "")
    }

    /// As the browser or the proxy in front tells it; the connection that reaches us is plain either way.
    private var isEncrypted: Bool {
        headers[.origin]?.hasPrefix("https://") == true || headers[HTTPField.Name("x-forwarded-proto")!] == "https"
    }
}
