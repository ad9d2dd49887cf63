import Basics
import Foundation
import Store

/// The key that seals secrets and signs visitors' tokens. All nodes have the same: the first one's fingerprint is in the
/// database that they share, and a node with another key does not start.
struct SharedKey: Sendable {
    static let migration = Migration(
        "operation.2", "CREATE TABLE secret_key (id BIGINT PRIMARY KEY, fingerprint TEXT NOT NULL)")

    let sealer: Sealer
    private let database: any Database
    private let path: String
    private let isCluster: Bool

    /// - Parameter isLookedAt: a key that is missing is not made.
    init(_ ground: Ground, isLookedAt: Bool) throws {
        let asked = ground.settings[SettingsInForce.secretKey]
        (path, database, isCluster) = (asked.isEmpty ? ground.folder.secretKey : asked, ground.database, ground.isCluster)
        let isMissing = !FileManager.default.fileExists(atPath: path)
        let randomBytes = ground.surroundings.randomBytes
        sealer =
            isLookedAt && isMissing ? .unkept(randomBytes: randomBytes) : try Sealer(keyFile: path, randomBytes: randomBytes)
    }

    /// Notes the key in the database, or finds that it is the one noted there.
    func agree() async throws {
        let noted = try await database.write { [sealer] transaction in
            try transaction.run(
                "INSERT INTO secret_key (id, fingerprint) VALUES (1, \(sealer.fingerprint)) ON CONFLICT (id) DO NOTHING")
            return try transaction.value("SELECT fingerprint FROM secret_key", as: String.self)
        }
        guard noted != sealer.fingerprint else { return }
        // Made a moment ago, for nothing: it must not be taken for the right one later.
        if sealer.isNew { unlink(path) }
        throw anothers
    }

    /// What `nightdesk check` says of it; fails as serving would.
    func word() async throws -> String {
        let noted = try await noted()
        if let noted, noted != sealer.fingerprint { throw anothers }
        guard sealer.isNew else { return noted == nil ? "good" : "good, the same as the other nodes'" }
        return "missing: the next start makes a new one at \(path), which opens nothing that was sealed before"
    }

    /// Nil before the first node, and on SQLite, which has one.
    private func noted() async throws -> String? {
        guard isCluster else { return nil }
        return try await database.read { transaction in
            // An older schema has no place for it yet.
            guard try transaction.row("SELECT name FROM migration WHERE name = \(Self.migration.name)") != nil else { return nil }
            return try transaction.value("SELECT fingerprint FROM secret_key", as: String.self)
        }
    }

    private var anothers: Misuse {
        Misuse(
            sealer.isNew
                ? "there is no key at \(path), and the nodes that use this database have one: copy their secret.key there"
                : "the key at \(path) is not the one that the other nodes of this database have: copy their secret.key there")
    }
}
