package import Basics
import Foundation
package import Organization
package import Store

/// An upload that was shown to somebody and waits for a yes.
package struct KnowledgeImport: Codable, Sendable {
    package static let lifetime = Duration.seconds(3600)

    package let id: ID<KnowledgeImport>
    let workspaceId: ID<Workspace>
    let agentId: ID<Agent>
    /// The good entries, in the JSON form of an export.
    let content: String
    let expiresAt: Timestamp

    /// What is to be written. Reading it takes a while.
    fileprivate var entries: [ExchangedEntry] {
        get throws { try ImportPreview(reading: Array(content.utf8), as: .json, isKept: true).good.map(\.entry) }
    }
}

/// Uploads between preview and confirmation.
package struct ImportStore: Sendable {
    private let surroundings: Surroundings
    private let knowledge: KnowledgeStore
    private let imports = Table<KnowledgeImport>("knowledge_import")

    package init(surroundings: Surroundings, knowledge: KnowledgeStore) {
        (self.surroundings, self.knowledge) = (surroundings, knowledge)
    }

    /// Keeps the good rows for an hour, and forgets what is older than that.
    package func keep(
        _ preview: ImportPreview, in workspace: ID<Workspace>, by agent: ID<Agent>, _ transaction: any Transaction
    ) throws -> ID<KnowledgeImport> {
        let now = surroundings.now()
        try imports.delete("expires_at <= \(now)", in: transaction)
        let kept = KnowledgeImport(
            id: surroundings.makeID(), workspaceId: workspace, agentId: agent,
            content: ExchangeFormat.json.write(preview.good.map(\.entry)), expiresAt: now + KnowledgeImport.lifetime
        )
        try imports.insert(kept, in: transaction)
        return kept.id
    }

    /// Writes what was previewed, once: in slices, because all messages wait while one of them is written. Confirmed again
    /// after a break, nothing is there twice. `finish` runs in the transaction that ends it.
    package func confirm(
        _ id: ID<KnowledgeImport>, in workspace: ID<Workspace>, by agent: ID<Agent>, on database: any Database,
        finish: @escaping @Sendable (ImportOutcome, any Transaction) throws -> Void = { _, _ in }
    ) async throws -> ImportOutcome {
        let kept = try await database.read { try self.kept(id, in: workspace, $0) }
        let entries = try await Task.detached { try kept.entries }.value
        var outcome = ImportOutcome(created: 0, updated: 0)
        for start in stride(from: 0, to: entries.count, by: Self.slice) {
            let slice = Array(entries[start..<min(start + Self.slice, entries.count)])
            outcome += try await database.write { try apply(slice, in: workspace, by: agent, $0) }
        }
        try await database.write { [outcome] transaction in
            try imports.delete("id = \(id)", in: transaction)
            try finish(outcome, transaction)
        }
        return outcome
    }

    private static let slice = 100

    private func kept(
        _ id: ID<KnowledgeImport>, in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws -> KnowledgeImport {
        let kept = try imports.first("id = \(id) AND workspace_id = \(workspace)", in: transaction)
        guard let kept, surroundings.now() < kept.expiresAt else { throw Refusal(.notFound, "import.unknown") }
        return kept
    }

    /// Entries with a title and language that exist already become new versions of those.
    @discardableResult
    package func apply(
        _ entries: [ExchangedEntry], in workspace: ID<Workspace>, by author: ID<Agent>?, _ transaction: any Transaction
    ) throws -> ImportOutcome {
        var outcome = ImportOutcome(created: 0, updated: 0)
        for entry in entries {
            let known = try knowledge.entry(titled: entry.content.title, entry.content.language, in: workspace, transaction)
            if let known {
                let revised = try knowledge.revise(known.id, to: entry.content, in: workspace, by: author, transaction)
                let moved = try knowledge.move(known.id, to: entry.state, in: workspace, transaction)
                if revised.version > known.version || moved.state != known.state { outcome.updated += 1 }
            } else {
                try knowledge.create(entry.content, state: entry.state, in: workspace, by: author, transaction)
                outcome.created += 1
            }
        }
        return outcome
    }
}

/// What a confirmed import has done.
package struct ImportOutcome: Codable, Hashable, Sendable {
    package var created: Int
    /// Those that say something else now; unchanged ones are not counted.
    package var updated: Int

    static func += (sum: inout Self, more: Self) {
        sum.created += more.created
        sum.updated += more.updated
    }
}
