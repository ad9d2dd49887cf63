import Store

/// What somebody on the staff is trusted with; each role holds everything that the next one holds.
package enum Role: String, Codable, Hashable, Sendable, CaseIterable, SQLConvertible {
    case owner, admin, supervisor, agent
}
