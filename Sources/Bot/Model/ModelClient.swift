import Basics
import HTTPTypes
import Web

/// Speaks with an endpoint, through the one client that may dial out. Nothing is tried twice: a customer is waiting.
struct ModelClient: Sendable {
    /// In bytes; a good answer has a few thousand.
    static let largestAnswer = 1 << 20
    /// In characters.
    static let longestText = 8_000

    let endpoint: ModelEndpoint
    let key: String?
    let allowsInside: Bool

    struct Said: Sendable {
        let text: String
        let tokens: Int
    }

    func chat(_ messages: [ModelMessage], atMost tokens: Int) async throws -> Said {
        let request = ModelWire.ChatRequest(
            model: endpoint.chatModel, messages: messages, stream: true, stream_options: .init(include_usage: true),
            temperature: 0, max_tokens: tokens)
        let reading = StreamReading(longest: Self.longestText)
        let asked = try JSON.write(request)
        let answer = try await post("/chat/completions", asked) { reading.take($0) }
        let (text, counted) = try reading.result(body: answer.body)
        guard text.contains(where: { !$0.isWhitespace }) else { throw ModelFailure.rubbish("an empty answer") }
        return Said(text: text, tokens: counted.map { max($0, 0) } ?? Self.estimate(asked.count + text.utf8.count))
    }

    /// One vector for each text, in their order.
    func embed(_ texts: [String], with model: String) async throws -> (vectors: [[Double]], tokens: Int) {
        let asked = try JSON.write(ModelWire.EmbeddingRequest(model: model, input: texts))
        let answer = try await post("/embeddings", asked)
        guard let read: ModelWire.EmbeddingAnswer = try? JSON.read(from: answer.body, ignoresUnknown: true) else {
            throw ModelFailure.rubbish("no embeddings")
        }
        let vectors = read.data.sorted { ($0.index ?? 0) < ($1.index ?? 0) }.map(\.embedding)
        let size = vectors.first?.count ?? 0
        guard
            vectors.count == texts.count, size > 0,
            vectors.allSatisfy({ $0.count == size && $0.allSatisfy(\.isFinite) })
        else { throw ModelFailure.rubbish("\(vectors.count) embeddings for \(texts.count) texts") }
        return (vectors, read.usage?.total_tokens.map { max($0, 0) } ?? Self.estimate(asked.count))
    }

    private func post(
        _ path: String, _ body: [UInt8], taking: (@Sendable ([UInt8]) -> Bool)? = nil
    ) async throws -> Egress.Answer {
        var headers: HTTPFields = [.contentType: "application/json", .accept: "text/event-stream, application/json"]
        if let key { headers[.authorization] = "Bearer \(key)" }
        let egress = Egress(
            allowsInside: allowsInside, timeout: .milliseconds(endpoint.timeLimit), largestAnswer: Self.largestAnswer)
        do {
            let answer = try await egress.send(.post, endpoint.url + path, headers: headers, body: body, taking: taking)
            guard answer.status.code == 200 else { throw ModelFailure.status(answer.status.code) }
            return answer
        } catch let failure as Egress.Failure { throw ModelFailure(failure) }
    }

    /// Where the endpoint does not count: about three bytes of UTF-8 are a token, in Chinese and in English, too.
    private static func estimate(_ bytes: Int) -> Int { bytes / 3 + 1 }
}
