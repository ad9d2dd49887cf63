import Basics
import Contacts
import Support
import Testing

@testable import Channels

@Suite(.serialized, .timeLimit(.minutes(1))) struct InboundTests {
    private func withAccount(_ body: @escaping @Sendable (ChannelWorld, _ id: String, _ secret: String) async throws -> Void)
        async throws
    {
        try await ChannelWorld.run { world in
            let id = try await world.connect(#"{"kind":"api","name":"App"}"#)["id"]!
            try await body(world, id, try await world.secret(of: id, "inbound"))
        }
    }

    @Test func `a message is handed in, once for each id`() async throws {
        try await withAccount { world, id, secret in
            let body = #"{"id":"m-1","from":{"id":"u-1","name":"Wang"},"text":"在吗"}"#
            let first = try await world.server.ask("POST", "/api/inbound/messages", body, token: secret)
            let again = try await world.server.ask("POST", "/api/inbound/messages", body, token: secret)
            #expect(first.status == 200 && first["conversation"] == "500" && first["number"] == "1")
            #expect(again.body == first.body)
            let incoming = try #require(world.desk.incoming.first)
            #expect(world.desk.incoming.count == 1 && "\(incoming.account.id)" == id)
            #expect(incoming.key == "u-1" && incoming.profile.name == "Wang" && incoming.text == "在吗" && incoming.isVerified)
        }
    }

    @Test(arguments: [
        (#"{"id":"","from":{"id":"u"},"text":"x"}"#, "message.id"), (#"{"id":"m","from":{"id":""},"text":"x"}"#, "identity.id"),
        (#"{"id":"m","from":{"id":"u"}}"#, "message.empty"), (#"{"id":"m","from":{"id":"u"},"text":""}"#, "message.empty"),
        (#"{"id":"m","from":{"id":"u"},"text":"x","conversation":"1"}"#, "field.unknown"),
    ])
    func `what is incomplete is refused`(body: String, code: String) async throws {
        try await withAccount { world, _, secret in
            let answer = try await world.server.ask("POST", "/api/inbound/messages", body, token: secret)
            #expect(answer.status == 422 && answer.code == code && world.desk.incoming.isEmpty)
        }
    }

    @Test func `without the secret of an account in use nothing comes in`() async throws {
        try await withAccount { world, id, secret in
            let body = #"{"id":"m-1","from":{"id":"u-1"},"text":"x"}"#
            let send = { (token: String) in try await world.server.ask("POST", "/api/inbound/messages", body, token: token).status
            }
            #expect(try await send("inbound_" + String(repeating: "0", count: 64)) == 401)
            #expect(try await send("owner") == 403)
            #expect(try await send(world.visitor()) == 403)
            let renewed = try await world.secret(of: id, "inbound")
            #expect(try await send(secret) == 401)
            #expect(try await send(renewed) == 200)
            _ = try await world.server.ask("DELETE", "/api/channels/\(id)", token: "owner")
            #expect(try await send(renewed) == 401)
            #expect(world.desk.incoming.count == 1)
        }
    }
}
