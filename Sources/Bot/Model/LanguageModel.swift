package import Basics
import Logging
package import Organization
package import Store
import Synchronization

/// The workspaces' language models: budget, breaker and key around every call.
package struct LanguageModel: Sendable {
    /// Of this installation, not of a workspace: only who runs the machine may open its network.
    package static let allowsInside = Setting(
        key: "model.inside", fallback: false,
        explanation: "Let the language model's endpoint be at a private or loopback address, for a model in the same house."
    )

    let database: any Database
    let surroundings: Surroundings
    let sealer: Sealer
    let isInsideAllowed: Bool
    private let breakers = Breakers()
    private let logger = Logger(label: "model")

    package init(database: any Database, surroundings: Surroundings, sealer: Sealer, allowsInside: Bool) {
        (self.database, self.surroundings, self.sealer) = (database, surroundings, sealer)
        isInsideAllowed = allowsInside
    }

    /// The endpoint in force; nil where none is configured or it is switched off.
    package func endpoint(in workspace: ID<Workspace>) async throws -> ModelEndpoint? {
        let found = try await database.read { try ModelStore.endpoint(of: workspace, $0) }
        return found?.isOn == true ? found : nil
    }

    /// The model's answer. Throws a ``ModelFailure``, after the endpoint's time limit at the latest.
    ///
    /// - Parameter tokens: how long the answer may be.
    package func chat(_ messages: [ModelMessage], with endpoint: ModelEndpoint, atMost tokens: Int = 800) async throws -> String {
        try await spending(on: endpoint) { client in
            let said = try await client.chat(messages, atMost: tokens)
            return (said.text, said.tokens)
        }
    }

    /// One vector for each text. Throws as ``chat(_:with:atMost:)`` does, ``ModelFailure/off`` where no embedding model is named.
    package func embed(_ texts: [String], with endpoint: ModelEndpoint) async throws -> [[Double]] {
        guard let model = endpoint.embeddingModel else { throw ModelFailure.off }
        return try await spending(on: endpoint) { try await $0.embed(texts, with: model) }
    }

    func isResting(_ workspace: ID<Workspace>) -> Bool { breakers.isResting(workspace, at: surroundings.uptime()) }

    /// Settings that were changed deserve a new try.
    func forgive(_ workspace: ID<Workspace>) { breakers.succeed(workspace) }

    func client(for endpoint: ModelEndpoint) throws -> ModelClient {
        let key = try endpoint.sealedKey.map { String(decoding: try sealer.open($0, for: endpoint.keyPurpose), as: UTF8.self) }
        return ModelClient(endpoint: endpoint, key: key, allowsInside: isInsideAllowed)
    }

    private func spending<Value: Sendable>(
        on endpoint: ModelEndpoint, _ ask: (ModelClient) async throws -> (Value, tokens: Int)
    ) async throws -> Value {
        let workspace = endpoint.workspaceId
        if let rest = breakers.rest(workspace, at: surroundings.uptime()) { throw ModelFailure.resting(rest) }
        do {
            guard try await database.write({ [now = surroundings.now()] in try ModelStore.reserve(endpoint, at: now, $0) }) else {
                throw ModelFailure.spent
            }
            let (value, tokens) = try await ask(try client(for: endpoint))
            breakers.succeed(workspace)
            await count(tokens: tokens, failures: 0, workspace)
            return value
        } catch let failure as ModelFailure where failure.isOfEndpoint {
            breakers.fail(workspace, at: surroundings.uptime())
            await count(tokens: 0, failures: 1, workspace)
            logger.warning("the model failed", metadata: ["code": "\(failure.code)", "detail": "\(failure.detail ?? "")"])
            throw failure
        } catch {
            breakers.abandon(workspace)
            throw error
        }
    }

    private func count(tokens: Int, failures: Int, _ workspace: ID<Workspace>) async {
        let now = surroundings.now()
        try? await database.write { transaction in
            try ModelStore.count(tokens: tokens, failures: failures, of: workspace, at: now, transaction)
        }
    }
}

/// One breaker for each workspace, on this node.
private final class Breakers: Sendable {
    private let breakers = Mutex<[ID<Workspace>: Breaker]>([:])

    func rest(_ workspace: ID<Workspace>, at now: Duration) -> Duration? {
        breakers.withLock { $0[workspace, default: Breaker()].rest(at: now) }
    }

    func isResting(_ workspace: ID<Workspace>, at now: Duration) -> Bool {
        breakers.withLock { $0[workspace]?.isResting(at: now) ?? false }
    }

    func succeed(_ workspace: ID<Workspace>) { breakers.withLock { $0[workspace] = nil } }
    func fail(_ workspace: ID<Workspace>, at now: Duration) {
        breakers.withLock { $0[workspace, default: Breaker()].fail(at: now) }
    }
    func abandon(_ workspace: ID<Workspace>) { breakers.withLock { $0[workspace]?.abandon() } }
}
