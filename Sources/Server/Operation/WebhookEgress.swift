import Basics
import Channels
import HTTPTypes
import Web

/// Webhooks leave through the one client that checks every address.
struct WebhookEgress: WebhookSender {
    static let allowsInside = Setting(
        key: "egress.inside", fallback: false,
        explanation: "Let webhooks reach private and loopback addresses, for systems in the same house."
    )

    private let egress: Egress

    init(_ settings: Settings) { egress = Egress(allowsInside: settings[Self.allowsInside]) }

    func post(_ body: [UInt8], to url: String, headers: [String: String]) async throws -> Int {
        var fields: HTTPFields = [:]
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return try await egress.send(.post, url, headers: fields, body: body).status.code
    }
}
