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

/// Runs the body on a fresh database with the given schema, and removes it afterwards.
@discardableResult
package func withDatabase<Answer: Sendable>(
    _ migrations: [Migration] = [], _ body: (any Database) async throws -> Answer
) async throws -> Answer {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let database = try SQLiteDatabase(path: folder.file("nightdesk.db"))
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
