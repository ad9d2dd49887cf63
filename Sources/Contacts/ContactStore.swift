package import Basics
package import Organization
package import Store

/// The tables `contact` and `identity`. Every function runs inside the caller's transaction.
package struct ContactStore: Sendable {
    private let surroundings: Surroundings
    private let contacts = Table<Contact>("contact")
    private let identities = Table<Identity>("identity")

    package init(surroundings: Surroundings) { self.surroundings = surroundings }

    /// Who is it? Finds the identity by its key within the account, or makes one, with a contact of its own unless the person
    /// is `known` already. What the profile says is learnt either way. `verified` is only ever raised.
    package func identify(
        key: String, account: Int64, workspace: ID<Workspace>, profile: Profile = .unknown, verified: Bool,
        known: ID<Contact>? = nil, in transaction: any Transaction
    ) throws -> (contact: Contact, identity: Identity, isNew: Bool) {
        let found = try identities.first(
            "account_id = \(account) AND key = \(key) AND workspace_id = \(workspace)", in: transaction
        )
        guard let found, let contact = try contact(found.contactId, of: workspace, in: transaction) else {
            let contact = try known.flatMap { try self.contact($0, of: workspace, in: transaction) }
            return try welcome(
                key, account, contact ?? newContact(profile, workspace, in: transaction), profile, verified, in: transaction)
        }
        let (learnt, identity) = try learn(profile, of: contact, found, verified: verified, in: transaction)
        return (learnt, identity, false)
    }

    package func contact(_ id: ID<Contact>, of workspace: ID<Workspace>, in transaction: any Transaction) throws -> Contact? {
        try contacts.first("id = \(id) AND workspace_id = \(workspace)", in: transaction)
    }

    package func identity(_ id: ID<Identity>, of workspace: ID<Workspace>, in transaction: any Transaction) throws -> Identity? {
        try identities.first("id = \(id) AND workspace_id = \(workspace)", in: transaction)
    }

    /// The identities of a contact, the oldest first.
    package func identities(
        of contact: ID<Contact>, of workspace: ID<Workspace>, in transaction: any Transaction
    ) throws -> [Identity] {
        try identities.find("contact_id = \(contact) AND workspace_id = \(workspace) ORDER BY id", in: transaction)
    }

    /// Writes what was changed about the contact; false when there is no such contact.
    @discardableResult
    package func update(_ contact: Contact, in transaction: any Transaction) throws -> Bool {
        try contacts.update(contact, in: transaction)
    }

    private func newContact(_ profile: Profile, _ workspace: ID<Workspace>, in transaction: any Transaction) throws -> Contact {
        let contact = Contact(
            id: surroundings.makeID(), workspaceId: workspace, name: profile.name ?? strangerName(locale: profile.locale),
            email: profile.email, phone: profile.phone, locale: profile.locale, createdAt: surroundings.now()
        )
        try contacts.insert(contact, in: transaction)
        return contact
    }

    private func welcome(
        _ key: String, _ account: Int64, _ contact: Contact, _ profile: Profile, _ verified: Bool, in transaction: any Transaction
    ) throws -> (contact: Contact, identity: Identity, isNew: Bool) {
        let identity = Identity(
            id: surroundings.makeID(), workspaceId: contact.workspaceId, contactId: contact.id, accountId: account, key: key,
            name: profile.name, isVerified: verified, createdAt: surroundings.now()
        )
        try identities.insert(identity, in: transaction)
        return (contact, identity, true)
    }

    private func learn(
        _ profile: Profile, of contact: Contact, _ identity: Identity, verified: Bool, in transaction: any Transaction
    ) throws -> (Contact, Identity) {
        var (learnt, changed) = (contact, identity)
        learnt.learn(profile, replacing: identity.name)
        changed.name = profile.name ?? identity.name
        changed.isVerified = identity.isVerified || verified
        if learnt != contact { try contacts.update(learnt, in: transaction) }
        if changed != identity { try identities.update(changed, in: transaction) }
        return (learnt, changed)
    }

    /// Tells two strangers on a list apart: `访客 4821`.
    private func strangerName(locale: String?) -> String {
        let number = surroundings.randomBytes(4).reduce(0) { $0 * 256 + Int($1) } % 9000 + 1000
        return (locale == "en" ? "Visitor " : "访客 ") + String(number)
    }
}
