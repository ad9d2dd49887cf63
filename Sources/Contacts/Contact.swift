package import Basics
package import Organization

/// A person who writes to the company, whichever channel they use.
package struct Contact: Codable, Hashable, Sendable {
    package let id: ID<Contact>
    package let workspaceId: ID<Workspace>
    package var name: String
    package var email: String?
    package var phone: String?
    /// What the staff wants to remember; never shown to the person.
    package var note: String?
    /// The language the person uses, `zh-CN` or `en`, as far as known.
    package var locale: String?
    package let createdAt: Timestamp

    package init(
        id: ID<Contact>, workspaceId: ID<Workspace>, name: String, email: String? = nil, phone: String? = nil,
        note: String? = nil, locale: String? = nil, createdAt: Timestamp
    ) {
        (self.id, self.workspaceId, self.name) = (id, workspaceId, name)
        (self.email, self.phone, self.note, self.locale) = (email, phone, note, locale)
        self.createdAt = createdAt
    }
}

extension Contact {
    /// Puts what the staff wrote in place of what is known.
    package func edited(_ details: ContactDetails) -> Contact {
        var contact = self
        (contact.name, contact.email, contact.phone, contact.note) = (details.name, details.email, details.phone, details.note)
        return contact
    }

    /// Learns what the person, or the site they came from, says. What is known already stays: the staff may have corrected it.
    mutating func learn(_ profile: Profile, replacing oldName: String?) {
        if let said = profile.name, oldName == nil || name == oldName { name = said }
        email = email ?? profile.email
        phone = phone ?? profile.phone
        locale = profile.locale ?? locale
    }
}

/// What the staff can change about a contact.
package struct ContactDetails: Hashable, Sendable {
    package let name: String
    package let email: String?
    package let phone: String?
    package let note: String?

    package init(name: String, email: String?, phone: String?, note: String?) throws(Refusal) {
        self.name = try ContactText.name(name)
        self.email = try ContactText.email(email)
        self.phone = try ContactText.phone(phone)
        guard (note?.count ?? 0) <= 5000 else { throw Refusal(.invalid, "contact.note") }
        self.note = note?.isEmpty == true ? nil : note
    }
}

/// What a channel tells about a person; none of it is proven.
package struct Profile: Hashable, Sendable {
    package let name: String?
    package let email: String?
    package let phone: String?
    package let locale: String?

    /// Nothing is known.
    package static let unknown = try! Profile()

    package init(name: String? = nil, email: String? = nil, phone: String? = nil, locale: String? = nil) throws(Refusal) {
        self.name = if let name, !name.asOneLine.isEmpty { try ContactText.name(name) } else { nil }
        self.email = try ContactText.email(email)
        self.phone = try ContactText.phone(phone)
        self.locale = locale.map { $0.lowercased().hasPrefix("zh") ? "zh-CN" : "en" }
    }
}

private enum ContactText {
    static func name(_ text: String) throws(Refusal) -> String {
        let name = text.asOneLine
        guard (1...100).contains(name.count), name.utf8.count <= 1000 else { throw Refusal(.invalid, "contact.name") }
        return name
    }

    /// Checked for shape only: mail that does not arrive is the better test.
    static func email(_ text: String?) throws(Refusal) -> String? {
        guard let email = text?.asOneLine, !email.isEmpty else { return nil }
        guard email.utf8.count <= 254, email.wholeMatch(of: /[^@\s<>"']+@[^@\s<>"'.]+(\.[^@\s<>"'.]+)*/) != nil else {
            throw Refusal(.invalid, "contact.email")
        }
        return email
    }

    static func phone(_ text: String?) throws(Refusal) -> String? {
        guard let phone = text?.asOneLine, !phone.isEmpty else { return nil }
        guard phone.utf8.count <= 40, phone.wholeMatch(of: /[0-9+\-(). \/#*x]+/) != nil else {
            throw Refusal(.invalid, "contact.phone")
        }
        return phone
    }
}
