import Basics
import Support
import Testing

@testable import Store

private enum Colour: String, Codable, SQLConvertible { case red, green }

private struct Lamp: Codable, Hashable, Sendable {
    let id: ID<Lamp>
    var name: String
    var colour: Colour
    var brightness: Double
    var isLit: Bool
    var litAt: Timestamp?
    var serial: [UInt8]?
    var labels: AsJSON<[String]>
    var height: Int
    var note: String?
}

private let lamps = Table<Lamp>("lamp")

private let schema = Migration(
    "test.lamp",
    """
    CREATE TABLE lamp (
        id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE, colour TEXT NOT NULL, brightness REAL NOT NULL,
        is_lit BIGINT NOT NULL, lit_at BIGINT, serial BLOB, labels TEXT NOT NULL, height BIGINT NOT NULL, note TEXT
    )
    """
)

private let lamp = Lamp(
    id: ID(rawValue: .max), name: "灯笼 🏮 \u{0} '\"", colour: .red, brightness: 3, isLit: true,
    litAt: Timestamp(milliseconds: -5), serial: [0, 255], labels: AsJSON(["a", "\"", "喜", "\u{0}"]), height: .min, note: nil
)

@Suite struct TableTests {
    @Test func `what is stored comes back as it was`() async throws {
        try await withDatabase([schema]) { database in
            try await database.write { try lamps.insert(lamp, in: $0) }
            #expect(try await database.read { try lamps.find("1 = 1", in: $0) } == [lamp])
            #expect(try await database.read { try lamps.first("name = \(lamp.name)", in: $0) } == lamp)
        }
    }

    @Test func `a changed row is written whole, and an unknown one is told`() async throws {
        try await withDatabase([schema]) { database in
            var changed = lamp
            (changed.isLit, changed.litAt, changed.note, changed.serial) = (false, nil, "broken", nil)
            let row = changed
            #expect(try await database.write { try lamps.update(row, in: $0) } == false)
            try await database.write { try lamps.insert(lamp, in: $0) }
            #expect(try await database.write { try lamps.update(row, in: $0) })
            #expect(try await database.read { try lamps.first("id = \(lamp.id)", in: $0) } == row)
            #expect(try await database.write { try lamps.delete("id = \(lamp.id)", in: $0) } == 1)
        }
    }

    @Test func `a value twice where it must be unique is told in our words, inside and outside`() async throws {
        try await withDatabase([schema]) { database in
            try await database.write { try lamps.insert(lamp, in: $0) }
            await #expect(throws: Refusal(.conflict, "seen")) {
                try await database.write { transaction in
                    do { try lamps.insert(lamp, in: transaction) } catch StoreError.unique { throw Refusal(.conflict, "seen") }
                }
            }
            do {
                try await database.write { try lamps.insert(lamp, in: $0) }
                Issue.record("the second one was stored")
            } catch StoreError.unique {}
        }
    }

    @Test func `another type or a missing column is an error, not a guess`() async throws {
        try await withDatabase { database in
            let row = try #require(try await database.read { try $0.row("SELECT 'x' AS a, 300 AS b, NULL AS c") })
            #expect(throws: StoreError.column("a")) { try row("a", as: Int.self) }
            #expect(throws: StoreError.column("d")) { try row("d", as: Int.self) }
            #expect(throws: StoreError.column("c")) { try row("c", as: Int.self) }
            #expect(try row.optional("c", as: Int.self) == nil)
            #expect(try row("b") == 300.0)
        }
    }

    @Test func `foreign keys hold`() async throws {
        let schema = Migration(
            "test.parent", "CREATE TABLE parent (id BIGINT PRIMARY KEY)",
            "CREATE TABLE child (parent_id BIGINT NOT NULL REFERENCES parent (id))")
        try await withDatabase([schema]) { database in
            do {
                try await database.write { try $0.run("INSERT INTO child (parent_id) VALUES (\(5))") }
                Issue.record("an orphan was stored")
            } catch StoreError.foreignKey {}
        }
    }
}
