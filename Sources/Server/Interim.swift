import Basics
import Channels
import Conversations
import Organization
import Store

struct NoSender: WebhookSender {
    func post(_ body: [UInt8], to url: String, headers: [String: String]) async throws -> Int { throw Refusal(.unavailable, "egress") }
}
