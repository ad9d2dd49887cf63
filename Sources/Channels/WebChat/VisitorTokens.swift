package import Basics
import Contacts
import Crypto
import Organization

/// A visitor's memory: a token that says who they are, signed so that checking it reads nothing from the database.
///
/// `v1.<workspace>.<account>.<contact>.<identity>.<conversation>.<expires>.<signature>`, numbers in base 36.
package struct VisitorTokens: Sendable {
    private static let lifetime: Duration = .seconds(365 * 24 * 60 * 60)

    private let sealer: Sealer

    package init(sealer: Sealer) { self.sealer = sealer }

    package func issue(to visitor: Visitor, at now: Timestamp) -> (token: String, expires: Timestamp) {
        let expires = now + Self.lifetime
        let numbers = [
            visitor.workspace.rawValue, visitor.account.rawValue, visitor.contact.rawValue, visitor.identity.rawValue,
            visitor.conversation, expires.milliseconds,
        ]
        let claim = "v1." + numbers.map { String($0, radix: 36) }.joined(separator: ".")
        let signature = HMAC<SHA256>.authenticationCode(for: Array(claim.utf8), using: key(of: visitor.workspace))
        return (claim + "." + Array(signature).hexadecimal, expires)
    }

    /// Nil when it is a token of another kind.
    package func visitor(proving token: String, at now: Timestamp) throws(Refusal) -> Visitor? {
        guard token.hasPrefix("v1.") else { return nil }
        let (numbers, signature) = try parts(of: token)
        let workspace = ID<Workspace>(rawValue: numbers[0])
        let claim = Array(token.dropLast(65).utf8)
        guard HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: claim, using: key(of: workspace)) else {
            throw Refusal(.unauthorized, "visitor.token")
        }
        guard now.milliseconds < numbers[5] else { throw Refusal(.unauthorized, "visitor.expired") }
        return Visitor(
            workspace: workspace, account: ID(rawValue: numbers[1]), contact: ID(rawValue: numbers[2]),
            identity: ID(rawValue: numbers[3]), conversation: numbers[4]
        )
    }

    private func parts(of token: String) throws(Refusal) -> (numbers: [Int64], signature: [UInt8]) {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.dropFirst().dropLast().compactMap { Int64($0, radix: 36) }
        guard token.utf8.count < 300, parts.count == 8, numbers.count == 6, let signature = [UInt8](hexadecimal: parts[7]),
            signature.count == 32
        else { throw Refusal(.unauthorized, "visitor.token") }
        return (numbers, signature)
    }

    private func key(of workspace: ID<Workspace>) -> SymmetricKey {
        SymmetricKey(data: sealer.derivedKey(for: "visitor-token.\(workspace)"))
    }
}

extension [UInt8] {
    /// Nil unless the text is pairs of lower-case hexadecimal digits.
    init?(hexadecimal text: some StringProtocol) {
        let digits = Array(text.utf8)
        guard digits.count % 2 == 0, digits.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else { return nil }
        self = stride(from: 0, to: digits.count, by: 2).map {
            UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16)!
        }
    }
}
