import Support
import Testing

@testable import Store

private let first = Migration("test.1", "CREATE TABLE a (id BIGINT PRIMARY KEY)")
private let second = Migration("test.2", "ALTER TABLE a ADD COLUMN name TEXT", "CREATE TABLE b (id BIGINT PRIMARY KEY)")

@Suite struct MigrationTests {
    @Test func `each step is taken once, and later ones join`() async throws {
        try await withDatabase([first]) { database in
            try await database.write { try $0.run("INSERT INTO a (id) VALUES (1)") }
            try await database.migrate([first, second])
            try await database.migrate([first, second])
            #expect(try await database.read { try $0.value("SELECT count(*) FROM a WHERE name IS NULL", as: Int.self) } == 1)
        }
    }

    @Test func `a database of a newer version is left alone`() async throws {
        try await withDatabase([first, second]) { database in
            await #expect(throws: StoreError.newerVersion(unknown: ["test.2"])) { try await database.migrate([first]) }
        }
    }

    @Test func `a step that was changed afterwards is refused`() async throws {
        try await withDatabase([first]) { database in
            let changed = Migration("test.1", "CREATE TABLE a (id BIGINT PRIMARY KEY, more TEXT)")
            await #expect(throws: StoreError.changedMigration("test.1")) { try await database.migrate([changed, second]) }
        }
    }

    @Test func `a step that fails leaves nothing behind`() async throws {
        try await withDatabase([first]) { database in
            let broken = Migration("test.2", "CREATE TABLE b (id BIGINT PRIMARY KEY)", "CREATE TABLE a (id BIGINT PRIMARY KEY)")
            await #expect(throws: StoreError.self) { try await database.migrate([first, broken]) }
            try await database.migrate([first, second])
        }
    }

    @Test func `what only one database understands is run on that one, and counted for that one`() async throws {
        let special = Migration(
            "test.1", "CREATE TABLE a (id BIGINT PRIMARY KEY)", sqlite: ["CREATE TABLE s (kept TEXT)"],
            postgres: ["CREATE TABLE p (kept TEXT)"]
        )
        try await withDatabase([special]) { database in
            let (own, other): (SQL, SQL) = database.dialect == .sqlite ? ("s", "p") : ("p", "s")
            let rows = try await database.read { try $0.value("SELECT count(*) FROM \(own)", as: Int.self) }
            #expect(rows == 0)
            await #expect(throws: StoreError.self) { try await database.read { try $0.run("SELECT count(*) FROM \(other)") } }
        }
        #expect(special.checksum(for: .sqlite) != special.checksum(for: .postgres))
    }

    @Test func `a key of 64 bits is SQLite's own row number`() async throws {
        try await withSQLite([first]) { database in
            try await database.write { try $0.run("INSERT INTO a (id) VALUES (77)") }
            #expect(try await database.read { try $0.value("SELECT rowid FROM a", as: Int.self) } == 77)
        }
    }
}
