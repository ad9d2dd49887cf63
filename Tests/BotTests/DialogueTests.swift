import Basics
import Bot
import Bus
import Conversations
import Foundation
import Knowledge
import Organization
import Store
import Support
import Testing

/// A bot over the demo shop's knowledge, in a database of its own.
struct Desk: Sendable {
    let database: any Database
    let clock: VirtualClock
    let facts: Facts
    let knowledge: Knowledge
    let bot: Bot
    let workspace = ID<Workspace>(rawValue: 1)

    static func run(_ languages: [Language] = [], _ body: @Sendable (Desk) async throws -> Void) async throws {
        try await withDatabase(KnowledgeStore.migrations + FlowStore.migrations) { database in
            let (clock, facts) = (VirtualClock(), Facts(bus: MemoryBus()))
            let knowledge = Knowledge(database: database, surroundings: .fixed(clock), facts: facts)
            let bot = Bot(database: database, surroundings: .fixed(clock), facts: facts, knowledge: knowledge.store)
            let desk = Desk(database: database, clock: clock, facts: facts, knowledge: knowledge, bot: bot)
            for language in languages { try await desk.teach(try Shop(language).entries) }
            try await body(desk)
        }
    }

    @discardableResult
    func teach(_ entries: [EntryContent]) async throws -> [KnowledgeEntry] {
        try await database.write { [knowledge, workspace] transaction in
            try entries.map { try knowledge.store.create($0, state: .published, in: workspace, by: nil, transaction) }
        }
    }

    func ask(
        _ text: String, choice: ID<AnswerSource>? = nil, threshold: Double = 0.75, failures: Int = 0, mayHandOff: Bool = true,
        locale: String = "zh-CN", rules: TakeoverRules = .usual
    ) async throws -> BotDecision {
        // Waits for the newest lessons, which a customer would not.
        _ = try await bot.dialogue.findings(for: text, .english, speaker: nil, in: workspace, waitingAtMost: .seconds(30))
        return try await bot.answering.decide(
            BotTurn(
                workspace: workspace, text: text, locale: locale, choice: choice, threshold: threshold,
                greeting: ["zh-CN": "欢迎光临"], earlierFailures: failures, mayHandOff: mayHandOff,
                rules: rules
            )
        )
    }
}

@Suite struct DialogueTests {
    @Test(arguments: [
        ("下单后几天发货", "下单后多久发货"), ("how long is the warranty on the lamp", "How long the warranty is"),
        ("kuaidi dao nale", "查物流、包裹到哪了"),
    ])
    func `a clear question is answered in its own language, with entry and version`(question: String, title: String) async throws
    {
        try await Desk.run(Language.allCases) { desk in
            guard case .answer(let answered) = try await desk.ask(question, threshold: 0.5) else {
                Issue.record("not answered: \(question)")
                return
            }
            #expect(answered.title == title)
            #expect(answered.version == 1)
            #expect(answered.confidence > 0.5 && answered.confidence < 1)
            #expect(!answered.text.isEmpty)
        }
    }

    @Test func `synonyms that an administrator writes are understood at once`() async throws {
        try await Desk.run([.chinese]) { desk in
            let question = "阿呆有几瓦"
            let before = try await desk.ask(question)
            let synonyms = try Synonyms(checking: [["台灯", "阿呆"]])
            try await desk.database.write { transaction in
                try desk.knowledge.store.write(synonyms, .chinese, in: desk.workspace, transaction)
            }
            let findings = try await desk.bot.dialogue.findings(
                for: question, .chinese, speaker: nil, in: desk.workspace, waitingAtMost: .seconds(30))
            #expect(findings.candidates.first?.entry.title == "静夜台灯的亮度、色温和护眼")
            guard case .answer = before else { return }
            Issue.record("answered before the nickname was known")
        }
    }

    @Test(arguments: ["again", "hanger", "langue", "manage bone"])
    func `English words that are pinyin, too, are English to those who speak it`(text: String) async throws {
        try await Desk.run(Language.allCases) { desk in
            switch try await desk.ask(text, threshold: 0.3, locale: "en-GB") {
            case .answer(let answered): #expect(Language.detect(answered.title) == .english)
            case .offer(let words, let choices):
                #expect(Language.detect(words) == .english)
                #expect(choices.allSatisfy { Language.detect($0.text) == .english })
            case .handOff(_, let words), .unanswered(let words), .smallTalk(let words), .page(_, let words),
                .approve(_, _, let words):
                #expect(Language.detect(words) == .english)
            case .flow: Issue.record("no flow was written")
            }
        }
    }

