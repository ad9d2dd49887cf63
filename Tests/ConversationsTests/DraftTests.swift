import Basics
import Testing

@testable import Conversations

@Suite struct DraftTests {
    private func message(_ text: String?, client: String? = "c") throws(Refusal) -> Draft {
        try Draft.message(by: Author(.visitor), client: client, text: text)
    }

    @Test(arguments: [nil, "", " ", "\n\t\u{3000}"] as [String?])
    func `a message without words or file is refused`(text: String?) {
        #expect(throws: Refusal(.invalid, "message.empty")) { try message(text) }
    }

    @Test func `a message has at most eight thousand characters as people count them`() throws {
        #expect(try message(String(repeating: "👨‍👩‍👧‍👦", count: 8_000)).text?.count == 8_000)
        #expect(throws: Refusal(.tooLarge, "message.too-long")) { try message(String(repeating: "x", count: 8_001)) }
    }

    @Test func `words are kept as they were written`() throws {
        #expect(try message("  two\n\nlines  ").text == "  two\n\nlines  ")
    }

    @Test func `U+0000 is refused, because databases refuse it`() {
        #expect(throws: Refusal(.invalid, "message.text")) { try message("a\u{0}b") }
    }

    @Test(arguments: ["", String(repeating: "x", count: 65), String(repeating: "文", count: 22)])
    func `a sender's id has one to sixty-four bytes`(client: String) {
        #expect(throws: Refusal(.invalid, "message.client")) { try message("hello", client: client) }
    }

    @Test func `a sender's id of sixty-four bytes is one`() throws {
        let client = String(repeating: "x", count: 64)
        #expect(try message("hello", client: client).client == client)
    }
}
