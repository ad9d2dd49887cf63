import Basics
import Organization
import Store
import Support
import Testing

@testable import Contacts

@Suite struct ContactStoreTests {
    private let store = ContactStore(surroundings: .fixed())
    private let ours = ID<Workspace>(rawValue: 1)
    private let theirs = ID<Workspace>(rawValue: 2)

    private func inDatabase(_ body: @escaping @Sendable (any Transaction) throws -> Void) async throws {
        let api = ContactAPI.migration
        try await withDatabase([api]) { database in try await database.write(body) }
    }

    @Test func `the same key at the same account is the same person`() async throws {
        try await inDatabase { [store, ours] transaction in
            let first = try store.identify(key: "k", account: 7, workspace: ours, verified: false, in: transaction)
            let second = try store.identify(key: "k", account: 7, workspace: ours, verified: false, in: transaction)
            let elsewhere = try store.identify(key: "k", account: 8, workspace: ours, verified: false, in: transaction)
            #expect(first.isNew && !second.isNew && elsewhere.isNew)
            #expect(first.identity == second.identity && first.contact == second.contact)
            #expect(elsewhere.contact.id != first.contact.id)
        }
    }

    @Test func `a stranger gets a name that the channel may replace`() async throws {
        try await inDatabase { [store, ours] transaction in
            let stranger = try store.identify(
                key: "k", account: 7, workspace: ours, profile: Profile(locale: "en"), verified: false, in: transaction
            )
            #expect(stranger.contact.name.hasPrefix("Visitor "))
            let named = try store.identify(
                key: "k", account: 7, workspace: ours, profile: Profile(name: "Wang Fang", email: "w@x.example"), verified: false,
                in: transaction
            )
            #expect(named.contact.name == "Wang Fang" && named.contact.email == "w@x.example")
            #expect(try store.contact(named.contact.id, of: ours, in: transaction) == named.contact)
        }
    }

    @Test func `what the staff corrected stays`() async throws {
        try await inDatabase { [store, ours] transaction in
            let profile = try Profile(name: "wf88", email: "w@x.example")
            var contact = try store.identify(
                key: "k", account: 7, workspace: ours, profile: profile, verified: false, in: transaction
            ).contact
            contact = contact.edited(try ContactDetails(name: "王芳", email: "fang@x.example", phone: nil, note: "VIP"))
            try store.update(contact, in: transaction)
            let again = try store.identify(
                key: "k", account: 7, workspace: ours, profile: Profile(name: "wf99", email: "other@x.example"), verified: false,
                in: transaction
            )
            #expect(again.contact.name == "王芳" && again.contact.email == "fang@x.example" && again.contact.note == "VIP")
            #expect(again.identity.name == "wf99")
        }
    }

    @Test func `proof is only ever added`() async throws {
        try await inDatabase { [store, ours] transaction in
            let raised = try [false, true, false].map {
                try store.identify(key: "k", account: 7, workspace: ours, verified: $0, in: transaction).identity.isVerified
            }
            #expect(raised == [false, true, true])
        }
    }

    @Test func `a known person's new identity joins them`() async throws {
        try await inDatabase { [store, ours, theirs] transaction in
            let contact = try store.identify(key: "a", account: 7, workspace: ours, verified: false, in: transaction).contact
            let joined = try store.identify(
                key: "b", account: 7, workspace: ours, verified: true, known: contact.id, in: transaction)
            #expect(joined.contact.id == contact.id && joined.isNew)
            #expect(try store.identities(of: contact.id, of: ours, in: transaction).map(\.key) == ["a", "b"])
            let foreign = try store.identify(
                key: "c", account: 9, workspace: theirs, verified: true, known: contact.id, in: transaction)
            #expect(foreign.contact.id != contact.id && foreign.contact.workspaceId == theirs)
        }
    }

    @Test func `one company never sees another's contacts`() async throws {
        try await inDatabase { [store, ours, theirs] transaction in
            let found = try store.identify(key: "k", account: 7, workspace: ours, verified: false, in: transaction)
            #expect(try store.contact(found.contact.id, of: theirs, in: transaction) == nil)
            #expect(try store.identity(found.identity.id, of: theirs, in: transaction) == nil)
            #expect(try store.identities(of: found.contact.id, of: theirs, in: transaction).isEmpty)
        }
    }
}