    @Test func `Chinese typed in letters is heard from anybody where the company speaks Chinese only`() async throws {
        try await Desk.run([.chinese]) { desk in
            guard case .answer(let answered) = try await desk.ask("kuaidi dao nale", threshold: 0.5, locale: "en") else {
                Issue.record("not heard")
                return
            }
            #expect(answered.title == "查物流、包裹到哪了")
        }
    }

    @Test func `an unsure bot offers three entries, and a tapped one is the answer`() async throws {
        try await Desk.run([.chinese]) { desk in
            guard case .offer(_, let choices) = try await desk.ask("东西坏了，运费谁出", threshold: 0.99) else {
                Issue.record("nothing offered")
                return
            }
            #expect((1...3).contains(choices.count))
            guard case .answer(let answered) = try await desk.ask(choices[0].text, choice: choices[0].entry) else {
                Issue.record("the choice is no answer")
                return
            }
            #expect(answered.title == choices[0].text)
            #expect(answered.confidence == 1)
        }
    }

    @Test func `after two tries in a row without an answer a person takes over`() async throws {
        try await Desk.run([.chinese]) { desk in
            let first = try await desk.ask("东西坏了，运费谁出", threshold: 0.99)
            #expect(first.isUnanswered)
            guard case .handOff(.unknown, _) = try await desk.ask("东西坏了，运费谁出", threshold: 0.99, failures: 1) else {
                Issue.record("not handed over")
                return
            }
        }
    }

    @Test func `what the bot does not know goes to a person, or stays unanswered where there is none`() async throws {
        try await Desk.run([.chinese]) { desk in
            guard case .handOff(.unknown, let text) = try await desk.ask("怎么考教师资格证") else {
                Issue.record("not handed over")
                return
            }
            #expect(Language.detect(text) == .chinese)
            let alone = try await desk.ask("怎么考教师资格证", mayHandOff: false)
            #expect(alone.isUnanswered)
        }
    }

    @Test func `who asks for a person gets one, before anything else`() async throws {
        try await Desk.run([.chinese]) { desk in
            guard case .handOff(.asked, _) = try await desk.ask("怎么退货？算了，转人工") else {
                Issue.record("not handed over")
                return
            }
            let alone = try await desk.ask("转人工", mayHandOff: false)
            #expect(alone.isUnanswered)
        }
    }

    @Test(arguments: [
        ("什么破东西，气死我了", HandOffReason.angry), ("I want to file a complaint", .complaint), ("我要投诉你们", .complaint),
        ("这个药吃多少片，帮我诊断一下", .forbidden), ("Is there a guaranteed return on this fund?", .forbidden),
    ])
    func `anger, complaints and forbidden topics go to a person at once`(text: String, reason: HandOffReason) async throws {
        try await Desk.run { desk in
            guard case .handOff(reason, let words) = try await desk.ask(text) else {
                Issue.record("not handed over: \(text)")
                return
            }
            #expect(Language.detect(words) == Language.detect(text))
            #expect(try await desk.ask(text, mayHandOff: false).isUnanswered)
        }
    }

    @Test(arguments: [("我的账号被盗了", "账号异常"), ("My account was hacked!", "账号异常"), ("我要挂失银行卡", "挂失"), ("插座冒烟了怎么办", "紧急")])
    func `what cannot wait pages somebody, before anything else`(text: String, topic: String) async throws {
        try await Desk.run(Language.allCases) { desk in
            guard case .page(let name, _) = try await desk.ask(text) else {
                Issue.record("nobody is paged: \(text)")
                return
            }
            #expect(name.hasPrefix(topic))
        }
    }

    @Test func `an answer about a topic that needs approval is held back`() async throws {
        try await Desk.run([.chinese]) { desk in
            let rules = TakeoverRules(topics: [Topic("退货", .approval, words: ["退货"], exceptions: ["退货地址"])])
            guard case .approve(let answered, "退货", let text) = try await desk.ask("怎么申请退货", threshold: 0.4, rules: rules) else {
                Issue.record("not held back")
                return
            }
            #expect(answered.title == "退货规则" && text.contains("同事"))
            if case .approve = try await desk.ask("退货地址在哪", threshold: 0.4, rules: rules) { Issue.record("held back") }
        }
    }

