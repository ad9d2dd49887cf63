import Basics

/// Follows the log from its first line and notices the first one that is not what was once written.
struct AuditChain: Hashable, Sendable {
    private(set) var count: Int64 = 0
    private(set) var hash = AuditEntry.beginning
    /// The number of the first line that is missing or changed.
    private(set) var brokenAt: Int64?

    mutating func add(_ entry: AuditEntry) {
        guard brokenAt == nil else { return }
        guard entry.number == count + 1, entry.follows(hash) else { return brokenAt = count + 1 }
        (count, hash) = (entry.number, entry.hash)
    }

    /// Compares where the log ends with where it is known to have ended.
    mutating func finish(at head: AuditStore.Head?) {
        guard brokenAt == nil else { return }
        guard let head, head.number == count, head.hash == hash else { return brokenAt = min(count, head?.number ?? 0) + 1 }
    }
}

/// Whether the log is whole.
package struct AuditVerification: Codable, Hashable, Sendable {
    package let valid: Bool
    /// How many lines were found in order.
    package let count: Int64
    /// The number of the first line that is missing or changed.
    package let brokenAt: Int64?
    /// The hash of the last good line: kept elsewhere, it proves later that even the whole log was not rewritten.
    package let head: String

    init(_ chain: AuditChain) {
        (valid, count) = (chain.brokenAt == nil, chain.count)
        (brokenAt, head) = (chain.brokenAt, chain.hash)
    }
}
