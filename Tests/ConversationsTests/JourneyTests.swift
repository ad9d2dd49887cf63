import Basics
import Organization
import Support
import Testing

@testable import Conversations

/// The same over HTTP, with the statuses that clients live by.
@Suite struct JourneyTests {
    @Test func `a customer writes, an agent answers, both read it, over HTTP`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            try await TestServer.run(house.company.features, bearers: ["chen": chen.staff]) { server in
                let arrived = try await server.ask("POST", "/api/visitors", #"{"site":"\#(house.site)"}"#)
                let (token, thread) = (arrived["token"]!, "/api/conversations/\(arrived["conversation"]!)")
                let said = try await server.ask("POST", "/api/visit/entries", #"{"client":"a","text":"你好"}"#, token: token)
                #expect(said.status == 200)
                #expect(said["number"] == "4")
                let opened = try await server.ask("GET", thread, token: "chen")
                #expect(opened["entries.3.text"] == "你好")
                let epoch = opened["row.epoch"]!
                let reply = try await server.ask(
                    "POST", thread + "/entries", #"{"client":"b","text":"Good day!","epoch":\#(epoch)}"#, token: "chen")
                #expect(reply["number"] == "5")
                let visit = try await server.ask("GET", "/api/visit", token: token)
                #expect(visit["entries.4.text"] == "Good day!")
                #expect(visit["entries.4.author.name"] == "Chen")
                #expect(visit["session.owner.name"] == "Chen")
            }
        }
    }

    @Test func `every no has its status and its code`() async throws {
        try await TestHouse.run { house in
            let chen = try await house.clerk("Chen")
            let customer = try await house.customer()
            try await customer.say("hello")
            let thread = "/api/conversations/\(customer.conversation)"
            try await TestServer.run(house.company.features, bearers: ["chen": chen.staff]) { server in
                for (path, body, token, status, code) in [
                    (thread + "/entries", #"{"client":"a","text":"x","epoch":0}"#, "chen", 409, "epoch.stale"),
                    (thread + "/entries", #"{"client":"a"}"#, "chen", 422, "message.empty"),
                    (thread + "/entries", #"{"client":"a","text":"x","colour":1}"#, "chen", 422, "field.unknown"),
                    (thread + "/entries", #"{"client":"a","text":"\u0000"}"#, "chen", 400, "json.malformed"),
                    (thread + "/transfers", #"{"reason":"x"}"#, "chen", 422, "transfer.target"),
                    ("/api/conversations/7/closure", "{}", "chen", 404, "conversation.unknown"),
                    ("/api/conversations/x/closure", "{}", "chen", 404, "conversation.unknown"),
                    (thread + "/takeover", "{}", "nobody", 401, "sign-in.required"),
                    ("/api/visit/entries", #"{"client":"a","text":"x"}"#, "chen", 403, "permission.missing"),
                ] {
                    let answer = try await server.ask("POST", path, body, token: token)
                    #expect(answer.status == status, "\(path) \(body)")
                    #expect(answer.code == code, "\(path) \(body)")
                }
            }
        }
    }
}