    @Test func `a greeting is returned with the account's own`() async throws {
        try await Desk.run { desk in
            #expect(try await desk.ask("你好") == .smallTalk(text: "欢迎光临"))
            guard case .smallTalk(let text) = try await desk.ask("hello") else {
                Issue.record("no small talk")
                return
            }
            #expect(Language.detect(text) == .english)
        }
    }

    @Test(arguments: ["怎么退货", "where is my order", "8613800138000"])
    func `an empty knowledge base leaves every question to people`(question: String) async throws {
        try await Desk.run { desk in
            guard case .handOff(.unknown, _) = try await desk.ask(question) else {
                Issue.record("not handed over")
                return
            }
        }
    }

    @Test func `an expired entry is never answered, not even one minute late`() async throws {
        try await Desk.run { desk in
            let content = try EntryContent(
                language: .chinese, title: "双十一满减怎么算", phrasings: ["双十一有什么优惠", "双十一满减规则"], answer: "满 300 减 40。",
                effectiveUntil: desk.clock.now + .seconds(60)
            )
            let entry = try await desk.teach([content])[0]
            guard case .answer = try await desk.ask("双十一满减规则是什么", threshold: 0.5) else {
                Issue.record("not answered while effective")
                return
            }
            desk.clock.advance(by: .seconds(60))
            guard case .handOff(.unknown, _) = try await desk.ask("双十一满减规则是什么", threshold: 0.5) else {
                Issue.record("answered after its time")
                return
            }
            let tapped = try await desk.ask("双十一满减怎么算", choice: ID(rawValue: entry.id.rawValue))
            #expect(tapped.isUnanswered)
        }
    }

    @Test func `a saved phrasing counts at once and a withdrawn entry no longer`() async throws {
        try await Desk.run([.english]) { desk in
            let question = "my gizmo goes bzzt"
            let before = try await desk.bot.dialogue.findings(
                for: question, .english, speaker: nil, in: desk.workspace, waitingAtMost: .seconds(30))
            #expect(before.confidence < 0.75)
            let content = try EntryContent(
                language: .english, title: "Gizmo noises", phrasings: ["my gizmo goes bzzt", "gizmo makes a noise"],
                answer: "Turn it off."
            )
            let entry = try await desk.teach([content])[0]
            let after = try await desk.bot.dialogue.findings(
                for: question, .english, speaker: nil, in: desk.workspace, waitingAtMost: .seconds(30))
            #expect(after.candidates.first?.entry.id == entry.id)
            #expect(after.confidence >= 0.75)
            try await desk.database.write { [desk] in
                try desk.knowledge.store.move(entry.id, to: .archived, in: desk.workspace, $0)
            }
            let withdrawn = try await desk.bot.dialogue.findings(for: question, .english, speaker: nil, in: desk.workspace)
            #expect(!withdrawn.candidates.contains { $0.entry.id == entry.id })
        }
    }

    @Test func `one workspace learns nothing from another`() async throws {
        try await Desk.run([.english]) { desk in
            let findings = try await desk.bot.dialogue.findings(
                for: "where is my parcel", .english, speaker: nil, in: ID(rawValue: 2))
            #expect(findings.candidates.isEmpty)
        }
    }
}

@Suite struct UnderstandingTests {
    @Test func `many changes at once end in the newest lessons`() async throws {
        try await Desk.run { desk in
            for number in 1...20 {
                try await desk.teach([try EntryContent(language: .english, title: "Topic number \(number)", answer: "Yes.")])
            }
            let learnt = try await desk.bot.understanding.learnt(in: desk.workspace, revision: 20)
            #expect(learnt.revision == 20)
        }
    }

    @Test func `who cannot wait gets what there is`() async throws {
        try await Desk.run([.english]) { desk in
            let learnt = try await desk.bot.understanding.learnt(in: desk.workspace, revision: .max, within: .milliseconds(20))
            #expect(learnt.revision > 0)
        }
    }
}
