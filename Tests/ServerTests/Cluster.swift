import Foundation
import Organization
import Store
import Support
import Synchronization

@testable import Server

/// What several nodes share: a schema of its own in the tests' PostgreSQL, a key, a folder for attachments.
final class Cluster: Sendable {
    let folder: TemporaryFolder
    let address: String
    /// Looks in from outside.
    let database: any Database
    private let nodes = Mutex<[Node]>([])

    private init(_ folder: TemporaryFolder, _ schema: String) throws {
        self.folder = folder
        address = postgresAddress! + "?application_name=\(schema)&options=-csearch_path%3D\(schema)"
        database = try PostgresDatabase(address, connections: 3)
    }

    static func run(_ body: (Cluster) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let schema = "test_" + UUID().uuidString.replacing("-", with: "").lowercased()
        let cluster = try Cluster(folder, schema)
        try await cluster.database.write { try $0.run(SQL(stringLiteral: "CREATE SCHEMA \(schema)")) }
        let ended: Result<Void, any Error>
        do { ended = .success(try await body(cluster)) } catch { ended = .failure(error) }
        for node in cluster.nodes.withLock({ $0 }) {
            node.tellToStop()
            try? await node.end()
        }
        try await cluster.database.write { try $0.run(SQL(stringLiteral: "DROP SCHEMA \(schema) CASCADE")) }
        try await cluster.database.close()
        try ended.get()
    }

    /// A node that begins to start.
    func node(_ name: String, further: @escaping @Sendable (Ground) -> [Feature] = { _ in [] }) -> Node {
        let node = Node(name, of: self, further: further)
        nodes.withLock { $0.append(node) }
        return node
    }

    /// Which node holds each lease.
    func leases() async throws -> [String: Int64] {
        try await database.read { transaction in
            let rows = try transaction.rows("SELECT name, node FROM lease")
            return try Dictionary(uniqueKeysWithValues: rows.map { try ($0("name"), $0("node")) })
        }
    }
}
