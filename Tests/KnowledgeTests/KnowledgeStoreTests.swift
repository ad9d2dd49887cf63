import Basics
import Bus
import Foundation
import Knowledge
import Organization
import Store
import Synchronization
import Testing

/// An empty knowledge base in a database of its own, under a clock that stands still until told.
final class Shelf: Sendable {
    let database: SQLiteDatabase
    let knowledge: Knowledge
    let facts = Facts(bus: MemoryBus())
    let workspace = ID<Workspace>(rawValue: 1)
    let agent = ID<Agent>(rawValue: 7)
    private let clock: Clock
    private let folder: URL

    final class Clock: Sendable {
        let now = Mutex(Timestamp(milliseconds: 1_790_000_000_000))
    }

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "shelf-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        database = try SQLiteDatabase(path: folder.appending(path: "test.db").path)
        let clock = Clock()
        self.clock = clock
        let surroundings = Surroundings(now: { clock.now.withLock { $0 } }, randomBytes: { [UInt8](repeating: 1, count: $0) })
        knowledge = Knowledge(database: database, surroundings: surroundings, facts: facts)
        try await database.migrate(KnowledgeStore.migrations)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var store: KnowledgeStore { knowledge.store }

    func wait(_ span: Duration) { clock.now.withLock { $0 = $0 + span } }

    @discardableResult
    func add(
        _ title: String, _ answer: String = "an answer", language: Language = .english, state: KnowledgeEntry.State = .published,
        phrasings: [String] = []
    ) async throws -> KnowledgeEntry {
        let content = try EntryContent(language: language, title: title, phrasings: phrasings, answer: answer)
        return try await database.write { [store, workspace] in
            try store.create(content, state: state, in: workspace, by: nil, $0)
        }
    }

    func titles(_ list: KnowledgeList) async throws -> [String] {
        try await database.read { [workspace] in try list.page(in: workspace, $0).entries.map(\.title) }
    }
}

@Suite struct KnowledgeStoreTests {
    @Test func `each revision is a version that stays`() async throws {
        let shelf = try await Shelf()
        let entry = try await shelf.add("Shipping time", "Two days.")
        let newer = try EntryContent(language: .english, title: "Shipping time", answer: "Three days.")
        let (revised, versions) = try await shelf.database.write {
            [store = shelf.store, workspace = shelf.workspace] transaction in
            let revised = try store.revise(entry.id, to: newer, known: 1, in: workspace, by: nil, transaction)
            return (revised, try store.versions(of: entry.id, in: workspace, transaction))
        }
        #expect(revised.version == 2)
        #expect(versions.map(\.number) == [2, 1])
        #expect(versions.map(\.answer) == ["Three days.", "Two days."])
    }

