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

    package init(database: any Database, store: ContactStore, facts: Facts) {
        (self.database, self.store, self.facts) = (database, store, facts)
    }

    package var routes: [Route] {
        [
            Route(
                .get, "/api/contacts/{contact}", access: .needs("desk.use"), summary: "Everything known about one contact.",
                takes: Nothing.self, gives: Contact.Shown.self
            ) { call, _ in try await show(call.parameter("contact"), of: call.staff.workspace) },
            Route(
                .put, "/api/contacts/{contact}", command: "edit-contact", access: .needs("desk.use"),
                summary: "Corrects a contact's name, addresses and note.", takes: Edit.self, gives: Contact.Shown.self
            ) { call, edit in try await change(call.parameter("contact"), of: call.staff.workspace, to: edit.details) },
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

    private func show(_ id: ID<Contact>, of workspace: ID<Workspace>) async throws -> Contact.Shown {
        try await database.read { transaction in
            guard let shown = try store.shown(id, of: workspace, in: transaction) else {
                throw Refusal(.notFound, "contact.unknown")
            }
            return shown
        }
    }

    private func change(
        _ id: ID<Contact>, of workspace: ID<Workspace>, to details: ContactDetails
    ) async throws -> Contact.Shown {
        try await database.write { transaction in
            guard var contact = try store.contact(id, of: workspace, in: transaction) else {
                throw Refusal(.notFound, "contact.unknown")
            }
            contact.edit(details)
            try store.update(contact, in: transaction)
            facts.announce(ContactChanged(workspace: workspace, contact: id, name: contact.name), after: transaction)
            return Contact.Shown(contact, try store.identities(of: id, of: workspace, in: transaction))
        }
    }
}

extension ContactStore {
    /// The contact as the staff sees it, with its identities.
    package func shown(
        _ id: ID<Contact>, of workspace: ID<Workspace>, in transaction: any Transaction
    ) throws -> Contact.Shown? {
        try contact(id, of: workspace, in: transaction).map {
            Contact.Shown($0, try identities(of: id, of: workspace, in: transaction))
        }
    }
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

/// Somebody on the staff corrected a contact.
package struct ContactChanged: Fact {
    package static let name = "contact.changed"
    package let workspace: ID<Workspace>
    package let contact: ID<Contact>
    package let name: String
}
