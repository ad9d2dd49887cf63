import Basics
import Knowledge
import Testing

@Suite struct EntryContentTests {
    @Test func `a title of two hundred characters is fine and one more is refused`() throws {
        _ = try EntryContent(language: .chinese, title: String(repeating: "问", count: 200), answer: "好")
        #expect(throws: Refusal(.invalid, "knowledge.title.length", detail: "at most 200 characters")) {
            try EntryContent(language: .chinese, title: String(repeating: "问", count: 201), answer: "好")
        }
    }

    @Test func `phrasings are limited in length and number`() throws {
        #expect(throws: Refusal(.invalid, "knowledge.phrasing.length", detail: "at most 500 characters")) {
            try EntryContent(language: .english, title: "t", phrasings: [String(repeating: "a", count: 501)], answer: "a")
        }
        #expect(throws: Refusal(.invalid, "knowledge.phrasings.count", detail: "at most 200")) {
            try EntryContent(language: .english, title: "t", phrasings: (0...200).map { "phrasing \($0)" }, answer: "a")
        }
    }

    @Test func `an answer is needed, of at most eight thousand characters`() throws {
        #expect(throws: Refusal(.invalid, "knowledge.answer.missing")) {
            try EntryContent(language: .english, title: "t", answer: " \n ")
        }
        #expect(throws: Refusal(.invalid, "knowledge.answer.length", detail: "at most 8000 characters")) {
            try EntryContent(language: .english, title: "t", answer: String(repeating: "a", count: 8001))
        }
    }

    @Test func `phrasings are tidied, and repeated or empty ones left out`() throws {
        let content = try EntryContent(
            language: .english, title: " a  title ", phrasings: ["x ", "", " x", "y\n z"], answer: "a\r\nb ")
        #expect(content.title == "a title")
        #expect(content.phrasings.list == ["x", "y z"])
        #expect(content.answer == "a\nb")
    }

    @Test(arguments: ["a\u{0}b", "a\u{1B}[31mb"])
    func `control characters are refused`(text: String) {
        #expect(throws: Refusal(.invalid, "knowledge.title.control")) {
            try EntryContent(language: .english, title: text, answer: "a")
        }
        #expect(throws: Refusal(.invalid, "knowledge.answer.control")) {
            try EntryContent(language: .english, title: "t", answer: text)
        }
    }

    @Test func `an entry cannot end before it begins`() {
        #expect(throws: Refusal(.invalid, "knowledge.effective.order")) {
            try EntryContent(
                language: .english, title: "t", answer: "a",
                effectiveFrom: Timestamp(milliseconds: 2), effectiveUntil: Timestamp(milliseconds: 2)
            )
        }
    }

    @Test(arguments: [
        ("怎么退货", Language.chinese), ("where is my order", .english), ("iPhone 15 Pro 有货吗", .chinese),
        ("what does 保修 mean please", .english), ("请问 VIP 是什么", .chinese),
    ])
    func `the language of a text is told by its script`(text: String, language: Language) {
        #expect(Language.detect(text) == language)
    }

    @Test(arguments: ["", "12345", "🙂🙂", "？！", "Привет"])
    func `some texts show no language`(text: String) {
        #expect(Language.detect(text) == nil)
    }
}
