import Knowledge

/// Plays many small knowledge bases through, to learn how far evidence can be trusted: of each source a few topics are
/// taught by a few phrasings, then asked by others, mixed with questions that belong to none of them.
package struct Rehearsal: Sendable {
    /// One thing that people ask about, with the ways in which they ask.
    package struct Topic: Sendable {
        package let phrasings: [String]
        package let answer: String
        package init(phrasings: [String], answer: String = "") { (self.phrasings, self.answer) = (phrasings, answer) }
    }

    /// Topics of one field, and questions that belong to none.
    package struct Source: Sendable {
        package let topics: [Topic]
        package let strangers: [String]
        package init(topics: [Topic], strangers: [String]) { (self.topics, self.strangers) = (topics, strangers) }
    }

    /// One question, what was found, and whether that was right.
    package struct Outcome: Sendable {
        package let evidence: Evidence
        package let isRight: Bool
        package let isAmongThree: Bool
        package let isInScope: Bool
    }

    private static let topicCounts = [1, 2, 3, 5, 8, 12, 20, 30, 30, 60, 100, 150]
    private static let phrasingCounts = [1, 2, 3, 5, 8, 10, 12]
    private static let questionsEach = 40
    private static let shareInScope = 0.7

    private let hearing: Hearing
    private var generator: SplitMix

    package init(_ hearing: Hearing, seed: UInt64) { (self.hearing, generator) = (hearing, SplitMix(state: seed)) }

    package mutating func play(_ source: Source, rounds: Int) -> [Outcome] {
        (0..<rounds).flatMap { _ in play(source) }
    }

    private mutating func play(_ source: Source) -> [Outcome] {
        let topics = source.topics.shuffled(using: &generator)
        let count = min(Self.topicCounts.randomElement(using: &generator)!, max(topics.count * 3 / 4, 1))
        let phrasingCount = Self.phrasingCounts.randomElement(using: &generator)!
        let halves = topics.map { split($0, phrasingCount) }
        let lessons = zip(topics, halves).prefix(count).map {
            Matcher.Lesson(phrasings: $1.taught, answer: $0.answer)
        }
        let matcher = Matcher(lessons, hearing)
        let neighbours = halves.dropFirst(count).flatMap { $0.taught + $0.asked }
        return questions(halves.prefix(count).map(\.asked), neighbours, source.strangers).compactMap {
            outcome($0.text, $0.topic, matcher)
        }
    }

    private mutating func split(_ topic: Topic, _ count: Int) -> (taught: [String], asked: [String]) {
        let shuffled = topic.phrasings.shuffled(using: &generator)
        let taught = min(count, max(shuffled.count - 2, 1))
        return (Array(shuffled.prefix(taught)), Array(shuffled.dropFirst(taught)))
    }

    private mutating func questions(
        _ asked: [[String]], _ neighbours: [String], _ strangers: [String]
    ) -> [(text: String, topic: Int?)] {
        let inScope = asked.enumerated().flatMap { topic, texts in texts.map { (text: $0, topic: Optional(topic)) } }
        let wanted = Int(Double(Self.questionsEach) * Self.shareInScope)
        // Two kinds of outsider, near and far, in equal parts.
        let near = neighbours.shuffled(using: &generator).prefix((Self.questionsEach - wanted) / 2)
        let far = strangers.shuffled(using: &generator).prefix(Self.questionsEach - wanted - near.count)
        let chosen = inScope.shuffled(using: &generator).prefix(wanted)
        // Where few in-scope questions exist, outsiders must not outnumber them beyond their share.
        let outsiders = (near + far).shuffled(using: &generator).map { (text: $0, topic: nil as Int?) }
        return Array(chosen) + outsiders.prefix(max(2, chosen.count / 2))
    }

    private func outcome(_ text: String, _ topic: Int?, _ matcher: Matcher) -> Outcome? {
        let matches = matcher.match(text)
        guard let evidence = matches.evidence else { return nil }
        return Outcome(
            evidence: evidence,
            isRight: matches.candidates.first?.lesson == topic,
            isAmongThree: matches.candidates.prefix(3).contains { $0.lesson == topic },
            isInScope: topic != nil
        )
    }
}

extension Calibrator {
    package init(fitting outcomes: [Rehearsal.Outcome]) {
        self.init(
            right: Curve(fitting: outcomes.map { ($0.evidence, $0.isRight) }),
            amongThree: Curve(fitting: outcomes.map { ($0.evidence, $0.isAmongThree) })
        )
    }
}
