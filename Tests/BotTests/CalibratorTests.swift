import Bot
import Knowledge
import Testing

@Suite struct CalibratorTests {
    /// A rehearsal on the demo shop: what a small own fit learns.
    private func outcomes(_ seed: UInt64) throws -> [Rehearsal.Outcome] {
        let topics = try Shop(.english).entries.map { Rehearsal.Topic(phrasings: $0.phrasings.list, answer: $0.answer) }
        var rehearsal = Rehearsal(Hearing(.english), seed: seed)
        return rehearsal.play(Rehearsal.Source(topics: topics, strangers: Shop.unrelated[.english]!), rounds: 12)
    }

    @Test func `a fit repeats exactly with the same seed`() throws {
        let (one, other) = (Calibrator(fitting: try outcomes(5)), Calibrator(fitting: try outcomes(5)))
        let matches = try Shop(.english).matcher.match("where is my parcel")
        #expect(one.confidence(matches) == other.confidence(matches))
    }

    @Test func `of the answers given at a confidence about as many are right as it says`() throws {
        let calibrator = Calibrator.shipped(.english)
        let outcomes = try outcomes(9)
        let told = outcomes.reduce(0) { $0 + calibrator.right.probability($1.evidence) } / Double(outcomes.count)
        let right = Double(outcomes.count(where: \.isRight)) / Double(outcomes.count)
        #expect(abs(told - right) < 0.12)
    }

    /// Newton's method alone jumps to and fro here, and ends with a probability of nought or one.
    @Test func `a curve that is far too sure is bent back to what the knowledge base shows`() throws {
        let shop = try Shop(.chinese)
        let sure = Calibrator.Curve(intercept: 20, weights: Evidence.names.map { _ in 0 })
        let lessons = shop.entries.map(Shop.lesson)
        let bent = Calibrator(right: sure, amongThree: sure).refitted(to: lessons, Hearing(.chinese))
        let confidence = bent.confidence(shop.matcher.match("下单后几天发货"))
        #expect(0.2 < confidence && confidence < 0.75)
    }

    /// Curves fitted to something else than what is measured hold nothing: evidence that a language never gives weighs nothing.
    @Test func `the Chinese curves were fitted without an embedding, as Chinese is heard`() {
        let directions = Evidence.names.indices.filter { Evidence.names[$0].hasPrefix("direction") }
        for curve in [Calibrator.shipped(.chinese).right, Calibrator.shipped(.chinese).amongThree] {
            #expect(directions.count == 2 && directions.allSatisfy { curve.weights[$0] == 0 })
        }
    }

    @Test(arguments: Language.allCases)
    func `the evaluation of the shop's own questions meets what is expected`(language: Language) throws {
        let shop = try Shop(language)
        let phrasings = shop.entries.flatMap { entry in
            ([entry.title] + entry.phrasings.list).map { (label: entry.title, text: $0) }
        }
        let asked = Shop.clear[language]!.map { Evaluation.Question(text: $0.question, label: $0.title) }
        let strangers = Shop.unrelated[language]!.map { Evaluation.Question(text: $0, label: nil) }
        let figures = Evaluation(phrasings: phrasings).run(asked + strangers, threshold: 0.75, hearing: Hearing(language))
        #expect(figures.entries == 30)
        #expect(figures.top1 >= 0.9 && figures.top3 >= figures.top1)
        #expect(figures.precision >= 0.9)
        #expect(figures.outOfScopeAnswered == 0)
    }
}
