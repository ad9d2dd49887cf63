import Basics
import Bus
import Store
import Support
import Testing

@testable import Organization

extension TestCompany {
    fileprivate func serve(_ body: (TestServer, _ owner: String) async throws -> Void) async throws {
        let token = try await organization.signIn(owner.email, TestCompany.ownerPassword, from: "").token.text
        try await TestServer.run(features) { try await body($0, token) }
    }
}

@Suite struct SetupTests {
    @Test func `a fresh installation is set up once, by the link`() async throws {
        try await withDatabase { database in
            let organization = Organization(database: database, surroundings: .fixed(), bus: MemoryBus())
            let feature = organization.feature()
            try await database.migrate(feature.migrations)
            organization.permissions.adopt([feature])
            let first = try #require(try await organization.setupLink())
            let link = try #require(try await organization.setupLink())
            try await TestServer.run([feature]) { server in
                func setUp(_ token: String) async throws -> TestAnswer {
                    try await server.ask(
                        "POST", "/api/setup",
                        #"{"token":"\#(token)","workspace":"灯笼茶","name":"林月","email":"Lin@lantern.example","password":"correct horse","locale":"zh-CN"}"#
                    )
                }
                #expect(try await server.ask("GET", "/api/setup")["needed"] == "true")
                #expect(try await setUp("setup_guess").code == "setup.token")
                #expect(try await setUp(first).code == "setup.token")
                let done = try await setUp(link)
                #expect(done.status == 200 && done["role"] == "owner" && done["email"] == "lin@lantern.example")
                let cookie = try #require(done.headers["set-cookie"])
                #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && !cookie.contains("Secure"))
                let value = String(cookie.prefix { $0 != ";" })
                let me = try await server.ask("GET", "/api/me", headers: ["Cookie": value])
                #expect(me["name"] == "林月" && me.count("permissions") == 7)
                let again = try await setUp(link)
                #expect(again.status == 404 && again.code == "setup.done")
                #expect(try await server.ask("GET", "/api/setup")["needed"] == "false")
            }
            #expect(try await organization.setupLink() == nil)
        }
    }
}

