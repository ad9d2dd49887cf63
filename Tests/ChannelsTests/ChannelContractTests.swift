import Basics
import Foundation
import Organization
import Testing

@testable import Channels

/// Every channel keeps these; a new one is tested by being in the list.
@Suite struct ChannelContractTests {
    @Test func `no two channels have the same kind`() {
        #expect(Set(ChannelKinds.all.map(\.kind)).count == ChannelKinds.all.count)
    }

    @Test(arguments: ChannelKinds.all.map(\.kind))
    func `a channel is found by its kind, and either listens live or is pushed to`(kind: String) throws {
        let channel = try ChannelKinds.named(kind)
        #expect(channel.kind == kind)
        #expect(channel.can(.live) != (channel is any RemoteChannel))
    }

    @Test func `a kind that we do not speak is refused`() {
        #expect(throws: Refusal(.invalid, "channel.kind")) { try ChannelKinds.named("telepathy") }
    }

    @Test(arguments: ["u-1", "\"},\"x\":{\"", "名字", "a\\b\n"])
    func `what is composed is JSON whatever the recipient is called`(recipient: String) throws {
        let outgoing = Outgoing(
            conversation: 42, recipient: recipient, entry: Array(#"{"number":3,"text":"您好"}"#.utf8),
            at: Timestamp(milliseconds: 5)
        )
        let body = try APIChannel().compose(outgoing)
        let json = try #require(try JSONSerialization.jsonObject(with: Foundation.Data(body)) as? [String: Any])
        let data = try #require(json["data"] as? [String: Any])
        #expect(json["type"] as? String == "message.created" && json["timestamp"] as? Int == 5)
        #expect(data["conversation"] as? String == "42")
        #expect((data["to"] as? [String: String]) == ["id": recipient])
        #expect((data["entry"] as? [String: Any])?["text"] as? String == "您好")
    }

    @Test(arguments: [
        (["https://shop.example"], "https://shop.example", true), (["https://shop.example"], "http://shop.example", false),
        (["https://shop.example"], "https://shop.example.evil.example", false),
        (["https://shop.example"], "https://a.shop.example", false),
        (["https://*.shop.example"], "https://a.shop.example", true),
        (["https://*.shop.example"], "https://a.b.shop.example", true),
        (["https://*.shop.example"], "https://shop.example", false),
        (["https://*.shop.example"], "https://evilshop.example", false),
        (["https://*.shop.example"], "https://.shop.example", false),
        (["https://Shop.example:8443"], "https://shop.example:8443", true),
        (["https://shop.example"], "null", false), ([], "https://anywhere.example", true),
    ])
    func `an origin is allowed or not`(list: [String], origin: String, isAllowed: Bool) throws {
        #expect(try AllowedOrigins(list).admit(origin) == isAllowed)
    }

    @Test(arguments: [
        "shop.example", "https://", "https://shop.example/", "https://shop.example/path", "https://a b", "*", "https://*",
        "javascript:1",
    ])
    func `what is no origin cannot be allowed`(text: String) {
        #expect(throws: Refusal(.invalid, "channel.allowed-origins")) { try AllowedOrigins([text]) }
    }

    @Test func `outside of hours the other mode holds`() throws {
        var account = try ChannelAccount(ID(rawValue: 1), "web", of: ID(rawValue: 1), key: "k", at: Timestamp(milliseconds: 0))
        (account.mode, account.offHoursMode) = (.both, .bot)
        #expect(account.mode(whileOpen: true) { true } == .both && account.mode(whileOpen: false) { true } == .bot)
    }

    @Test func `while no person is free the bot helps out, if it may and people are on duty`() throws {
        var account = try ChannelAccount(ID(rawValue: 1), "web", of: ID(rawValue: 1), key: "k", at: Timestamp(milliseconds: 0))
        (account.mode, account.offHoursMode) = (.people, .people)
        #expect(account.mode(whileOpen: true) { true } == .people && account.mode(whileOpen: true) { false } == .both)
        #expect(account.mode(whileOpen: false) { false } == .people)
        account.botWhenBusy = false
        #expect(account.mode(whileOpen: true) { false } == .people)
    }

    @Test(arguments: [
        "javascript:alert(1)", "ftp://x.example/", "http://", "http://user:pw@x.example/", "x.example/hook", "http://a b/",
    ])
    func `a webhook address is a web address`(url: String) throws {
        var account = try ChannelAccount(ID(rawValue: 1), "api", of: ID(rawValue: 1), key: "k", at: Timestamp(milliseconds: 0))
        let policy = ChannelPolicy(
            name: "A", locale: nil, mode: nil, offHoursMode: nil, botWhenBusy: nil, calendar: nil, team: nil, threshold: nil,
            colour: nil, greeting: nil,
            position: nil, allowedOrigins: nil, webhookURL: url
        )
        #expect(throws: Refusal.self) { try account.follow(policy) }
    }
}
