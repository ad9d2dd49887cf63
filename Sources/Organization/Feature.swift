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
    /// Recognise callers from what a request carries; asked in the order of the features.
    package var authenticators: [any Authenticator] = []
    /// Run for as long as the process serves, and end when their task is cancelled.
    package var workers: [Worker] = []

    package init(name: String) { self.name = name }
}

/// A loop beside the requests: delivery, queue draining, housekeeping.
package struct Worker: Sendable {
    /// Where it works.
    package enum Scope: Sendable {
        case everyNode
        /// Where visitors and desks connect.
        case gateways
        /// On one node at a time, under a lease that bears the worker's name.
        case oneNode
    }

    package let name: String
    package let scope: Scope
    package let run: @Sendable () async throws -> Void

    package init(_ name: String, _ scope: Scope = .everyNode, run: @escaping @Sendable () async throws -> Void) {
        (self.name, self.scope, self.run) = (name, scope, run)
    }
}
