import Bot
import Conversations
import Foundation
import Knowledge
import Testing

@Suite struct AngerTests {
    @Test(arguments: [
        ("什么破东西", Anger.anger), ("再不处理我就投诉", .complaint), ("我要去12315举报", .complaint), ("差评", .complaint),
        ("等了三天没人管", .anger), ("踢皮球踢到什么时候", .anger), ("worst service ever", .anger), ("fed up with this", .anger),
        ("I want to file a complaint", .complaint), ("qi si wo le", .anger), ("Ｗｈａｔ ａ ＳＣＡＭ", .anger),
    ])
    func `anger and complaints are told apart`(text: String, anger: Anger) {
        #expect(Anger.heard(in: text) == anger)
    }

    @Test(arguments: [
        "投诉电话是多少", "垃圾袋有货吗", "骗子酒馆桌游卖吗", "杯子破了怎么换", "不满300元包邮吗", "烟雾报警器怎么装", "滚筒洗衣机怎么预约",
        "angry birds toy in stock", "where can I find your complaint form", "my screen is broken, how do I return it",
        "what is the worst-case delivery time", "", "🙂", "laji dai duoshao qian",
    ])
    func `what only sounds angry is not`(text: String) {
        #expect(Anger.heard(in: text) == nil)
    }

    @Test func `lines written before the rules are heard, and calm ones let pass`() throws {
        let anger = try Anger.evaluate(questions: Self.lines("temper"))
        #expect(anger.recall >= 0.85 && anger.falseAlarms <= 0.02)
        let person = try HumanRequest.evaluate(questions: Self.lines("human"))
        #expect(person.recall >= 0.9 && person.precision >= 0.97)
    }

    /// The demo shop's own phrasings are what customers ask every day.
    @Test(arguments: Language.allCases)
    func `no phrasing of the demo shop is taken for anger`(language: Language) throws {
        let phrasings = try Shop(language).entries.flatMap { [$0.title] + $0.phrasings.list }
        #expect(phrasings.filter { Anger.heard(in: $0) != nil } == [])
        #expect(phrasings.filter(HumanRequest.isMade) == [])
        #expect(phrasings.filter { TakeoverRules.usual.topic(of: $0, .urgent, .forbidden, .approval) != nil } == [])
    }

    @Test func `ten thousand characters are judged by their ends`() {
        let long = String(repeating: "请问一下", count: 2_500)
        #expect(Anger.heard(in: long) == nil)
        #expect(Anger.heard(in: long + "你们就是骗子") == .anger)
    }

    private static func lines(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Lines/\(name).tsv").path
    }
}
