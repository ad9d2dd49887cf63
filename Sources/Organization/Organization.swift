package import Basics
package import Bus
package import Store

/// Who works here, what they may do, when, and what they did.
package struct Organization: Sendable {
    package let database: any Database
    package let surroundings: Surroundings
    package let audit: Audit
    package let permissions: PermissionTable
    package let authenticator: StaffAuthenticator
    let bus: any Bus
    let passwords = PasswordWork()
    let attempts = AttemptLimit()

    package init(database: any Database, surroundings: Surroundings, bus: any Bus) {
        (self.database, self.surroundings, self.bus) = (database, surroundings, bus)
        (audit, permissions) = (Audit(surroundings: surroundings), PermissionTable())
        authenticator = StaffAuthenticator(database, surroundings, permissions)
        forgetOnChanges()
    }
}

extension Organization {
    /// On the bus: who somebody is, or what they may do, is not what it was.
    package static let staffChanged = "organization.staff"

    /// Every node forgets what it remembers about signed-in agents.
    private func forgetOnChanges() {
        _ = bus.subscribe(to: Self.staffChanged) { [authenticator] _ in authenticator.forget() }
    }

    /// To be called in every transaction that changes who somebody is or what they may do.
    func staffChanges(in transaction: any Transaction) {
        transaction.afterCommit { [bus] in bus.publish(Hint(subject: Self.staffChanged, payload: [])) }
    }
}
