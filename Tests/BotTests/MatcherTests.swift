import Bot
import Foundation
import Knowledge
import Testing

@Suite struct MatcherTests {
    @Test(arguments: Language.allCases)
    func `clear questions find their entry and most are answered at once`(language: Language) throws {
        let shop = try Shop(language)
        let questions = try #require(Shop.clear[language])
        let found = questions.filter { shop.title($0.question) == $0.title }
        let answered = found.filter { shop.confidence($0.question) >= 0.75 }
        #expect(found.count >= 19)
        #expect(answered.count >= 16)
    }

    @Test(arguments: Language.allCases)
    func `questions of no entry are not answered`(language: Language) throws {
        let shop = try Shop(language)
        for question in try #require(Shop.unrelated[language]) {
            #expect(shop.confidence(question) < 0.75, "\(question)")
        }
    }

    @Test(arguments: Language.allCases, [1, 2])
    func `a knowledge base of one or two entries answers what is asked of them and nothing else`(language: Language, count: Int)
        throws
    {
        let shop = try Shop(language, entries: count)
        let question = language == .chinese ? "静夜台灯有频闪吗" : "does the desk lamp flicker"
        #expect(shop.confidence(question) >= 0.75)
        for question in try #require(Shop.unrelated[language]) {
            #expect(shop.confidence(question) < 0.75, "\(question)")
        }
    }

    @Test func `an empty knowledge base matches nothing`() {
        let matches = Matcher([], Hearing(.chinese)).match("怎么退货")
        #expect(matches.candidates.isEmpty)
        #expect(Calibrator.shipped(.chinese).confidence(matches) == 0)
    }

    @Test(arguments: ["", "   ", "🙂🎉", "？！…", "!!!"])
    func `a question without words matches nothing`(question: String) throws {
        #expect(try Shop(.chinese, entries: 3).matcher.match(question).candidates.isEmpty)
    }

    @Test func `a question of ten thousand characters takes no longer than another`() throws {
        let shop = try Shop(.chinese)
        let question = String(repeating: "这是一个很长很长的故事，", count: 900) + "所以请问怎么退货"
        #expect(question.count > 10_000)
        let time = busy { _ = shop.matcher.match(question) }
        #expect(time < .milliseconds(50))
        #expect(!shop.matcher.match(question).candidates.isEmpty)
    }

    @Test(arguments: Language.allCases)
    func `the same lessons give the same matches`(language: Language) throws {
        let (one, other) = (try Shop(language), try Shop(language))
        for (question, _) in try #require(Shop.clear[language]) {
            #expect(one.matcher.match(question).candidates == other.matcher.match(question).candidates)
            #expect(one.confidence(question) == other.confidence(question))
        }
    }

    @Test func `wrong homophones are understood`() throws {
        #expect(try Shop(.chinese).title("我的快第到哪里了") == "查物流、包裹到哪了")
    }

    @Test func `full width and capital letters make no difference`() throws {
        let shop = try Shop(.english)
        #expect(shop.confidence("ＨＯＷ　ＤＯ　Ｉ　ＲＥＴＵＲＮ　ＳＯＭＥＴＨＩＮＧ") == shop.confidence("how do i return something"))
    }

    @Test func `only lessons that may be used are matched`() throws {
        let shop = try Shop(.english)
        let best = try #require(shop.matcher.match("where is my parcel").candidates.first?.lesson)
        let without = shop.matcher.match("where is my parcel") { $0 != best }
        #expect(!without.candidates.contains { $0.lesson == best })
        #expect(Calibrator.shipped(.english).confidence(without) < 0.75)
    }

    @Test func `ten thousand entries are learnt and matched in time`() throws {
        let lessons = (0..<10_000).map { entry in
            Matcher.Lesson(phrasings: ["第\(entry)号商品怎么退货", "\(entry)号能不能退", "想退\(entry)号"])
        }
        var matcher: Matcher?
        #expect(busy { matcher = Matcher(lessons, Hearing(.chinese)) } < .seconds(20))
        let taught = try #require(matcher)
        var matches: Matches?
        #expect(busy { matches = taught.match("第4711号商品可以退货吗") } < .milliseconds(50))
        #expect(matches?.candidates.first?.lesson == 4711)
    }

    @Test func `an entry with one phrasing is found, with less confidence than one with many`() throws {
        let many = ["台灯怎么保修", "台灯保修几年", "台灯坏了保修吗", "台灯的保修期", "保修要什么凭证", "台灯过保了怎么办"]
        let others = [Matcher.Lesson(phrasings: ["怎么开发票", "发票抬头", "电子发票"]), Matcher.Lesson(phrasings: ["包邮吗", "运费多少"])]
        let (one, full) = (
            Matcher([Matcher.Lesson(phrasings: [many[0]])] + others, Hearing(.chinese)),
            Matcher([Matcher.Lesson(phrasings: many)] + others, Hearing(.chinese))
        )
        #expect(one.match("台灯保修多久").candidates.first?.lesson == 0)
        let calibrator = Calibrator.shipped(.chinese)
        #expect(calibrator.confidence(one.match("台灯保修多久")) < calibrator.confidence(full.match("台灯保修多久")))
    }

    @Test(arguments: [("iPhone 充电线保修多久 warranty", Language.chinese), ("how long is the 保修 warranty of the cable", .english)])
    func `questions in two languages at once are heard in one of them`(question: String, language: Language) {
        #expect(Language.detect(question) == language)
        let phrasing = language == .chinese ? "充电线保修多久" : "how long is the warranty"
        let matcher = Matcher([Matcher.Lesson(phrasings: [phrasing])], Hearing(language))
        #expect(matcher.match(question).candidates.first?.lesson == 0)
    }

    @Test(arguments: Language.allCases)
    func `a question is matched within a millisecond`(language: Language) throws {
        let shop = try Shop(language)
        let questions = try #require(Shop.clear[language]).map(\.question)
        _ = shop.matcher.match(questions[0])
        let time = busy { for _ in 0..<10 { for question in questions { _ = shop.matcher.match(question) } } }
        #expect(time < .milliseconds(1) * (10 * questions.count))
    }

    @Test func `three hundred entries of ten phrasings are learnt within five seconds`() {
        let words = [
            "how", "do", "i", "change", "my", "order", "refund", "address", "invoice", "delivery", "late", "broken", "lamp",
        ]
        var generator = SplitMix(state: 3)
        let lessons = (0..<300).map { entry in
            Matcher.Lesson(
                phrasings: (0..<10).map { _ in
                    (0..<8).map { _ in words.randomElement(using: &generator)! }.joined(separator: " ") + " topic\(entry)"
                }
            )
        }
        var matcher: Matcher?
        let time = busy { matcher = Matcher(lessons, Hearing(.english)) }
        #expect(time < .seconds(5))
        #expect(matcher?.match("refund topic42").candidates.first?.lesson == 42)
    }
}
