import Basics
import Testing

@testable import Contacts

@Suite struct ContactTests {
    @Test(arguments: ["", "   ", "\u{200B}", String(repeating: "长", count: 101)])
    func `a contact has a name that can be shown`(name: String) {
        #expect(throws: Refusal(.invalid, "contact.name")) { try ContactDetails(name: name, email: nil, phone: nil, note: nil) }
    }

    @Test(arguments: ["no at sign", "a@", "@b", "a@b@c", "a b@c.example", "<a@b.example>", "a@b..example"])
    func `an address without the shape of one is refused`(email: String) {
        #expect(throws: Refusal(.invalid, "contact.email")) {
            try ContactDetails(name: "Li", email: email, phone: nil, note: nil)
        }
    }

    @Test(arguments: ["call me", "+86 138<script>", String(repeating: "1", count: 41)])
    func `a phone number holds no words`(phone: String) {
        #expect(throws: Refusal(.invalid, "contact.phone")) {
            try ContactDetails(name: "Li", email: nil, phone: phone, note: nil)
        }
    }

    @Test func `empty fields are absent ones`() throws {
        let details = try ContactDetails(name: " 王 芳 ", email: "", phone: " ", note: "")
        #expect(try details == ContactDetails(name: "王 芳", email: nil, phone: nil, note: nil))
    }

    @Test(arguments: [("zh", "zh-CN"), ("zh-TW", "zh-CN"), ("en-GB", "en"), ("de", "en")])
    func `a visitor's language becomes one of ours`(given: String, ours: String) throws {
        #expect(try Profile(locale: given).locale == ours)
    }

    @Test(arguments: ["", "a\u{200B}b", " a", String(repeating: "k", count: 201)])
    func `a key from outside is plain`(key: String) {
        #expect(throws: Refusal(.invalid, "identity.id")) { try Identity.checkedKey(key) }
    }
}