    @Test func `a version written meanwhile is not overwritten`() async throws {
        let shelf = try await Shelf()
        let entry = try await shelf.add("Shipping time")
        let content = try EntryContent(language: .english, title: "Other", answer: "x")
        await #expect(throws: Refusal(.conflict, "knowledge.version")) {
            try await shelf.database.write { [store = shelf.store, workspace = shelf.workspace] in
                try store.revise(entry.id, to: content, known: 0, in: workspace, by: nil, $0)
            }
        }
    }

    @Test func `entries of another workspace do not exist`() async throws {
        let shelf = try await Shelf()
        let entry = try await shelf.add("Ours")
        await #expect(throws: Refusal(.notFound, "entry.unknown")) {
            try await shelf.database.read { [store = shelf.store] in try store.entry(entry.id, in: ID(rawValue: 2), $0) }
        }
    }

    @Test(arguments: [("发货", 1), ("货 今天", 1), ("ＶＩＰ", 1), ("vip", 1), ("100%", 1), ("%", 1), ("_", 0), ("没有的", 0)])
    func `any part of a Chinese text is found`(query: String, count: Int) async throws {
        let shelf = try await Shelf()
        try await shelf.add("什么时候发货", "今天下单今天发。", language: .chinese, phrasings: ["ＶＩＰ先发吗"])
        try await shelf.add("Is it 100% cotton?")
        var list = KnowledgeList()
        list.query = query
        #expect(try await shelf.titles(list).count == count)
    }

    @Test func `pages follow one another without gap or repetition`() async throws {
        let shelf = try await Shelf()
        for number in 1...7 { try await shelf.add("entry \(number)") }
        var (list, titles) = (KnowledgeList(), [String]())
        list.limit = 3
        repeat {
            let page = try await shelf.database.read { [list, workspace = shelf.workspace] in try list.page(in: workspace, $0) }
            titles += page.entries.map(\.title)
            list.after = page.next
        } while list.after != nil
        #expect(titles == (1...7).reversed().map { "entry \($0)" })
    }

    @Test func `only a change of published knowledge is announced`() async throws {
        let shelf = try await Shelf()
        let heard = Heard()
        shelf.facts.listen(to: KnowledgeChanged.self) { fact in heard.revisions.withLock { $0.append(fact.revision) } }
        let draft = try await shelf.add("draft", state: .draft)
        #expect(heard.revisions.withLock { $0 } == [])
        for state in [KnowledgeEntry.State.published, .published, .archived] {
            _ = try await shelf.database.write { [store = shelf.store, workspace = shelf.workspace] in
                try store.move(draft.id, to: state, in: workspace, $0)
            }
        }
        #expect(heard.revisions.withLock { $0 } == [1, 2])
    }

    @Test func `judgements are counted and a changed mind moves`() async throws {
        let shelf = try await Shelf()
        let id = try await shelf.add("entry").id
        let entry = try await shelf.database.write { [store = shelf.store, workspace = shelf.workspace] transaction in
            try store.countHit(of: id, in: workspace, transaction)
            try store.judge(id, helpful: true, earlier: nil, in: workspace, transaction)
            try store.judge(id, helpful: true, earlier: nil, in: workspace, transaction)
            try store.judge(id, helpful: false, earlier: true, in: workspace, transaction)
            try store.judge(id, helpful: false, earlier: false, in: workspace, transaction)
            return try store.entry(id, in: workspace, transaction)
        }
        #expect((entry.hits, entry.helpful, entry.unhelpful) == (1, 1, 1))
    }

    @Test func `an entry is effective from its first moment until just before its last`() throws {
        let content = try EntryContent(
            language: .english, title: "t", answer: "a",
            effectiveFrom: Timestamp(milliseconds: 10), effectiveUntil: Timestamp(milliseconds: 20)
        )
        let entry = KnowledgeEntry(
            id: ID(rawValue: 1), workspace: ID(rawValue: 1), content: content, state: .published, at: Timestamp(milliseconds: 0)
        )
        #expect([9, 10, 19, 20].map { entry.isEffective(at: Timestamp(milliseconds: $0)) } == [false, true, true, false])
    }
}

@Suite struct ImportStoreTests {
    private func preview(_ text: String) throws -> ImportPreview { try ImportPreview(reading: Array(text.utf8), as: .csv) }

    @Test func `nothing is written until the import is confirmed, once`() async throws {
        let shelf = try await Shelf()
        let preview = try preview("title,answer\nA,a\nB,b\n")
        try await shelf.add("A", "a")
        let id = try await shelf.database.write { [shelf] in
            try shelf.knowledge.imports.keep(preview, in: shelf.workspace, by: shelf.agent, $0)
        }
        #expect(try await shelf.titles(KnowledgeList()) == ["A"])
        let outcome = try await shelf.knowledge.imports.confirm(id, in: shelf.workspace, by: shelf.agent, on: shelf.database)
        #expect(outcome.created == 1 && outcome.updated == 0)
        await #expect(throws: Refusal(.notFound, "import.unknown")) {
            try await shelf.knowledge.imports.confirm(id, in: shelf.workspace, by: shelf.agent, on: shelf.database)
        }
    }

    @Test func `a preview is forgotten after an hour`() async throws {
        let shelf = try await Shelf()
        let preview = try preview("title,answer\nA,a\n")
        let id = try await shelf.database.write { [shelf] in
            try shelf.knowledge.imports.keep(preview, in: shelf.workspace, by: shelf.agent, $0)
        }
        shelf.wait(.seconds(3600))
        await #expect(throws: Refusal(.notFound, "import.unknown")) {
            try await shelf.knowledge.imports.confirm(id, in: shelf.workspace, by: shelf.agent, on: shelf.database)
        }
    }

    @Test func `an import replaces entries of the same title and language`() async throws {
        let shelf = try await Shelf()
        let entry = try await shelf.add("A", "old")
        try await shelf.add("A", "旧", language: .chinese)
        let entries = try preview("title,answer,language\nA,new,en\n").good.map(\.entry)
        let (outcome, now) = try await shelf.database.write { [shelf] transaction in
            let outcome = try shelf.knowledge.imports.apply(entries, in: shelf.workspace, by: nil, transaction)
            return (outcome, try shelf.store.entry(entry.id, in: shelf.workspace, transaction))
        }
        #expect(outcome.created == 0 && outcome.updated == 1)
        #expect((now.version, now.answer) == (2, "new"))
    }
}

final class Heard: Sendable {
    let revisions = Mutex<[Int]>([])
}
