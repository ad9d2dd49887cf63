import Basics
import Bot
import Knowledge
import Testing

@Suite struct WordingTests {
    private func confidence(_ question: String, _ synonyms: [[String]] = [], taught phrasing: String, _ language: Language) throws
        -> Float
    {
        let hearing = Hearing(language, synonyms: try Synonyms(checking: synonyms))
        let matcher = Matcher([Matcher.Lesson(phrasings: [phrasing])], hearing)
        return matcher.match(question).evidence.map { Float($0.values[3]) } ?? 0
    }

    @Test(arguments: [
        ("7天内可以退吗", "七天内可以退吗"), ("24小时发货", "二十四小时发货"), ("3500块", "三千五百块"), ("两万三", "23000"), ("请问一下七天能退吗", "7天能退吗"),
        ("１５天", "十五天"), ("一百零五", "105"), ("三千五", "3500"), ("二〇二六年", "2026年"),
    ])
    func `numbers are the same in Chinese and in digits`(one: String, other: String) throws {
        #expect(try confidence(one, taught: other, .chinese) > 0.999)
    }

    @Test(arguments: ["万一坏了怎么办", "千万别发错", "百分百纯棉"])
    func `words that only look like numbers are left alone`(text: String) throws {
        #expect(try confidence(text, taught: text, .chinese) > 0.999)
    }

    @Test func `synonyms are heard as the first of their group`() throws {
        let group = [["静夜台灯", "小夜", "床头那盏"]]
        #expect(try confidence("小夜多少瓦", taught: "静夜台灯多少瓦", .chinese) < 0.8)
        #expect(try confidence("小夜多少瓦", group, taught: "静夜台灯多少瓦", .chinese) > 0.999)
        #expect(try confidence("床头那盏多少瓦", group, taught: "小夜多少瓦", .chinese) > 0.999)
    }

    @Test func `English synonyms are whole words, the longest first`() throws {
        let group = [["return", "send back", "send"]]
        #expect(try confidence("how do I SEND BACK a lamp", group, taught: "how do I return a lamp", .english) > 0.999)
        #expect(try confidence("resend lamp", group, taught: "return lamp", .english) < 0.9)
    }

    @Test(arguments: [
        ([["只有一个"]], "synonyms.single"), ([["a", "b"], ["B", "c"]], "synonyms.twice"),
        ([(0...30).map(String.init)], "synonyms.words"),
        ([["a", String(repeating: "长", count: 41)]], "knowledge.synonym.length"),
    ])
    func `synonyms that make no sense are refused`(groups: [[String]], code: String) {
        let refusal = #expect(throws: Refusal.self) { try Synonyms(checking: groups) }
        #expect(refusal?.code == code)
    }
}
