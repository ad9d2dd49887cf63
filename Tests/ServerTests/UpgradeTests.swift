import Basics
import Organization
import Store
import Support
import Testing

@testable import Server

/// Two versions that serve one database for a while, as they do when nodes are replaced one by one.
@Suite(.enabled(if: postgresAddress != nil)) struct UpgradeTests {
    @Test(.timeLimit(.minutes(3)))
    func `a chat goes on while a newer version takes over from an older one`() async throws {
        try await Cluster.run { cluster in
            let older = cluster.node("older")
            try await eventually { try await older.isReady }
            let chat = try await Chat(foundedAt: older)
            let newer = try await chat.upgraded(from: older, of: cluster)
            try await chat.connected(to: newer) { link in
                for _ in 0..<3 { try await chat.goOn(link, visitorAt: newer, agentAt: newer) }
            }
            let kept = try await chat.kept(at: newer)
            #expect(chat.acknowledged.allSatisfy { kept[$0.key] == $0.value })
            #expect(kept.keys.sorted() == Array(1...Int64(kept.count)))
            try await cannotComeBack(to: cluster)
        }
    }

    private func cannotComeBack(to cluster: Cluster) async throws {
        let expected = StoreError.newerVersion(unknown: [Tomorrow.migration.name])
        await #expect(throws: expected) { try await cluster.node("older, again").end() }
        #expect(
            Explanation(of: expected).sentence
                == "this database was written by a newer version (it knows tomorrow.1); install that version or restore a backup")
    }
}

extension Chat {
    /// Talks through the older node, through both, and until the older is gone.
    fileprivate func upgraded(from older: Node, of cluster: Cluster) async throws -> Node {
        let newer = cluster.node("newer", further: { [Tomorrow.feature(on: $0)] })
        try await connected(to: older) { link in
            repeat { try await goOn(link, visitorAt: older, agentAt: older) } while try await !newer.isReady
            for _ in 0..<5 { try await goOn(link, visitorAt: older, agentAt: newer) }
            for _ in 0..<5 { try await goOn(link, visitorAt: newer, agentAt: older) }
            let before = try await cluster.leases().filter { $0.key != Tomorrow.work }
            #expect(!before.isEmpty && Set(before.values) == [older.number])
            older.tellToStop()
            try await goOn(link, visitorAt: older, agentAt: newer)
            try await link.hear { $0.type == "reconnect" }
        }
        try await older.end()
        try await eventually { try await Set(cluster.leases().values) == [newer.number] }
        let worked = try await cluster.database.read { try $0.value("SELECT COUNT(*) FROM tomorrow", as: Int.self) }
        #expect(worked ?? 0 > 0)
        return newer
    }
}

/// What the next version adds: a table, columns that today's does not know, and work that only one node may do.
private enum Tomorrow {
    static let work = "tomorrow.work"
    static let migration = Migration(
        "tomorrow.1", "CREATE TABLE tomorrow (id BIGINT PRIMARY KEY, at BIGINT NOT NULL)",
        "ALTER TABLE entry ADD COLUMN mood TEXT", "ALTER TABLE session ADD COLUMN mood TEXT",
        "ALTER TABLE conversation ADD COLUMN mood TEXT", "ALTER TABLE agent ADD COLUMN mood TEXT")

    static func feature(on ground: Ground) -> Feature {
        var feature = Feature(name: "tomorrow")
        feature.migrations = [migration]
        feature.workers = [
            Worker(work, .oneNode) {
                for id in 1... {
                    try await ground.database.write { transaction in
                        try transaction.run(
                            "INSERT INTO tomorrow (id, at) VALUES (\(id), \(ground.surroundings.now())) ON CONFLICT DO NOTHING")
                        for table: SQL in ["entry", "session", "conversation"] {
                            try transaction.run("UPDATE \(table) SET mood = 'calm' WHERE mood IS NULL")
                        }
                    }
                    try await ground.surroundings.sleep(.milliseconds(50))
                }
            }
        ]
        return feature
    }
}
