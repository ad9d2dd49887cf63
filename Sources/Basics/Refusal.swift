/// A reason we decline to do what was asked; safe to show to the caller.
package struct Refusal: Error, Hashable, Sendable {
    /// What kind of no it is; over HTTP each is one status.
    package enum Kind: String, Sendable {
        case malformed, unauthorized, forbidden, notFound, conflict, invalid
        case tooLarge, unsupported, tooMany, unavailable
    }

    package let kind: Kind
    /// A stable dotted code, e.g. `rating.stars`; clients translate it.
    package let code: String
    /// What exactly was wrong, in English, for people who read logs and API answers; never message text or secrets.
    package let detail: String?

    package init(_ kind: Kind, _ code: String, detail: String? = nil) {
        (self.kind, self.code, self.detail) = (kind, code, detail)
    }
}

/// A trouble that is told to callers by its name, because it passes and they may try again: a full disk.
package protocol Outage: Error {
    /// Nil where the trouble is nobody's business but ours.
    var refusal: Refusal? { get }
}
