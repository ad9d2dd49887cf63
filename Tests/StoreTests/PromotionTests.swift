import Foundation
import Support
import Synchronization
import Testing

@testable import Store

private let schema = Migration(
    "test.1",
    "CREATE TABLE place (id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    """
    CREATE TABLE guest (
        place_id BIGINT NOT NULL REFERENCES place (id) ON DELETE CASCADE, code TEXT NOT NULL, note TEXT, weight DOUBLE PRECISION,
        picture BLOB, PRIMARY KEY (place_id, code)
    ) WITHOUT ROWID
    """,
    "CREATE TABLE log (id BIGINT PRIMARY KEY, what TEXT NOT NULL)",
    sqlite: ["CREATE TRIGGER log_stays BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'append-only'); END"],
    postgres: [
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN RAISE EXCEPTION 'append-only'; END $body$",
        "CREATE TRIGGER log_stays BEFORE DELETE ON log FOR EACH STATEMENT EXECUTE FUNCTION refuse()",
    ]
)

/// Two databases side by side: SQLite, and whatever the tests run on.
@Suite struct PromotionTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// From SQLite to the database under test, and the other way round. Where rows are copied to, SQLite cannot look after references.
    private func bothWays(andBack: Bool = false, _ body: (any Database, any Database) async throws -> Void) async throws {
        for isForward in [true, false] {
            try await withOther(checksReferences: !isForward && !andBack) { other in
                let own = try SQLiteDatabase(
                    path: folder.file("\(isForward).sqlite"), checksReferences: isForward && !andBack)
                let (source, target): (any Database, any Database) = isForward ? (own, other) : (other, own)
                try await source.migrate([schema])
                try await source.write { try Self.fill($0) }
                try await body(source, target)
                try await own.close()
            }
        }
        folder.remove()
    }

    private func withOther(checksReferences: Bool, _ body: (any Database) async throws -> Void) async throws {
        guard postgresAddress == nil else {
            return try await withDatabase { other in
                try await other.write { try $0.run("DROP TABLE migration") }
                try await body(other)
            }
        }
        let other = try SQLiteDatabase(path: folder.file("other-\(UUID()).sqlite"), checksReferences: checksReferences)
        try await body(other)
        try await other.close()
    }

    private static func fill(_ transaction: any Transaction) throws {
        for number in 1...60 { try transaction.run("INSERT INTO place (id, name) VALUES (\(number), \("place \(number)"))") }
        for number in 1...2_500 {
            try transaction.run(
                """
                INSERT INTO guest (place_id, code, note, weight, picture) VALUES
                (\(number % 60 + 1), \("code \(number)"), \(number % 3 == 0 ? nil : "龙\0\(number)"), \(Double(number) / 7),
                \(number % 2 == 0 ? [UInt8](repeating: UInt8(number % 256), count: number % 5) : nil))
                """)
        }
        try transaction.run("INSERT INTO log (id, what) VALUES (1, 'began')")
    }

    private func promoter(
        _ source: any Database, _ target: any Database, id: String = "one", server: String? = nil,
        tell: @escaping @Sendable (Promoter.Progress) -> Void = { _ in }
    ) -> Promoter {
        Promoter(from: source, to: target, id: id, migrations: [schema], runningServer: { server }, tell: tell)
    }

    private func contents(_ database: any Database) async throws -> [String: Checksum] {
        try await database.read { transaction in
            try Checksum.all(of: CopiedTable.all(in: transaction, database.dialect), in: transaction)
        }
    }

    private func phase(_ database: any Database) async throws -> Promotion.Phase? {
        try await database.read { try Promotion.found(in: $0, database.dialect)?.phase }
    }

    @Test func `everything arrives as it is, and the old database takes nothing more`() async throws {
        try await bothWays { source, target in
            let before = try await contents(source)
            try await promoter(source, target).run()
            #expect(try await contents(target) == before)
            #expect(before["guest"]?.count == 2_500)
            #expect(try await phase(source) == .moved)
            #expect(try await phase(target) == .truth)
            for statement: SQL in [
                "INSERT INTO log (id, what) VALUES (2, 'late')", "UPDATE place SET name = 'late' WHERE id = 1",
                "DELETE FROM guest WHERE place_id = 3",
            ] { await #expect(throws: StoreError.moved) { try await source.write { try $0.run(statement) } } }
            #expect(try await contents(source) == before)
        }
    }

    @Test func `foreign keys hold in the new database`() async throws {
        try await bothWays { source, target in
            try await promoter(source, target).run()
            guard target.dialect == .postgres else { return }
            await #expect(throws: StoreError.self) {
                try await target.write { try $0.run("INSERT INTO guest (place_id, code) VALUES (777, 'x')") }
            }
            let unchecked = try await target.read {
                try $0.value("SELECT count(*) FROM pg_constraint WHERE NOT convalidated", as: Int.self)
            }
            #expect(unchecked == 0)
        }
    }

    /// Every kind of change, at every stage, with keys that change and unique names that are passed on.
    @Test func `what changes meanwhile arrives, too`() async throws {
        try await bothWays { source, target in
            let steps = Mutex(0)
            let change: @Sendable () -> Void = {
                // A busy machine makes many attempts; there is something to change for some of them.
                let next = steps.withLock { step -> Int? in
                    guard step < 40 else { return nil }
                    step += 1
                    return step
                }
                guard let step = next else { return }
                do { try awaited { try await source.write { try Self.change($0, step) } } } catch { Issue.record(error) }
            }
            try await promoter(source, target) { progress in
                if case .moved = progress { return }
                change()
            }.run()
            #expect(steps.withLock(\.self) >= 5)
            #expect(try await contents(target) == contents(source))
            #expect(
                try await source.read { try $0.value("SELECT count(*) FROM log", as: Int.self) } == steps.withLock(\.self) + 1)
        }
    }

    private static func change(_ transaction: any Transaction, _ step: Int) throws {
        try transaction.run("INSERT INTO log (id, what) VALUES (\(step + 100), 'changed')")
        // A name goes from one row to another.
        try transaction.run("DELETE FROM place WHERE id = \(step)")
        try transaction.run("INSERT INTO place (id, name) VALUES (\(step + 1_000), \("place \(step)"))")
        try transaction.run("UPDATE place SET name = \("swap \(step)") WHERE id = 30")
        try transaction.run("UPDATE place SET name = \("place 30, \(step)") WHERE id = 31")
        try transaction.run("UPDATE guest SET code = code || '!' WHERE place_id = 40")
        try transaction.run("UPDATE guest SET place_id = 42 WHERE place_id = \(43 + step)")
        for number in 1...150 {
            try transaction.run("INSERT INTO guest (place_id, code) VALUES (50, \("step \(step)/\(number)"))")
        }
    }

    @Test func `a target that holds anything else is left alone`() async throws {
        try await bothWays { source, target in
            try await target.write { try $0.run("CREATE TABLE mine (id BIGINT PRIMARY KEY)") }
            await #expect(throws: PromotionError.notEmpty) { try await promoter(source, target).run() }
            try await target.write { try $0.run("DROP TABLE mine") }
            try await promoter(source, target, id: "another's").run()
            await #expect(throws: PromotionError.notEmpty) { try await promoter(source, target).run() }
        }
    }

    @Test func `broken off anywhere, the old database is the truth and it can be begun anew`() async throws {
        struct BrokenOff: Error {}
        try await bothWays { source, target in
            let before = try await contents(source)
            for stage in 1...4 {
                let place = Mutex(0)
                let crashing = CrashingDatabase(target)
                await #expect(throws: BrokenOff.self) {
                    try await promoter(source, crashing) { _ in
                        if place.withLock({
                            $0 += 1; return $0
                        }) == stage {
                            crashing.error.withLock { $0 = BrokenOff() }
                        }
                    }.run()
                }
                #expect(try await phase(source) == .truth)
                #expect(try await phase(target) == .target)
                try await source.write { try $0.run("UPDATE place SET name = name || '.' WHERE id = 2") }
                #expect(try await source.read { try $0.value("SELECT count(*) FROM promotion_change", as: Int.self) } == 0)
            }
            try await promoter(source, target).run()
            #expect(try await contents(target) == contents(source))
            #expect(try await contents(source) != before)
        }
    }

    @Test func `there and back again`() async throws {
        try await bothWays(andBack: true) { source, target in
            try await promoter(source, target).run()
            try await target.write { try $0.run("INSERT INTO log (id, what) VALUES (2, 'there')") }
            try await promoter(target, source).run()
            #expect(try await phase(target) == .moved)
            try await source.write { try $0.run("INSERT INTO log (id, what) VALUES (3, 'back')") }
            #expect(try await contents(source)["log"]?.count == 3)
            await #expect(throws: StoreError.moved) { try await target.write { try $0.run("DELETE FROM guest") } }
        }
    }
}

/// Fails every write once it was told to.
private final class CrashingDatabase: Database {
    let error = Mutex<(any Error)?>(nil)
    private let database: any Database
    var dialect: Dialect { database.dialect }

    init(_ database: any Database) { self.database = database }

    private func fail() throws { if let error = error.withLock(\.self) { throw error } }

    func read<Answer: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Answer) async throws -> Answer {
        try await database.read(body)
    }

    @discardableResult
    func write<Answer: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Answer) async throws -> Answer {
        try fail()
        return try await database.write(body)
    }

    @discardableResult
    func append<Answer: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Answer) async throws -> Answer {
        try fail()
        return try await database.append(body)
    }

    func close() async throws {}
    func backUp(to path: String) async throws {}
}
