package import Basics
package import Channels
import Foundation
package import Organization
package import Store

/// A workspace's language model: any endpoint that speaks as OpenAI's does (`/chat/completions`, `/embeddings`).
package struct ModelEndpoint: Codable, Hashable, Sendable {
    package let workspaceId: ID<Workspace>
    /// What the two paths are added to, e.g. `https://models.example/v1`.
    package var url: String
    package var chatModel: String
    package var embeddingModel: String?
    /// Sealed; none for a model in the house that asks for none.
    package var sealedKey: String?
    /// For a whole answer, in milliseconds: the most that a customer waits for the model in vain.
    package var timeLimit: Int
    package var callsPerDay: Int
    package var tokensPerDay: Int
    /// How the company speaks, in its own words.
    package var tone: String
    package var isOn: Bool
    /// The channel accounts on which the model may answer customers.
    package var accounts: AsJSON<[ID<ChannelAccount>]>
    package var updatedAt: Timestamp

    package enum Limit {
        package static let timeLimit = 500...30_000
        package static let calls = 1...1_000_000
        package static let tokens = 1_000...1_000_000_000
        package static let tone = 500
    }

    var keyPurpose: String { "model.\(workspaceId).key" }

    /// Where a key that was given belongs: it is never sent to another host than the one it was entered for.
    var host: String { Self.host(of: url) }

    static func host(of url: String) -> String {
        let parts = URL(string: url)
        return "\(parts?.scheme ?? "")://\(parts?.host() ?? ""):\(parts?.port ?? 0)".lowercased()
    }

    /// Names the model in the evidence of an answer.
    var fingerprint: String { "\(chatModel) @ \(URL(string: url)?.host() ?? "")" }
}

extension ModelEndpoint {
    /// What an administrator says about it, checked.
    package struct Form: Codable, Sendable {
        let url: String
        let chatModel: String
        let embeddingModel: String?
        /// Left out: as it is. Empty: none.
        let key: String?
        let timeLimit: Int?
        let callsPerDay: Int?
        let tokensPerDay: Int?
        let tone: String?
        let isOn: Bool?
        let accounts: [ID<ChannelAccount>]?
    }

    /// - Parameter earlier: what is in force; its key stays unless another is given.
    init(
        _ form: Form, for workspace: ID<Workspace>, earlier: ModelEndpoint?, sealer: Sealer, at now: Timestamp
    ) throws {
        workspaceId = workspace
        url = try Self.base(form.url)
        chatModel = try Self.name(form.chatModel, "model.name")
        let embedding = form.embeddingModel?.asOneLine ?? ""
        embeddingModel = embedding.isEmpty ? nil : try Self.name(embedding, "model.embedding")
        timeLimit = try Self.within(Limit.timeLimit, form.timeLimit ?? earlier?.timeLimit ?? 5_000, "model.time-limit")
        callsPerDay = try Self.within(Limit.calls, form.callsPerDay ?? earlier?.callsPerDay ?? 2_000, "model.calls")
        tokensPerDay = try Self.within(Limit.tokens, form.tokensPerDay ?? earlier?.tokensPerDay ?? 2_000_000, "model.tokens")
        tone = (form.tone ?? earlier?.tone ?? "").asOneLine
        guard tone.count <= Limit.tone else { throw Refusal(.invalid, "model.tone", detail: "at most \(Limit.tone) characters") }
        isOn = form.isOn ?? earlier?.isOn ?? false
        accounts = AsJSON(Array(Set(form.accounts ?? earlier?.accounts.value ?? [])).sorted())
        updatedAt = now
        sealedKey = nil
        sealedKey = try key(form.key, earlier, sealer)
    }

    private func key(_ given: String?, _ earlier: ModelEndpoint?, _ sealer: Sealer) throws -> String? {
        if let given = given?.trimmingCharacters(in: .whitespacesAndNewlines) {
            guard given.utf8.count <= 2_000, given.utf8.allSatisfy({ (33...126).contains($0) }) else {
                throw Refusal(.invalid, "model.key")
            }
            return given.isEmpty ? nil : try sealer.seal(Array(given.utf8), for: keyPurpose)
        }
        guard let kept = earlier?.sealedKey else { return nil }
        guard earlier?.host == host else {
            throw Refusal(.invalid, "model.key.again", detail: "the key was entered for another host")
        }
        return kept
    }

    private static func base(_ text: String) throws(Refusal) -> String {
        var url = text.trimmingCharacters(in: .whitespacesAndNewlines)
        while url.hasSuffix("/") { url.removeLast() }
        if url.hasSuffix("/chat/completions") { url.removeLast("/chat/completions".count) }
        guard
            url.utf8.count <= 1_000, url.wholeMatch(of: /https?:\/\/[^\s\/?#@]+(\/[^\s?#]*)?/.ignoresCase()) != nil,
            URL(string: url)?.host() != nil
        else { throw Refusal(.invalid, "model.url", detail: "an http or https address without a user name") }
        return url
    }

    private static func name(_ text: String, _ code: String) throws(Refusal) -> String {
        let name = text.asOneLine
        guard (1...200).contains(name.count) else { throw Refusal(.invalid, code) }
        return name
    }

    private static func within(_ range: ClosedRange<Int>, _ number: Int, _ code: String) throws(Refusal) -> Int {
        guard range.contains(number) else {
            throw Refusal(.invalid, code, detail: "from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}
