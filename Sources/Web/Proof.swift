/// What a request offers as proof of who is calling.
package struct Proof: Sendable {
    /// From `Authorization: Bearer …`, or from the first frame of a live connection.
    package let bearer: String?
    /// The sign-in cookie; only looked at when the request's `Origin` is our own or absent on a safe method.
    package let cookie: String?

    package init(bearer: String?, cookie: String?) { (self.bearer, self.cookie) = (bearer, cookie) }
}

package protocol Authenticator: Sendable {
    /// Nil when the proof is of another kind; a refusal when it is of ours and does not hold.
    func caller(proving proof: Proof) async throws -> (any Caller)?
}