@Suite struct SignInTests {
    @Test func `a right password gives a cookie to browsers and a token to programs`() async throws {
        try await TestCompany.run { company in
            try await company.serve { server, _ in
                let right = #"{"email":" LIN@lantern.example ","password":"correct horse battery""#
                let browser = try await server.ask("POST", "/api/sign-ins", right + "}", headers: ["X-Forwarded-Proto": "https"])
                #expect(browser.status == 200 && browser["token"] == nil)
                #expect(browser.headers["set-cookie"]?.contains("; Secure") == true)
                let program = try await server.ask("POST", "/api/sign-ins", right + #","bearer":true}"#)
                let token = try #require(program["token"])
                #expect(program.headers["set-cookie"] == nil)
                #expect(try await server.ask("GET", "/api/me", token: token)["id"] == company.owner.id.description)
                let out = try await server.ask("DELETE", "/api/sign-ins/current", token: token)
                #expect(out.status == 200 && out.headers["set-cookie"]?.contains("Max-Age=0") == true)
                #expect(try await server.ask("GET", "/api/me", token: token).status == 401)
            }
        }
    }

    @Test func `after ten failures the eleventh is told to wait, for a known and an unknown e-mail alike`() async throws {
        try await TestCompany.run { company in
            try await company.serve { server, _ in
                for email in ["lin@lantern.example", "nobody@lantern.example"] {
                    company.clock.advance(by: .seconds(301))
                    let wrong = #"{"email":"\#(email)","password":"not this one"}"#
                    for _ in 1...10 {
                        let answer = try await server.ask("POST", "/api/sign-ins", wrong)
                        #expect(answer.status == 401 && answer.code == "sign-in.wrong")
                    }
                    let answer = try await server.ask("POST", "/api/sign-ins", wrong)
                    #expect(answer.status == 429 && answer.headers["retry-after"] == "300")
                }
            }
        }
    }

    @Test func `an unknown e-mail takes as long as a wrong password`() async throws {
        try await TestCompany.run { company in
            func time(_ email: String) async throws -> Duration {
                let clock = ContinuousClock()
                let start = clock.now
                _ = try? await company.organization.signIn(email, "not this one", from: email)
                return clock.now - start
            }
            var (known, unknown) = ([Duration](), [Duration]())
            for _ in 1...5 {
                known.append(try await time(company.owner.email))
                unknown.append(try await time("nobody@lantern.example"))
            }
            #expect(unknown.sorted()[2] > known.sorted()[2] / 2)
        }
    }
}

@Suite struct StaffAPITests {
    @Test func `an invitation is accepted once, within a week`() async throws {
        try await TestCompany.run { company in
            try await company.serve { server, owner in
                func invite(_ email: String) async throws -> String {
                    let answer = try await server.ask(
                        "POST", "/api/invitations", #"{"email":"\#(email)","role":"agent"}"#, token: owner
                    )
                    return String(try #require(answer["link"]).trimmingPrefix("/desk#invitation="))
                }
                func accept(_ token: String) async throws -> TestAnswer {
                    try await server.ask(
                        "POST", "/api/invitations/acceptance",
                        #"{"token":"\#(token)","name":"Mo","password":"another good one","locale":"en"}"#
                    )
                }
                let replaced = try await invite("mo@lantern.example")
                let token = try await invite("mo@lantern.example")
                let open = try await server.ask("GET", "/api/invitations", token: owner)
                #expect(open.count("rows") == 1 && open["rows.0.link"] == nil)
                #expect(try await accept(replaced).code == "invitation.unknown")
                let accepted = try await accept(token)
                #expect(accepted["role"] == "agent" && accepted.headers["set-cookie"] != nil)
                #expect(try await accept(token).status == 404)
                let late = try await invite("late@lantern.example")
                company.clock.advance(by: .seconds(7 * 24 * 3600))
                #expect(try await accept(late).code == "invitation.unknown")
                let known = try await server.ask(
                    "POST", "/api/invitations", #"{"email":"MO@lantern.example","role":"agent"}"#, token: owner
                )
                #expect(known.code == "agent.exists")
            }
        }
    }

    @Test func `an admin invites agents but no admins`() async throws {
        try await TestCompany.run { company in
            let admin = company.staff(try await company.hire("Ada", as: .admin))
            _ = try await company.organization.invite("x@lantern.example", as: .supervisor, by: admin)
            await #expect(throws: Refusal(.forbidden, "agent.owners-only")) {
                _ = try await company.organization.invite("y@lantern.example", as: .admin, by: admin)
            }
        }
    }

