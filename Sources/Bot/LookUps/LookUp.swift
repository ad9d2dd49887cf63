/// What a connector brought.
package enum LookUpResult: Hashable, Sendable {
    case found([String: String])
    /// The other system says there is no such thing.
    case missing
    /// It is there, but the customer has not shown that it is theirs.
    case unproved
    /// No answer, or none that can be read; the reason is for the log and the trace.
    case failed(String)
}

/// On whose behalf something is looked up.
package struct LookUpCaller: Hashable, Sendable {
    /// The visitor's id as the company's site signed it; nil where nobody vouches for who it is.
    package let visitor: String?
    /// Makes a change that is asked for twice happen once, if the other system heeds `Idempotency-Key`.
    package let once: String

    package init(visitor: String?, once: String) { (self.visitor, self.once) = (visitor, once) }
}
