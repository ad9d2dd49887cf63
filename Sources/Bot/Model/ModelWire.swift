import Basics
import Synchronization

/// One part of what a model is told.
package struct ModelMessage: Codable, Hashable, Sendable {
    package enum Speaker: String, Codable, Hashable, Sendable { case system, user, assistant }

    package let role: Speaker
    package let content: String

    package init(_ role: Speaker, _ content: String) { (self.role, self.content) = (role, content) }
}

/// The shapes of `/chat/completions` and `/embeddings`, as far as they are used (https://platform.openai.com/docs/api-reference).
enum ModelWire {
    struct ChatRequest: Codable {
        struct StreamOptions: Codable { let include_usage: Bool }

        let model: String
        let messages: [ModelMessage]
        let stream: Bool
        let stream_options: StreamOptions
        let temperature: Double
        let max_tokens: Int
    }

    struct Usage: Codable {
        let total_tokens: Int?
    }

    /// A whole answer, or one piece of a streamed one.
    struct ChatAnswer: Codable {
        struct Piece: Codable {
            struct Text: Codable { let content: String? }

            let message: Text?
            let delta: Text?
        }

        let choices: [Piece]?
        let usage: Usage?

        var text: String { (choices ?? []).prefix(1).compactMap { ($0.message ?? $0.delta)?.content }.joined() }
    }

    struct EmbeddingRequest: Codable {
        let model: String
        let input: [String]
    }

    struct EmbeddingAnswer: Codable {
        struct Vector: Codable {
            let index: Int?
            let embedding: [Double]
        }

        let data: [Vector]
        let usage: Usage?
    }
}

/// Puts a streamed answer together while it arrives: server-sent events, one JSON text each, `[DONE]` at the end.
///
/// An answer that is one JSON text, from a server that does not stream, is read at the end.
final class StreamReading: Sendable {
    private struct State {
        var line: [UInt8] = []
        var text = ""
        var tokens: Int?
        var isStreamed = false
        var isOver = false
        var fault: String?
    }

    private let state = Mutex(State())
    private let longest: Int

    /// - Parameter longest: of the answer, in characters.
    init(longest: Int) { self.longest = longest }

    /// Whether more is wanted.
    func take(_ bytes: [UInt8]) -> Bool {
        state.withLock { state in
            for byte in bytes {
                guard byte != UInt8(ascii: "\n") else {
                    read(&state)
                    if state.isOver || state.fault != nil { return false }
                    continue
                }
                state.line.append(byte)
            }
            return true
        }
    }

    private func read(_ state: inout State) {
        defer { state.line.removeAll(keepingCapacity: true) }
        let line = String(decoding: state.line, as: UTF8.self)
        guard line.hasPrefix("data:") else { return }
        state.isStreamed = true
        let event = line.dropFirst(5).drop { $0 == " " }.prefix { $0 != "\r" }
        if event == "[DONE]" {
            state.isOver = true
            return
        }
        guard let piece: ModelWire.ChatAnswer = try? JSON.read(from: Array(event.utf8), ignoresUnknown: true) else {
            state.fault = "an event is no JSON"
            return
        }
        state.text += piece.text
        state.tokens = piece.usage?.total_tokens ?? state.tokens
        if state.text.count > longest { state.fault = "the answer has no end" }
    }

    /// What the endpoint has said.
    func result(body: [UInt8]) throws(ModelFailure) -> (text: String, tokens: Int?) {
        let (text, tokens, isStreamed, fault) = state.withLock { state in
            read(&state)
            return (state.text, state.tokens, state.isStreamed, state.fault)
        }
        if let fault { throw .rubbish(fault) }
        if isStreamed { return (text, tokens) }
        guard let answer: ModelWire.ChatAnswer = try? JSON.read(from: body, ignoresUnknown: true), answer.choices != nil else {
            throw .rubbish("neither JSON nor a stream of events")
        }
        guard answer.text.count <= longest else { throw .tooLarge }
        return (answer.text, answer.usage?.total_tokens)
    }
}
