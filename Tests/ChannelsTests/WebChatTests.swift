import Basics
import Contacts
import Crypto
import Foundation
import Support
import Testing

@testable import Channels

@Suite(.serialized, .timeLimit(.minutes(1))) struct WebChatTests {
    @Test func `a visitor goes on where they were`() async throws {
        try await ChannelWorld.run { world in
            let site = try await world.connect(#"{"kind":"web","name":"Shop","locale":"en"}"#)["key"]!
            let first = try await world.server.ask("POST", "/api/visitors", #"{"site":"\#(site)"}"#)
            #expect(first.status == 200)
            let again = try await world.server.ask("POST", "/api/visitors", #"{"site":"\#(site)","token":"\#(first["token"]!)"}"#)
            let other = try await world.server.ask("POST", "/api/visitors", #"{"site":"\#(site)"}"#)
            #expect(again["conversation"] == first["conversation"] && again["contact"] == first["contact"])
            #expect(other["conversation"] != first["conversation"] && other["contact"] != first["contact"])
            #expect(first["expires"] == "\(world.company.clock.now.milliseconds + 365 * 24 * 3600 * 1000)")
        }
    }

    @Test(arguments: ["", "v1.1.2.3", "staff_1234"])
    func `a token that does not hold begins anew`(token: String) async throws {
        try await ChannelWorld.run { world in
            let site = try await world.connect(#"{"kind":"web","name":"Shop"}"#)["key"]!
            let answer = try await world.server.ask("POST", "/api/visitors", #"{"site":"\#(site)","token":"\#(token)"}"#)
            #expect(answer.status == 200 && answer["token"] != nil)
        }
    }

    @Test func `another site's token begins anew`() async throws {
        try await ChannelWorld.run { world in
            let mine = try await world.visitor()
            let site = try await world.connect(#"{"kind":"web","name":"Other"}"#)["key"]!
            let answer = try await world.server.ask("POST", "/api/visitors", #"{"site":"\#(site)","token":"\#(mine)"}"#)
            let earlier = try #require(try world.channels.tokens.visitor(proving: mine, at: world.company.clock.now))
            #expect(answer.status == 200 && answer["conversation"] != "\(earlier.conversation)")
        }
    }

    @Test(arguments: ["nowhere", "' OR 1=1 --"])
    func `an unknown site is not served`(site: String) async throws {
        try await ChannelWorld.run { world in
            let answer = try await world.server.ask("POST", "/api/visitors", #"{"site":"\#(site)"}"#)
            #expect(answer.code == "site.unknown")
        }
    }

    @Test func `an account that is no web chat has no visitors`() async throws {
        try await ChannelWorld.run { world in
            let key = try await world.connect(#"{"kind":"api","name":"App"}"#)["key"]!
            #expect(try await world.server.ask("POST", "/api/visitors", #"{"site":"\#(key)"}"#).code == "site.unknown")
            #expect(try await world.server.ask("GET", "/api/sites/\(key)").code == "site.unknown")
        }
    }

    @Test func `the page is kept as far as it is a web address`() async throws {
        try await ChannelWorld.run { world in
            let site = try await world.connect(#"{"kind":"web","name":"Shop"}"#)["key"]!
            let page = #"{"url":"https://shop.example/tea","title":"Tea\u202e","referrer":"javascript:alert(1)"}"#
            _ = try await world.server.ask("POST", "/api/visitors", #"{"site":"\#(site)","page":\#(page)}"#)
            #expect(world.desk.lastPage == VisitedPage(url: "https://shop.example/tea", title: "Tea", referrer: nil))
        }
    }

    @Test func `a removed account's tokens end`() async throws {
        try await ChannelWorld.run { world in
            let made = try await world.connect(#"{"kind":"web","name":"Shop"}"#)
            let token = try await world.server.ask("POST", "/api/visitors", #"{"site":"\#(made["key"]!)"}"#)["token"]!
            let upload = {
                try await world.server.ask("POST", "/api/visit/attachments?name=a.txt", bytes: Array("hi".utf8), token: token)
            }
            #expect(try await upload().status == 200)
            _ = try await world.server.ask("DELETE", "/api/channels/\(made["id"]!)", token: "owner")
            #expect(try await upload().code == "channel.removed")
        }
    }
}

@Suite(.serialized, .timeLimit(.minutes(1))) struct SignedIdentityTests {
    private static func arriving(_ site: String, _ id: String, secret: String, token: String? = nil) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Array(id.utf8), using: SymmetricKey(data: Array(secret.utf8)))
        let earlier = token.map { #","token":"\#($0)""# } ?? ""
        return
            #"{"site":"\#(site)","identity":{"id":"\#(id)","name":"Wang","signature":"\#(Array(code).hexadecimal)"}\#(earlier)}"#
    }

    private func withSite(_ body: @escaping @Sendable (ChannelWorld, _ site: String, _ secret: String) async throws -> Void)
        async throws
    {
        try await ChannelWorld.run { world in
            let made = try await world.connect(#"{"kind":"web","name":"Shop"}"#)
            try await body(world, made["key"]!, try await world.secret(of: made["id"]!, "identity"))
        }
    }

    @Test func `the same customer is the same on every device`() async throws {
        try await withSite { world, site, secret in
            let phone = try await world.server.ask("POST", "/api/visitors", Self.arriving(site, "u-17", secret: secret))
            let laptop = try await world.server.ask("POST", "/api/visitors", Self.arriving(site, "u-17", secret: secret))
            #expect(
                phone.status == 200 && phone["conversation"] == laptop["conversation"] && phone["contact"] == laptop["contact"])
            let contact = try await world.server.ask("GET", "/api/contacts/\(phone["contact"]!)", token: "agent")
            #expect(
                contact["identities.0.key"] == "u-17" && contact["identities.0.verified"] == "true" && contact["name"] == "Wang")
        }
    }

    @Test(arguments: ["", "00", "wrong", String(repeating: "0", count: 64)])
    func `a wrong signature is refused`(signature: String) async throws {
        try await withSite { world, site, _ in
            let body = #"{"site":"\#(site)","identity":{"id":"u-17","signature":"\#(signature)"}}"#
            let answer = try await world.server.ask("POST", "/api/visitors", body)
            #expect(answer.status == 401 && answer.code == "identity.signature")
        }
    }

    @Test func `a signature of somebody else is refused`() async throws {
        try await withSite { world, site, secret in
            let forged = Self.arriving(site, "u-17", secret: secret).replacing("u-17", with: "u-18")
            let answer = try await world.server.ask("POST", "/api/visitors", forged)
            #expect(answer.code == "identity.signature")
        }
    }

    @Test func `a secret that was renewed proves nothing any more`() async throws {
        try await withSite { world, site, secret in
            let id = try await world.server.ask("GET", "/api/channels", token: "owner")["rows.0.id"]!
            _ = try await world.secret(of: id, "identity")
            #expect(
                try await world.server.ask("POST", "/api/visitors", Self.arriving(site, "u-17", secret: secret)).status == 401)
        }
    }

    @Test func `a stranger who signs in is one contact with two conversations`() async throws {
        try await withSite { world, site, secret in
            let stranger = try await world.server.ask("POST", "/api/visitors", #"{"site":"\#(site)"}"#)
            let known = try await world.server.ask(
                "POST", "/api/visitors", Self.arriving(site, "u-17", secret: secret, token: stranger["token"]!))
            #expect(known["contact"] == stranger["contact"] && known["conversation"] != stranger["conversation"])
            let next = try await world.server.ask(
                "POST", "/api/visitors", Self.arriving(site, "u-18", secret: secret, token: stranger["token"]!))
            #expect(next["contact"] != stranger["contact"], "the next one at a shared computer is somebody else")
        }
    }
}
