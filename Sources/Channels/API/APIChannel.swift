package import Basics
import Contacts

/// For the company's own systems: messages come in by REST and go out as signed webhooks.
package struct APIChannel: RemoteChannel {
    package let kind = "api"
    package let capabilities: Capabilities = [.images, .files, .voice, .choices]

    package init() {}

    package struct Received: Codable, Sendable {
        package struct Sender: Codable, Sendable {
            package let id: String
            package let name: String?
        }

        /// The sender's own id of the message.
        package let id: String
        package let from: Sender
        package let text: String?
    }

    package func read(_ received: Received, to account: ChannelAccount) throws(Refusal) -> [Incoming] {
        guard (1...64).contains(received.id.utf8.count) else { throw Refusal(.invalid, "message.id") }
        guard let text = received.text, !text.isEmpty else { throw Refusal(.invalid, "message.empty") }
        return [
            Incoming(
                account: account, key: try Identity.checkedKey(received.from.id), profile: try Profile(name: received.from.name),
                isVerified: true, client: received.id, text: text
            )
        ]
    }

    package func compose(_ outgoing: Outgoing) throws(Refusal) -> [UInt8] {
        let start = """
            {"type":"message.created","timestamp":\(outgoing.at.milliseconds),\
            "data":{"conversation":"\(outgoing.conversation)","to":{"id":\(outgoing.recipient.asJSON)},"entry":
            """
        return Array(start.utf8) + outgoing.entry + Array("}}".utf8)
    }
}
