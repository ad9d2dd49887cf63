import Crypto
import Foundation

/// An operator, an account and its user, as NATS' accounts are proven
/// (https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/jwt).
struct NATSIdentity {
    /// Of nkeys: what a key is of.
    private enum Kind: UInt8 { case account = 0, operator_ = 112, user = 160 }

    private let operatorKey = Curve25519.Signing.PrivateKey()
    private let accountKey = Curve25519.Signing.PrivateKey()
    private let userKey = Curve25519.Signing.PrivateKey()

    /// For the server.
    var settings: String {
        let (account, claims) = (name(accountKey, .account), #""limits": {"subs": -1, "data": -1, "payload": -1, "conn": -1}"#)
        let operator_ = token(about: operatorKey, .operator_, by: operatorKey, .operator_, #""type": "operator""#)
        let proof = token(about: accountKey, .account, by: operatorKey, .operator_, #""type": "account", \#(claims)"#)
        return "operator: \(operator_)\nresolver: MEMORY\nresolver_preload: { \(account): \(proof) }\n"
    }

    /// The user's `.creds` file.
    var credentials: String {
        let proof = token(
            about: userKey, .user, by: accountKey, .account, #""type": "user", "subs": -1, "data": -1, "payload": -1"#)
        return """
            -----BEGIN NATS USER JWT-----
            \(proof)
            ------END NATS USER JWT------

            -----BEGIN USER NKEY SEED-----
            \(Self.text([144 | Kind.user.rawValue >> 5, Kind.user.rawValue << 3] + userKey.rawRepresentation))
            ------END USER NKEY SEED------

            """
    }

    private func name(_ key: Curve25519.Signing.PrivateKey, _ kind: Kind) -> String {
        Self.text([kind.rawValue] + key.publicKey.rawRepresentation)
    }

    private func token(
        about subject: Curve25519.Signing.PrivateKey, _ kind: Kind, by issuer: Curve25519.Signing.PrivateKey, _ issuing: Kind,
        _ claims: String
    ) -> String {
        let body = """
            {"jti": "\(UUID().uuidString)", "iat": 1700000000, "name": "test", "iss": "\(name(issuer, issuing))", \
            "sub": "\(name(subject, kind))", "nats": {"version": 2, \(claims)}}
            """
        let signed = [#"{"typ":"JWT","alg":"ed25519-nkey"}"#, body].map { Self.base64(Data($0.utf8)) }.joined(separator: ".")
        return signed + "." + Self.base64(try! issuer.signature(for: Data(signed.utf8)))
    }

    private static func base64(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// Base32 with a checksum (CRC-16/XMODEM).
    private static func text(_ bytes: [UInt8]) -> String {
        var sum: UInt16 = 0
        for byte in bytes {
            sum ^= UInt16(byte) << 8
            for _ in 0..<8 { sum = sum & 0x8000 == 0 ? sum << 1 : sum << 1 ^ 0x1021 }
        }
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (text, waiting, count) = ("", 0, 0)
        for byte in bytes + [UInt8(sum & 255), UInt8(sum >> 8)] {
            (waiting, count) = (waiting << 8 | Int(byte), count + 8)
            while count >= 5 {
                count -= 5
                text.append(alphabet[waiting >> count & 31])
            }
        }
        return count == 0 ? text : text + String(alphabet[waiting << (5 - count) & 31])
    }
}
