import Basics
import Channels
import HTTPTypes
import Organization
import Store
import Web

/// The settings of the language model, for administrators.
struct ModelAPI: Sendable {
    let model: LanguageModel
    let audit: Audit

    /// As administrators see it: everything but the key.
    struct Shown: Codable, Sendable {
        let url: String?
        let chatModel: String?
        let embeddingModel: String?
        let hasKey: Bool
        let timeLimit: Int
        let callsPerDay: Int
        let tokensPerDay: Int
        let tone: String
        let isOn: Bool
        let accounts: [ID<ChannelAccount>]
        /// Today's (UTC).
        let calls: Int
        let tokens: Int
        let failures: Int
        /// Left alone for a while by this node because it failed again and again.
        let isResting: Bool
    }

    /// What a live test found.
    struct Trial: Codable, Sendable {
        struct Part: Codable, Sendable {
            let works: Bool
            let milliseconds: Int
            /// Stable; absent where it works.
            let code: String?
            let detail: String?
            /// What the model said.
            let text: String?
            /// How long its vectors are.
            let dimensions: Int?
        }

        let chat: Part
        let embedding: Part?
    }

    var routes: [Route] {
        [
            Route(
                .get, "/api/model", access: .needs("model.edit"),
                summary: "The language model's settings and what it was asked today (UTC).", takes: Nothing.self,
                gives: Shown.self
            ) { call, _ in try await shown(in: call.staff.workspace) },
            Route(
                .put, "/api/model", access: .needs("model.edit"),
                summary: "Changes the language model's settings; a key left out stays, for the same host only.",
                takes: ModelEndpoint.Form.self, gives: Shown.self
            ) { call, form in try await change(form, by: call.staff) },
            Route(
                .delete, "/api/model", access: .needs("model.edit"), summary: "Forgets the language model and its key.",
                takes: Nothing.self, gives: Shown.self
            ) { call, _ in try await forget(by: call.staff) },
            Route(
                .post, "/api/model/trials", access: .needs("model.edit"),
                summary: "Asks the endpoint one question with these settings, which are not kept.",
                takes: ModelEndpoint.Form.self, gives: Trial.self
            ) { call, form in try await tryOut(form, by: call.staff) },
        ]
    }

    private func shown(in workspace: ID<Workspace>) async throws -> Shown {
        let now = model.surroundings.now()
        let (endpoint, usage) = try await model.database.read { transaction in
            (
                try ModelStore.endpoint(of: workspace, transaction),
                try ModelStore.usage(of: workspace, at: now, transaction)
            )
        }
        return Shown(
            url: endpoint?.url, chatModel: endpoint?.chatModel, embeddingModel: endpoint?.embeddingModel,
            hasKey: endpoint?.sealedKey != nil, timeLimit: endpoint?.timeLimit ?? 5_000,
            callsPerDay: endpoint?.callsPerDay ?? 2_000, tokensPerDay: endpoint?.tokensPerDay ?? 2_000_000,
            tone: endpoint?.tone ?? "", isOn: endpoint?.isOn ?? false, accounts: endpoint?.accounts.value ?? [],
            calls: usage.calls, tokens: usage.tokens, failures: usage.failures, isResting: model.isResting(workspace)
        )
    }

    private func change(_ form: ModelEndpoint.Form, by staff: Staff) async throws -> Shown {
        let (sealer, now) = (model.sealer, model.surroundings.now())
        try await model.database.write { transaction in
            let earlier = try ModelStore.endpoint(of: staff.workspace, transaction)
            let endpoint = try ModelEndpoint(form, for: staff.workspace, earlier: earlier, sealer: sealer, at: now)
            try checkAccounts(endpoint, transaction)
            try ModelStore.keep(endpoint, transaction)
            let detail = ["url": endpoint.url, "model": endpoint.chatModel, "on": endpoint.isOn ? "yes" : "no"]
            try audit.record(
                AuditEvent("model.changed", "workspace.\(staff.workspace)", detail), by: staff.actor, in: transaction)
        }
        model.forgive(staff.workspace)
        return try await shown(in: staff.workspace)
    }

    private func checkAccounts(_ endpoint: ModelEndpoint, _ transaction: any Transaction) throws {
        let named = endpoint.accounts.value
        guard named.count <= 1_000 else { throw Refusal(.invalid, "channel.unknown") }
        let known: Int? = try transaction.value(
            "SELECT COUNT(*) FROM channel_account WHERE workspace_id = \(endpoint.workspaceId) AND id IN \(list: named + [ID(rawValue: 0)])"
        )
        guard known == named.count else { throw Refusal(.invalid, "channel.unknown") }
    }

    private func forget(by staff: Staff) async throws -> Shown {
        try await model.database.write { transaction in
            guard try ModelStore.endpoints.delete("workspace_id = \(staff.workspace)", in: transaction) > 0 else { return }
            try audit.record(AuditEvent("model.removed", "workspace.\(staff.workspace)", [:]), by: staff.actor, in: transaction)
        }
        return try await shown(in: staff.workspace)
    }

    private func tryOut(_ form: ModelEndpoint.Form, by staff: Staff) async throws -> Trial {
        let earlier = try await model.database.read { try ModelStore.endpoint(of: staff.workspace, $0) }
        let endpoint = try ModelEndpoint(
            form, for: staff.workspace, earlier: earlier, sealer: model.sealer, at: model.surroundings.now())
        let client = try model.client(for: endpoint)
        let chat = try await timed { () -> (String?, Int?) in
            (try await client.chat([ModelMessage(.user, "Answer with one word: ready")], atMost: 40).text, nil)
        }
        guard let embedding = endpoint.embeddingModel else { return Trial(chat: chat, embedding: nil) }
        let vectors = try await timed { () -> (String?, Int?) in
            (nil, try await client.embed(["ready"], with: embedding).vectors.first?.count)
        }
        return Trial(chat: chat, embedding: vectors)
    }

    private func timed(_ ask: () async throws -> (String?, Int?)) async throws -> Trial.Part {
        let begun = model.surroundings.uptime()
        var (text, dimensions, failure): (String?, Int?, ModelFailure?)
        do { (text, dimensions) = try await ask() } catch let wrong as ModelFailure { failure = wrong }
        let milliseconds = Int((model.surroundings.uptime() - begun).milliseconds)
        return Trial.Part(
            works: failure == nil, milliseconds: milliseconds, code: failure?.code, detail: failure?.detail,
            text: text.map { String($0.prefix(200)) }, dimensions: dimensions)
    }
}
