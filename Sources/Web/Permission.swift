/// The right to do one kind of thing, e.g. `knowledge.edit`. Chapters declare theirs; roles list what they hold.
package struct Permission: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let rawValue: String

    package init(stringLiteral value: String) { rawValue = value }

    package var description: String { rawValue }
}

/// Who may use a route.
package enum Access: Hashable, Sendable {
    /// Only callers who hold the permission.
    case needs(Permission)
    /// Everyone, signed in or not, for the reason given; these routes form a list that is reviewed.
    case open(because: String)
}

/// Somebody who has proven who they are.
package protocol Caller: Sendable {
    /// Distinguishes callers for rate limits and logs, e.g. `agent.42`; no name, no secret.
    var key: String { get }

    func may(_ permission: Permission) -> Bool
}
