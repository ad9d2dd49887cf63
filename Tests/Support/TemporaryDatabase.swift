import Foundation
package import Store

/// A folder that is gone when the test is over.
package struct TemporaryFolder: Sendable {
    package let path: String

    package init() throws {
        path = NSTemporaryDirectory() + "nightdesk-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    package func file(_ name: String) -> String { path + "/" + name }
    package func remove() { try? FileManager.default.removeItem(atPath: path) }
}

/// Where the tests find a PostgreSQL; nil when they run on SQLite.
package let postgresAddress = ProcessInfo.processInfo.environment["NIGHTDESK_TEST_POSTGRES"]

/// Runs the body on a fresh database with the given schema, and removes it afterwards: SQLite, or PostgreSQL where
/// `NIGHTDESK_TEST_POSTGRES` gives the address of one.
@discardableResult
package func withDatabase<Answer: Sendable>(
    _ migrations: [Migration] = [], connections: Int = 4, _ body: (any Database) async throws -> Answer
) async throws -> Answer {
    if let postgresAddress {
        return try await withSchema(on: postgresAddress, connections) { try await use($0, migrations, body) }
    }
    return try await withSQLite(migrations, body)
}

/// The same, always on SQLite: for what only its files have.
@discardableResult
package func withSQLite<Answer: Sendable>(
    _ migrations: [Migration] = [], _ body: (any Database) async throws -> Answer
) async throws -> Answer {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    return try await use(try SQLiteDatabase(path: folder.file("nightdesk.db")), migrations, body)
}

private func use<Answer: Sendable>(
    _ database: any Database, _ migrations: [Migration], _ body: (any Database) async throws -> Answer
) async throws -> Answer {
    do {
        try await database.migrate(migrations)
        let answer = try await body(database)
        try await database.close()
        return answer
    } catch {
        try? await database.close()
        throw error
    }
}

/// A schema of its own on a server that is there already.
private func withSchema<Answer: Sendable>(
    on server: String, _ connections: Int, _ body: (any Database) async throws -> Answer
) async throws -> Answer {
    let name = "test_" + UUID().uuidString.replacing("-", with: "").lowercased()
    let keeper = try PostgresDatabase(server, connections: 3)
    try await keeper.write { try $0.run(SQL(stringLiteral: "CREATE SCHEMA \(name)")) }
    let answer: Result<Answer, any Error>
    do {
        answer = .success(
            try await body(
                try PostgresDatabase(
                    server + "?application_name=\(name)&options=-csearch_path%3D\(name)", connections: connections)))
    } catch { answer = .failure(error) }
    try await keeper.write { try $0.run(SQL(stringLiteral: "DROP SCHEMA \(name) CASCADE")) }
    try await keeper.close()
    return try answer.get()
}
