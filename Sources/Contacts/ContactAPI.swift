package import Basics
import HTTPTypes
package import Organization
package import Store
package import Web

/// The routes about contacts, for the staff.
package struct ContactAPI: Sendable {
    let database: any Database
    let store: ContactStore
    let facts: Facts
    let audit: Audit
    let reach: any ContactReach

    package init(database: any Database, store: ContactStore, facts: Facts, audit: Audit, reach: any ContactReach) {
        (self.database, self.store, self.facts, self.audit, self.reach) = (database, store, facts, audit, reach)
    }

    package var routes: [Route] {
        [
            Route(
                .get, "/api/contacts/{contact}", access: .needs("desk.use"), summary: "Everything known about one contact.",
                takes: Nothing.self, gives: Contact.Shown.self
            ) { call, _ in try await show(call.parameter("contact"), to: call.staff) },
            Route(
                .put, "/api/contacts/{contact}", command: "edit-contact", access: .needs("desk.use"),
                summary: "Corrects a contact's name, addresses and note.", takes: Edit.self, gives: Contact.Shown.self
            ) { call, edit in try await change(call.parameter("contact"), by: call.staff, to: edit.details) },
        ]
    }

    struct Edit: Codable, Sendable {
        let name: String
        let email: String?
        let phone: String?
        let note: String?

        var details: ContactDetails {
            get throws(Refusal) { try ContactDetails(name: name, email: email, phone: phone, note: note) }
        }
    }

    private func show(_ id: ID<Contact>, to staff: Staff) async throws -> Contact.Shown {
        try await database.read { try shown(known(id, to: staff, in: $0), in: $0) }
    }

    private func change(_ id: ID<Contact>, by staff: Staff, to details: ContactDetails) async throws -> Contact.Shown {
        try await database.write { transaction in
            let contact = try known(id, to: staff, in: transaction)
            let edited = contact.edited(details)
            guard edited != contact else { return try shown(contact, in: transaction) }
            try store.update(edited, in: transaction)
            try audit.record(contact.event(editedTo: edited), by: staff.actor, in: transaction)
            facts.announce(ContactChanged(workspace: staff.workspace, contact: id), after: transaction)
            return try shown(edited, in: transaction)
        }
    }

    /// Refuses as if the contact did not exist.
    private func known(_ id: ID<Contact>, to staff: Staff, in transaction: any Transaction) throws -> Contact {
        guard
            let contact = try store.contact(id, of: staff.workspace, in: transaction),
            try reach.mayKnow(id, staff, in: transaction)
        else { throw Refusal(.notFound, "contact.unknown") }
        return contact
    }

    private func shown(_ contact: Contact, in transaction: any Transaction) throws -> Contact.Shown {
        Contact.Shown(contact, try store.identities(of: contact.id, of: contact.workspaceId, in: transaction))
    }
}

/// Says who on the staff may know a contact: whoever may see one of the contact's conversations.
package protocol ContactReach: Sendable {
    func mayKnow(_ contact: ID<Contact>, _ staff: Staff, in transaction: any Transaction) throws -> Bool
}

extension Contact {
    /// A contact as the staff sees it.
    package struct Shown: Codable, Sendable {
        /// How one channel account knows the contact.
        package struct Identity: Codable, Sendable {
            package let id: ID<Contacts.Identity>
            package let account: String
            package let key: String
            package let name: String?
            package let verified: Bool
        }

        package let id: ID<Contact>
        package let name: String
        package let email: String?
        package let phone: String?
        package let note: String?
        package let locale: String?
        package let identities: [Identity]
        package let createdAt: Timestamp

        package init(_ contact: Contact, _ identities: [Contacts.Identity]) {
            (id, name, email, phone) = (contact.id, contact.name, contact.email, contact.phone)
            (note, locale, createdAt) = (contact.note, contact.locale, contact.createdAt)
            self.identities = identities.map {
                Identity(id: $0.id, account: String($0.accountId), key: $0.key, name: $0.name, verified: $0.isVerified)
            }
        }
    }
}

extension Contact {
    /// Which details are others, never what they are: the log cannot forget a customer.
    fileprivate func event(editedTo new: Contact) -> AuditEvent {
        let pairs = [
            ("name", name, new.name), ("email", email, new.email), ("phone", phone, new.phone), ("note", note, new.note),
        ]
        return AuditEvent(
            "contact.changed", "contact.\(id)", ["changed": pairs.filter { $0.1 != $0.2 }.map(\.0).joined(separator: " ")])
    }
}

/// Somebody on the staff corrected a contact.
package struct ContactChanged: Fact {
    package static let name = "contact.changed"
    package let workspace: ID<Workspace>
    package let contact: ID<Contact>
}
