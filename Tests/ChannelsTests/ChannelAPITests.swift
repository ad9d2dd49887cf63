import Basics
import Organization
import Store
import Support
import Testing

@testable import Channels

@Suite(.serialized, .timeLimit(.minutes(1))) struct ChannelAPITests {
    @Test func `an account is connected with the usual policy, changed, and disconnected`() async throws {
        try await ChannelWorld.run { world in
            let made = try await world.connect(#"{"kind":"web","name":" Lantern  Tea "}"#)
            #expect(made.status == 200 && made["name"] == "Lantern Tea" && made["mode"] == "both" && made["threshold"] == "0.75")
            let path = "/api/channels/\(made["id"]!)"
            let changed = try await world.server.ask(
                "PUT", path,
                ##"{"name":"Tea","locale":"en","mode":"people","offHoursMode":"bot","botWhenBusy":false,"threshold":0.9,"colour":"#AA0033","position":"left","##
                    + #""greeting":{"zh-CN":"好","en":"Hi"},"allowedOrigins":["https://tea.example"],"kind":"web","key":"\#(made["key"]!)"}"#,
                token: "owner"
            )
            #expect(changed.status == 200)
            let shown = try await world.server.ask("GET", path, token: "owner")
            #expect(shown.body == changed.body)
            #expect(made["botWhenBusy"] == "true" && shown["botWhenBusy"] == "false")
            #expect(shown["offHoursMode"] == "bot" && shown["colour"] == "#aa0033" && shown["greeting.zh-CN"] == "好")
            let site = try await world.server.ask("GET", "/api/sites/\(made["key"]!)")
            #expect(site["name"] == "Tea" && site["position"] == "left" && site["allowedOrigins.0"] == "https://tea.example")
            #expect(try await world.server.ask("DELETE", path, token: "owner").status == 200)
            #expect(try await world.server.ask("GET", path, token: "owner").status == 404)
            #expect(try await world.server.ask("GET", "/api/channels", token: "owner")["rows.0.id"] == nil)
            #expect(try await world.server.ask("GET", "/api/sites/\(made["key"]!)").code == "site.unknown")
        }
    }

    @Test(arguments: [
        (#"{"kind":"telepathy","name":"A"}"#, "channel.kind"), (#"{"name":"A"}"#, "channel.kind"),
        (#"{"kind":"web","name":""}"#, "channel.name"), (#"{"kind":"web","name":"A","threshold":1.5}"#, "channel.threshold"),
        (#"{"kind":"web","name":"A","colour":"red"}"#, "channel.colour"),
        (#"{"kind":"web","name":"A","locale":"tlh"}"#, "locale.unknown"),
        (#"{"kind":"web","name":"A","allowedOrigins":["x"]}"#, "channel.allowed-origins"),
        (#"{"kind":"web","name":"A","workspaceId":"5"}"#, "field.unknown"),
        (#"{"kind":"web","name":"A","team":"5"}"#, "team.unknown"),
        (#"{"kind":"web","name":"A","calendar":"x"}"#, "calendar.unknown"),
        (#"{"kind":"web","name":"A","calendar":"5"}"#, "calendar.unknown"),
    ])
    func `a policy that does not hold is refused`(body: String, code: String) async throws {
        try await ChannelWorld.run { world in
            let answer = try await world.connect(body)
            #expect(answer.status == 422 && answer.code == code)
            #expect(try await world.server.ask("GET", "/api/channels", token: "owner")["rows.0.id"] == nil)
        }
    }

    @Test(arguments: [#""kind":"api""#, #""key":"other""#, #""id":"5""#])
    func `what is fixed cannot be changed`(field: String) async throws {
        try await ChannelWorld.run { world in
            let id = try await world.connect(#"{"kind":"web","name":"A"}"#)["id"]!
            let answer = try await world.server.ask("PUT", "/api/channels/\(id)", #"{"name":"B",\#(field)}"#, token: "owner")
            #expect(answer.code == "field.fixed")
        }
    }

    @Test(arguments: [("agent", 403), ("foreign", 404), ("nobody", 401)])
    func `only the company's own administrators touch an account`(bearer: String, status: Int) async throws {
        try await ChannelWorld.run { world in
            let path = "/api/channels/\(try await world.connect(#"{"kind":"web","name":"A"}"#)["id"]!)"
            let asked = [
                try await world.server.ask("GET", path, token: bearer), try await world.server.ask("DELETE", path, token: bearer),
                try await world.server.ask("PUT", path, #"{"name":"B"}"#, token: bearer),
                try await world.server.ask("POST", path + "/secrets", #"{"of":"identity"}"#, token: bearer),
            ]
            #expect(asked.map(\.status) == Array(repeating: status, count: 4))
            #expect(try await world.server.ask("GET", path, token: "owner")["name"] == "A")
        }
    }

    @Test func `another company's team cannot be put in charge`() async throws {
        try await ChannelWorld.run { world in
            let team = Team(id: ID(rawValue: 5), workspaceId: world.company.workspace.id, name: "Returns")
            try await world.database.write { try TeamStore.table.insert(team, in: $0) }
            #expect(try await world.connect(#"{"kind":"web","name":"A","team":"5"}"#)["team"] == "5")
            let theirs = try await world.server.ask(
                "POST", "/api/channels", #"{"kind":"web","name":"A","team":"5"}"#, token: "foreign")
            #expect(theirs.code == "team.unknown")
        }
    }

    @Test(arguments: ["identity", "inbound", "webhook"])
    func `a secret is shown once, never stored in the clear, and noted in the audit log`(purpose: String) async throws {
        try await ChannelWorld.run { world in
            let id = try await world.connect(#"{"kind":"api","name":"App"}"#)["id"]!
            let (first, second) = (try await world.secret(of: id, purpose), try await world.secret(of: id, purpose))
            #expect(first != second && first.count >= 40)
            #expect(!(try await world.server.ask("GET", "/api/channels/\(id)", token: "owner")).text.contains(second))
            let (stored, audited) = try await world.database.read { transaction in
                (
                    try transaction.row("SELECT * FROM channel_account").map { "\($0)" } ?? "",
                    try transaction.rows("SELECT action, detail FROM audit_entry ORDER BY number").map { "\($0)" }
                )
            }
            #expect(!stored.contains(second) && !stored.contains(second.replacing("whsec_", with: "")))
            #expect(audited.suffix(3).count { $0.contains("channel.secret-renewed") } == 2)
            #expect(audited.contains { $0.contains("channel.connected") } && !audited.joined().contains(second))
        }
    }
}
