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
        let matches = Matcher([], .chinese).match("怎么退货")
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
        let time = busy { matcher = Matcher(lessons, .english) }
        #expect(time < .seconds(5))
        #expect(matcher?.match("refund topic42").candidates.first?.lesson == 42)
    }
}

/// How long the work keeps this thread busy, whoever else wants the machine meanwhile.
private func busy(_ work: () -> Void) -> Duration {
    func now() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
    let began = now()
    work()
    return now() - began
}
