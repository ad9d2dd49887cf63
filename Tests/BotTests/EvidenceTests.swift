import Basics
import Bot
import Conversations
import Knowledge
import Organization
import Store
import Support
import Testing

/// What is kept of a decision, and what comes out when it is worked out again.
@Suite struct EvidenceTests {
    private func considered(_ desk: Desk, _ text: String, threshold: Double = 0.5, choice: ID<AnswerSource>? = nil) async throws
        -> Considered
    {
        _ = try await desk.bot.dialogue.findings(
            for: text, .english, speaker: nil, in: desk.workspace, waitingAtMost: .seconds(30))
        return try await desk.bot.answering.consider(
            BotTurn(workspace: desk.workspace, text: text, locale: "zh-CN", choice: choice, threshold: threshold))
    }

    @Test func `an answer notes rule, entry, score, confidence and the model that decided`() async throws {
        try await Desk.run([.chinese]) { desk in
            let notes = try await considered(desk, "下单后几天发货").deliberation
            #expect(notes.model?.revision == 30)
            #expect(notes.model?.lessons.count == 64 && notes.model?.weights.count == 64)
            #expect(notes.likeliest != nil && notes.plausibility != nil)
            #expect((notes.score ?? 0) > 0 && (notes.confidence ?? 0) >= 0.5)
            #expect(notes.language == "zh-CN" && notes.speaker == "zh-CN")
        }
    }

    @Test func `the last try in a row is told from the first`() async throws {
        try await Desk.run([.chinese]) { desk in
            let rules = try await [("东西坏了，运费谁出", 0), ("东西坏了，运费谁出", 1), ("明天北京会不会下雪", 0)].asyncMap { text, failures in
                let turn = BotTurn(
                    workspace: desk.workspace, text: text, locale: "zh-CN", threshold: 0.99, earlierFailures: failures)
                return try await desk.bot.answering.consider(turn).deliberation.rule
            }
            #expect(rules == [nil, .exhausted, .unsure])
        }
    }

    @Test func `what was learnt at a revision is learnt again to the last bit, whatever changed since`() async throws {
        try await Desk.run(Language.allCases) { desk in
            let then = try await considered(desk, "下单后几天发货").deliberation
            let model = try #require(then.model)
            let entry = try #require(then.likeliest)
            try await desk.database.write { transaction in
                let store = desk.knowledge.store
                let id = ID<KnowledgeEntry>(rawValue: entry.rawValue)
                let old = try store.entry(id, in: desk.workspace, transaction).content
                let new = try EntryContent(language: old.language, title: "别的", phrasings: ["全新的问法"], answer: "别的答案")
                try store.revise(id, to: new, in: desk.workspace, by: nil, transaction)
                try store.move(id, to: .archived, in: desk.workspace, transaction)
            }
            let entries = try await desk.database.read {
                try KnowledgeHistory().published(at: model.revision, in: desk.workspace, $0)
            }
            let again = Learnt(try #require(entries), revision: model.revision)
            #expect(again.digest == model)
            let findings = again.findings(for: "下单后几天发货", .chinese, speaker: .chinese, at: try #require(then.at))
            #expect(findings.confidence == then.confidence)
            #expect(findings.candidates.first?.score == then.score)
            let now = try await desk.database.read { transaction in
                (
                    try desk.knowledge.store.published(in: desk.workspace, transaction),
                    try desk.knowledge.store.revision(in: desk.workspace, transaction)
                )
            }
            #expect(Learnt(now.0, revision: now.1).digest.lessons != model.lessons)
        }
    }

    @Test func `the history says at each revision what was published then`() async throws {
        try await Desk.run { desk in
            let content = try ["one", "two"].map { try EntryContent(language: .english, title: $0, answer: "a") }
            let entries = try await desk.teach(content)
            try await desk.database.write { transaction in
                let store = desk.knowledge.store
                let revised = try EntryContent(language: .english, title: "one, again", answer: "b")
                try store.revise(entries[0].id, to: revised, in: desk.workspace, by: nil, transaction)
                try store.move(entries[1].id, to: .draft, in: desk.workspace, transaction)
                try store.revise(entries[1].id, to: revised, in: desk.workspace, by: nil, transaction)
                try store.move(entries[1].id, to: .published, in: desk.workspace, transaction)
            }
            let titles = try await desk.database.read { transaction in
                try (0...5).map { try KnowledgeHistory().published(at: $0, in: desk.workspace, transaction)?.map(\.title) }
            }
            #expect(
                titles == [[], ["one"], ["one", "two"], ["one, again", "two"], ["one, again"], ["one, again", "one, again"]])
        }
    }

    @Test func `an expired entry is never said, though it was learnt`() async throws {
        try await Desk.run { desk in
            let until = desk.clock.now + .seconds(60)
            try await desk.teach([
                try EntryContent(
                    language: .english, title: "Summer sale", phrasings: ["when is the summer sale", "is there a summer sale"],
                    answer: "Now!", effectiveUntil: until),
                try EntryContent(
                    language: .english, title: "Opening hours", phrasings: ["when are you open"], answer: "Nine to five."),
            ])
            let before = try await considered(desk, "is there a summer sale", threshold: 0.1)
            guard case .answer(let said) = before.decision else {
                Issue.record("not answered while it held: \(before.decision)")
                return
            }
            desk.clock.advance(by: .seconds(60))
            let after = try await considered(desk, "is there a summer sale", threshold: 0.1)
            #expect(after.deliberation.likeliest != said.entry)
            if case .answer(let other) = after.decision { #expect(other.entry != said.entry) }
            if case .offer(_, let choices) = after.decision { #expect(!choices.map(\.entry).contains(said.entry)) }
            let tapped = try await considered(desk, "Summer sale", choice: said.entry)
            #expect(tapped.deliberation.rule == .gone)
        }
    }
}

extension Array {
    func asyncMap<Answer>(_ body: (Element) async throws -> Answer) async rethrows -> [Answer] {
        var answers: [Answer] = []
        for element in self { answers.append(try await body(element)) }
        return answers
    }
}
