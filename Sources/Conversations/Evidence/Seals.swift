package import Basics
package import Organization
package import Store

/// Ties the conversations' chains to the audit log: every hour one line bears the hash of all that was added, so that neither a last link
/// nor a whole conversation can be taken away or written anew without a trace.
package struct Seals: Sendable {
    private let store = EvidenceStore()
    private let database: any Database
    private let surroundings: Surroundings
    private let audit: Audit

    private static let interval = Duration.seconds(3600)
    /// Links under one seal: more are sealed at once by the next.
    private static let most = 5000
    static let action = "bot.sealed"

    package init(database: any Database, surroundings: Surroundings, audit: Audit) {
        (self.database, self.surroundings, self.audit) = (database, surroundings, audit)
    }

    var worker: Worker {
        Worker("conversations.seals", .oneNode) {
            while true {
                try await surroundings.sleep(Self.interval)
                try await seal()
            }
        }
    }

    /// Seals everything that is not yet.
    package func seal() async throws {
        for workspace in try await database.read({ try store.workspacesToSeal($0) }) {
            while try await database.write({ try seal(workspace, $0) }) == Self.most {}
        }
    }

    private func seal(_ workspace: ID<Workspace>, _ transaction: any Transaction) throws -> Int {
        let links = try store.unsealed(in: workspace, limit: Self.most, transaction)
        guard let last = links.last else { return 0 }
        let event = AuditEvent(Self.action, "bot.evidence", ["messages": "\(links.count)", "hash": Self.hash(of: links)])
        let line = try audit.record(event, by: .system(of: workspace), in: transaction)
        try store.mark(line, upTo: last, transaction)
        return links.count
    }

    /// Over conversation, number and hash of each link, a line each.
    private static func hash(of links: [EvidenceLink]) -> String {
        Grounds.digest(links.map { "\($0.conversationId).\($0.number) \($0.hash)\n" }.joined())
    }

    /// Whether the links under a seal are those that were sealed.
    package func holds(_ line: Int64, in workspace: ID<Workspace>) async throws -> Bool {
        try await database.read { transaction in
            guard let entry = try audit.entry(line, of: workspace, in: transaction), entry.action == Self.action else {
                return false
            }
            return entry.detail.value["hash"] == Self.hash(of: try store.sealed(line, in: workspace, transaction))
        }
    }

    /// Follows every conversation's chain and looks every seal over.
    package func verify(in workspaces: [ID<Workspace>]) async throws -> EvidenceVerification {
        var result = EvidenceVerification()
        for workspace in workspaces {
            let lines = try await database.read { try audit.entries(of: Self.action, in: workspace, $0).map(\.number) }
            for line in lines where try await !holds(line, in: workspace) { result.brokenSeals.append(line) }
        }
        var last: Int64 = 0
        while true {
            let chains = try await database.read { [last] transaction in
                try store.conversations(after: last, limit: 100, transaction).map { try store.chain(of: $0, transaction) }
            }
            chains.forEach { result.add($0) }
            guard let end = chains.last?.first?.conversationId.rawValue else { return result }
            last = end
        }
    }
}

/// Whether the grounds of all messages are as they were written.
package struct EvidenceVerification: Hashable, Sendable {
    package private(set) var count = 0
    /// The first link of each chain that is not what was written, as `CONVERSATION/NUMBER`.
    package private(set) var changed: [String] = []
    /// Lines of the audit log whose seal does not fit any more.
    package fileprivate(set) var brokenSeals: [Int64] = []

    package var isValid: Bool { changed.isEmpty && brokenSeals.isEmpty }

    fileprivate mutating func add(_ chain: [EvidenceLink]) {
        var previous = EvidenceLink.beginning
        for link in chain {
            guard link.follows(previous) else { return changed.append("\(link.conversationId)/\(link.number)") }
            (previous, count) = (link.hash, count + 1)
        }
    }
}
