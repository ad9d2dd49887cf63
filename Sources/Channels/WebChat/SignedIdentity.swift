import Basics
import Contacts
import Crypto

/// A site's word for who its visitor is, with the proof that the site said it.
struct SignedIdentity: Codable, Sendable {
    let id: String
    let name: String?
    let email: String?
    /// HMAC-SHA-256 of the id with the account's identity secret, in hexadecimal.
    let signature: String

    func check(against secret: [UInt8]?) throws(Refusal) {
        guard
            let secret, let signature = [UInt8](hexadecimal: signature.lowercased()),
            HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: Array(id.utf8), using: SymmetricKey(data: secret))
        else { throw Refusal(.unauthorized, "identity.signature") }
    }
}
