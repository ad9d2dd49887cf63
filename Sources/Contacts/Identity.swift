package import Basics
package import Organization

/// How one channel account knows a contact. Replies go to the identity that wrote, never to "the person".
package struct Identity: Codable, Hashable, Sendable {
    package let id: ID<Identity>
    package let workspaceId: ID<Workspace>
    package var contactId: ID<Contact>
    /// The channel account; that chapter comes later and owns the type.
    package let accountId: Int64
    /// The channel's own name for the person, unique within the account: an open id, a number, an address.
    package let key: String
    /// What the person is called there.
    package var name: String?
    /// The channel vouches that the key is the person's: by a signature, or because the provider said so.
    package var isVerified: Bool
    package let createdAt: Timestamp

    package init(
        id: ID<Identity>, workspaceId: ID<Workspace>, contactId: ID<Contact>, accountId: Int64, key: String,
        name: String? = nil, isVerified: Bool, createdAt: Timestamp
    ) {
        (self.id, self.workspaceId, self.contactId, self.accountId) = (id, workspaceId, contactId, accountId)
        (self.key, self.name, self.isVerified, self.createdAt) = (key, name, isVerified, createdAt)
    }

    /// A key as it may come from outside.
    package static func checkedKey(_ key: String) throws(Refusal) -> String {
        guard (1...200).contains(key.utf8.count), key == key.asOneLine else { throw Refusal(.invalid, "identity.id") }
        return key
    }
}
