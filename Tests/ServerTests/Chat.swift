import Basics
import Conversations
import Support
import Testing

@testable import Server

/// A customer and an agent who talk, each at whatever node, and remember what was acknowledged.
final class Chat {
    private(set) var acknowledged: [Int64: String] = [:]
    private let agent: String
    private let visitor: String
    private let site: String
    private let conversation: String
    private var rounds = 0

    /// Makes a company, with a customer whom its owner has taken over.
    init(foundedAt node: Node) async throws {
        let server = node.server
        let password = TestCompany.ownerPassword
        let account =
            #""workspace":"Lantern Tea","name":"Lin Yue","email":"lin@lantern.example","password":"\#(password)","locale":"en""#
        _ = try await server.told("POST", "/api/setup", #"{"token":"\#(try await node.setupToken())",\#(account)}"#)
        agent = try await server.told(
            "POST", "/api/sign-ins", #"{"email":"lin@lantern.example","password":"\#(password)","bearer":true}"#)["token"]!
        site = try await server.told("POST", "/api/channels", TestHouse.siteWithPeople, agent)["key"]!
        let welcome = try await server.told("POST", "/api/visitors", #"{"site":"\#(site)"}"#)
        (visitor, conversation) = (welcome["token"]!, welcome["conversation"]!)
        try await ask("Is anybody there?", at: node)
        _ = try await server.told("POST", "/api/conversations/\(conversation)/takeover", "{}", agent)
    }

    /// The customer's live connection to a node, for as long as the body takes.
    func connected(to node: Node, _ body: (ShopLink) async throws -> Void) async throws {
        let door = try ShopDoor(address: node.server.url(""), siteKey: site)
        try await door.connect { link in
            try await link.send(.hello(token: visitor))
            try await link.hear { $0.type == "welcome" }
            try await body(link)
        }
    }

    /// A question and its answer; the customer hears the answer on the live connection, wherever that is.
    func goOn(_ link: ShopLink, visitorAt asked: Node, agentAt answering: Node) async throws {
        rounds += 1
        let question = try await ask("question \(rounds)", at: asked)
        let path = "/api/conversations/\(conversation)/entries"
        let seen = try await answering.server.told("GET", "\(path)?after=\(question - 1)&limit=1", nil, agent)
        #expect(seen["entries.0.text"] == "question \(rounds)")
        let said = try await answering.server.told(
            "POST", path, #"{"client":"\#(freshClient())","text":"answer \#(rounds)"}"#, agent)
        let answer = Int64(said["number"]!)!
        acknowledged[answer] = "answer \(rounds)"
        try await link.hear { $0.entry.map { Int64($0.number) } == answer }
    }

    /// The customer's words to a node, and the number under which they are kept.
    @discardableResult
    private func ask(_ text: String, at node: Node) async throws -> Int64 {
        let said = try await node.server.told(
            "POST", "/api/visit/entries", #"{"client":"\#(freshClient())","text":"\#(text)"}"#, visitor)
        let number = Int64(said["number"]!)!
        acknowledged[number] = text
        return number
    }

    /// What the agent reads of the conversation at a node, by number.
    func kept(at node: Node) async throws -> [Int64: String] {
        var kept: [Int64: String] = [:]
        while true {
            let path = "/api/conversations/\(conversation)/entries?after=\(kept.count)&limit=200"
            let page = try await node.server.told("GET", path, nil, agent)
            let count = page.count("entries")
            guard count > 0 else { return kept }
            for place in 0..<count { kept[Int64(page["entries.\(place).number"]!)!] = page["entries.\(place).text"] ?? "" }
        }
    }
}

extension TestServer {
    /// An answer that is none of refusal.
    func told(_ method: String, _ path: String, _ json: String? = nil, _ token: String? = nil) async throws -> TestAnswer {
        let answer = try await ask(method, path, json, token: token)
        try #require(answer.status == 200, "\(method) \(path): \(answer.status) \(answer.text)")
        return answer
    }
}

extension ShopLink {
    /// Returns at the first such frame; throws when the connection ends before, or nothing such comes.
    func hear(_ isWanted: (ShopFrame) -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(30)
        while let moment = try await nextMoment() {
            guard let frame = moment else {
                guard .now < end else { throw ShopTrouble.silent }
                continue
            }
            if frame.type == "ping" { try await send(.pong) }
            if isWanted(frame) { return }
        }
        throw ShopTrouble.hungUp
    }
}