    @Test func `teams are made, filled, renamed and dissolved`() async throws {
        try await TestCompany.run { company in
            let mo = try await company.hire("Mo")
            try await company.serve { server, owner in
                let made = try await server.ask("POST", "/api/teams", #"{"name":"售后","members":["\#(mo.id)"]}"#, token: owner)
                let id = try #require(made["id"])
                #expect(made["members.0"] == mo.id.description)
                let twice = try await server.ask("POST", "/api/teams", #"{"name":"售后","members":[]}"#, token: owner)
                #expect(twice.code == "team.exists")
                let stranger = try await server.ask("PUT", "/api/teams/\(id)", #"{"name":"Care","members":["1"]}"#, token: owner)
                #expect(stranger.code == "agent.unknown")
                let renamed = try await server.ask("PUT", "/api/teams/\(id)", #"{"name":"Care","members":[]}"#, token: owner)
                #expect(renamed["name"] == "Care" && renamed.count("members") == 0)
                #expect(try await server.ask("DELETE", "/api/teams/\(id)", token: owner).status == 200)
                #expect(try await server.ask("DELETE", "/api/teams/\(id)", token: owner).code == "team.unknown")
            }
        }
    }

    @Test func `the workspace is renamed by its owner`() async throws {
        try await TestCompany.run { company in
            try await company.serve { server, owner in
                let form = #"{"name":"灯笼茶","locale":"zh-CN","categories":["咨询","投诉"]}"#
                let changed = try await server.ask("PUT", "/api/workspace", form, token: owner)
                #expect(changed["categories.1"] == "投诉")
                #expect(try await server.ask("GET", "/api/workspace", token: owner)["name"] == "灯笼茶")
                let twice = form.replacing("投诉", with: "咨询")
                #expect(try await server.ask("PUT", "/api/workspace", twice, token: owner).code == "categories.repeated")
            }
        }
    }

    @Test func `agents may look at the staff but not change it, and every change is in the log`() async throws {
        try await TestCompany.run { company in
            let mo = try await company.organization.hire(
                "Mo", email: "mo@lantern.example", password: "another good one", as: .agent, locale: "en",
                in: company.workspace.id
            )
            try await company.serve { server, owner in
                let change = #"{"name":"Mo Bai","role":"supervisor","capacity":8,"isActive":true}"#
                let agent = try await company.organization.signIn(mo.email, "another good one", from: "").token.text
                #expect(try await server.ask("GET", "/api/agents", token: agent).count("rows") == 2)
                #expect(try await server.ask("PUT", "/api/agents/\(mo.id)", change, token: agent).status == 403)
                #expect(try await server.ask("PUT", "/api/agents/\(mo.id)", change, token: owner)["name"] == "Mo Bai")
                #expect(try await server.ask("PUT", "/api/agents/1", change, token: owner).code == "agent.unknown")
                let log = try await server.ask("GET", "/api/audit?limit=2", token: owner)
                #expect(log["rows.0.action"] == "agent.changed" && log["rows.0.detail.role"] == "agent → supervisor")
                let next = try #require(log["next"])
                let rest = try await server.ask("GET", "/api/audit?cursor=\(next)", token: owner)
                #expect(rest["rows.0.number"] == "\(Int(next)! - 1)" && rest["next"] == nil)
                #expect(try await server.ask("GET", "/api/audit/verification", token: owner)["valid"] == "true")
                #expect(try await server.ask("GET", "/api/audit", token: agent).status == 403)
            }
        }
    }

    @Test func `calendars are kept and asked for their state`() async throws {
        try await TestCompany.run { company in
            try await company.serve { server, owner in
                let form = #"""
                    {"name":"Office","timeZone":"Asia/Shanghai","week":{"monday":[["13:30","18:00"],["09:00","12:00"]]},
                    "holidays":[{"from":"2026-10-01","to":"2026-10-07","name":"国庆节"}],
                    "makeUps":[{"date":"2026-10-10","intervals":[["09:00","18:00"]],"name":""}]}
                    """#
                let made = try await server.ask("POST", "/api/calendars", form, token: owner)
                let id = try #require(made["id"])
                #expect(made["week.monday.0.0"] == "09:00" && made["holidays.0.to"] == "2026-10-07")
                let state = try await server.ask("GET", "/api/calendars/\(id)/state", token: owner)
                #expect(state["open"] == "true" && state["changesAt"] == "\(company.clock.now.milliseconds + 2 * 3_600_000)")
                #expect(try await server.ask("GET", "/api/calendars/\(id)/state?at=-1", token: owner).code == "query.at")
                let wrong = form.replacing("18:00", with: "18:61")
                #expect(try await server.ask("PUT", "/api/calendars/\(id)", wrong, token: owner).code == "calendar.interval")
                let misspelt = form.replacing("monday", with: "moonday")
                #expect(try await server.ask("PUT", "/api/calendars/\(id)", misspelt, token: owner).code == "field.unknown")
                #expect(try await server.ask("DELETE", "/api/calendars/\(id)", token: owner).status == 200)
                #expect(try await server.ask("GET", "/api/calendars", token: owner).count("rows") == 0)
            }
        }
    }
}
