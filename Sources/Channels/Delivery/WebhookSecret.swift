import Basics
private import Crypto
private import Foundation

/// The key of webhook signatures, in the form of the Standard Webhooks specification: `whsec_` and base64.
struct WebhookSecret: Hashable, Sendable {
    let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    init?(_ text: String) {
        guard text.hasPrefix("whsec_"), let data = Foundation.Data(base64Encoded: String(text.dropFirst(6))) else { return nil }
        bytes = [UInt8](data)
    }

    var text: String { "whsec_" + Foundation.Data(bytes).base64EncodedString() }

    /// The header `webhook-signature`: over `<id>.<seconds>.<body>`.
    func signature(id: String, seconds: Int64, body: [UInt8]) -> String {
        let signed = Array("\(id).\(seconds).".utf8) + body
        let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: bytes))
        return "v1," + Foundation.Data(code).base64EncodedString()
    }

}

extension [WebhookSecret] {
    /// The three headers of one attempt, signed with each secret; the receiver looks for one that it knows.
    func headers(id: String, at now: Timestamp, body: [UInt8]) -> [String: String] {
        let seconds = now.milliseconds / 1000
        let signatures = map { $0.signature(id: id, seconds: seconds, body: body) }
        return [
            "webhook-id": id, "webhook-timestamp": String(seconds), "webhook-signature": signatures.joined(separator: " "),
        ]
    }
}
