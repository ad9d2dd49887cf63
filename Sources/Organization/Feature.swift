package import Basics
package import Store
package import Web

/// A chapter introduces itself: everything it adds to the product, as lists that start-up, the API description,
/// the permission matrix and the screens loop over.
package struct Feature: Sendable {
    package let name: String
    package var migrations: [Migration] = []
    package var routes: [Route] = []
    /// Which roles hold the permissions that this chapter declares.
    package var permissions: [Permission: Set<Role>] = [:]
    package var settings: [SettingDeclaration] = []
    /// Recognise callers from what a request carries; asked in the order of the features.
    package var authenticators: [any Authenticator] = []
    /// Run for as long as the process serves, and end when their task is cancelled.
    package var workers: [Worker] = []

    package init(name: String) { self.name = name }
}

/// A loop beside the requests: delivery, queue draining, housekeeping.
package struct Worker: Sendable {
    package let name: String
    package let run: @Sendable () async throws -> Void

    package init(_ name: String, run: @escaping @Sendable () async throws -> Void) { (self.name, self.run) = (name, run) }
}

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
