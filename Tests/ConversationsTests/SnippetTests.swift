import Basics
import Organization
import Support
import Testing

@testable import Conversations

@Suite struct SnippetTests {
    private func snippet(_ shortcut: String, title: String = "t", text: String = "x") throws(Refusal) -> Snippet {
        try Snippet(
            id: ID(rawValue: 1), workspaceId: ID(rawValue: 2), agentId: nil, shortcut: shortcut, title: title, text: text)
    }

    @Test(arguments: ["hi", "退货", "a-b_c.1", "😀", String(repeating: "x", count: 40)])
    func `a shortcut is one word of at most forty characters`(shortcut: String) throws {
        #expect(try snippet(shortcut).shortcut == shortcut)
    }

    @Test(arguments: ["", " ", "a b", "a\tb", "a\n", "a\u{3000}b", String(repeating: "x", count: 41)])
    func `what cannot be typed in one go is no shortcut`(shortcut: String) {
        #expect(throws: Refusal(.invalid, "snippet.shortcut")) { try snippet(shortcut) }
    }

    @Test func `title and text are neither empty nor endless`() {
        #expect(throws: Refusal(.invalid, "snippet.title")) { try snippet("a", title: "") }
        #expect(throws: Refusal(.invalid, "snippet.title")) { try snippet("a", title: String(repeating: "x", count: 101)) }
        #expect(throws: Refusal(.invalid, "snippet.text")) { try snippet("a", text: "") }
        #expect(throws: Refusal(.invalid, "snippet.text")) { try snippet("a", text: String(repeating: "x", count: 4_001)) }
        #expect(throws: Never.self) {
            try snippet("a", title: String(repeating: "题", count: 100), text: String(repeating: "文", count: 4_000))
        }
    }
}

@Suite struct SnippetAPITests {
    private func withStaff(
        _ body: @escaping @Sendable (_ chen: TestPerson, _ wu: TestPerson, _ boss: TestPerson) async throws -> Void
    ) async throws {
        try await TestHouse.run { house in
            let (chen, wu) = (try await house.clerk("Chen"), try await house.clerk("Wu"))
            try await body(chen.person, wu.person, try await house.clerk("Boss", as: .supervisor).person)
        }
    }

    private func json(_ shortcut: String, shared: Bool) -> String {
        #"{"shortcut":"\#(shortcut)","title":"Greeting","text":"Good day!","shared":\#(shared)}"#
    }

    private func shortcuts(_ person: TestPerson) async throws -> [String] {
        let answer = try await person.get("/api/snippets")
        return (0..<answer.count("rows")).map { answer["rows.\($0).shortcut"]! }
    }

    @Test func `one's own are seen by oneself, shared ones by everybody, in order of their shortcuts`() async throws {
        try await withStaff { chen, wu, boss in
            _ = try await chen.post("/api/snippets", json("zz", shared: false))
            _ = try await chen.post("/api/snippets", json("bb", shared: false))
            _ = try await boss.post("/api/snippets", json("mm", shared: true))
            #expect(try await shortcuts(chen) == ["bb", "mm", "zz"])
            #expect(try await shortcuts(wu) == ["mm"])
        }
    }

    @Test func `only who may share can share, also by changing one of their own`() async throws {
        try await withStaff { chen, _, _ in
            await #expect(throws: Refusal(.forbidden, "permission.missing")) {
                try await chen.post("/api/snippets", json("a", shared: true))
            }
            let own = try await chen.post("/api/snippets", json("a", shared: false))["id"]!
            await #expect(throws: Refusal(.forbidden, "permission.missing")) {
                try await chen.put("/api/snippets/\(own)", json("a", shared: true))
            }
        }
    }

    @Test func `a shared one is changed and removed by who may share only`() async throws {
        try await withStaff { chen, _, boss in
            let id = try await boss.post("/api/snippets", json("a", shared: true))["id"]!
            await #expect(throws: Refusal(.forbidden, "permission.missing")) {
                try await chen.put("/api/snippets/\(id)", json("b", shared: false))
            }
            await #expect(throws: Refusal(.forbidden, "permission.missing")) { try await chen.delete("/api/snippets/\(id)") }
            _ = try await boss.put("/api/snippets/\(id)", json("b", shared: true))
            #expect(try await shortcuts(chen) == ["b"])
            _ = try await boss.delete("/api/snippets/\(id)")
            #expect(try await shortcuts(chen) == [])
        }
    }

    @Test func `somebody else's own does not exist, not even for a supervisor`() async throws {
        try await withStaff { chen, wu, boss in
            let id = try await chen.post("/api/snippets", json("a", shared: false))["id"]!
            for other in [wu, boss] {
                await #expect(throws: Refusal(.notFound, "snippet.unknown")) {
                    try await other.put("/api/snippets/\(id)", json("b", shared: false))
                }
                await #expect(throws: Refusal(.notFound, "snippet.unknown")) { try await other.delete("/api/snippets/\(id)") }
            }
            #expect(try await shortcuts(chen) == ["a"])
        }
    }

    @Test func `the rules hold for changes too`() async throws {
        try await withStaff { chen, _, _ in
            let id = try await chen.post("/api/snippets", json("a", shared: false))["id"]!
            await #expect(throws: Refusal(.invalid, "snippet.shortcut")) {
                try await chen.put("/api/snippets/\(id)", json("a b", shared: false))
            }
            #expect(try await shortcuts(chen) == ["a"])
        }
    }
}
