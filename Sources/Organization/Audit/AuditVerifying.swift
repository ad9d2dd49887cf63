package import Basics
import Store

extension Organization {
    /// Reads the whole log in pages; new lines may be written meanwhile.
    package func verifyAudit(of workspace: ID<Workspace>) async throws -> AuditVerification {
        let (head, last) = try await database.read { transaction in
            (
                try AuditStore.head(of: workspace, in: transaction),
                try AuditStore.lastNumber(of: workspace, in: transaction)
            )
        }
        var chain = AuditChain()
        while chain.brokenAt == nil, chain.count < last {
            let (after, limit) = (chain.count, Int(min(1000, last - chain.count)))
            let entries = try await database.read {
                try AuditStore.entries(of: workspace, after: after, limit: limit, in: $0)
            }
            // Nothing where lines should be: they vanished while we read.
            guard !entries.isEmpty else { break }
            entries.forEach { chain.add($0) }
        }
        chain.finish(at: head)
        return AuditVerification(chain)
    }

    /// Every workspace of the installation, for the command line.
    package func verifyAudit() async throws -> [(workspace: Workspace, verification: AuditVerification)] {
        var results: [(Workspace, AuditVerification)] = []
        for workspace in try await database.read({ try WorkspaceStore.workspaces(in: $0) }) {
            results.append((workspace, try await verifyAudit(of: workspace.id)))
        }
        return results
    }
}
