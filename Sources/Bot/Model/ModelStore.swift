package import Basics
package import Organization
package import Store

/// What a workspace's model was asked on one day (UTC).
package struct ModelUsage: Codable, Hashable, Sendable {
    package let workspaceId: ID<Workspace>
    /// Days since 1970-01-01 (UTC).
    package let day: Int64
    package var calls: Int
    package var tokens: Int
    package var failures: Int
}

/// The tables `model_endpoint` and `model_usage`.
package enum ModelStore {
    static let endpoints = Table<ModelEndpoint>("model_endpoint", key: "workspace_id")
    static let usages = Table<ModelUsage>("model_usage", key: "workspace_id", "day")

    package static let migrations = [
        Migration(
            "model.1",
            """
            CREATE TABLE model_endpoint (
                workspace_id BIGINT PRIMARY KEY, url TEXT NOT NULL, chat_model TEXT NOT NULL, embedding_model TEXT,
                sealed_key TEXT, time_limit BIGINT NOT NULL, calls_per_day BIGINT NOT NULL, tokens_per_day BIGINT NOT NULL,
                tone TEXT NOT NULL, is_on INTEGER NOT NULL, accounts TEXT NOT NULL, updated_at BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE model_usage (
                workspace_id BIGINT NOT NULL, day BIGINT NOT NULL, calls BIGINT NOT NULL, tokens BIGINT NOT NULL,
                failures BIGINT NOT NULL, PRIMARY KEY (workspace_id, day)
            )
            """
        )
    ]

    package static func endpoint(of workspace: ID<Workspace>, _ transaction: any Transaction) throws -> ModelEndpoint? {
        try endpoints.first("workspace_id = \(workspace)", in: transaction)
    }

    static func keep(_ endpoint: ModelEndpoint, _ transaction: any Transaction) throws {
        if try !endpoints.update(endpoint, in: transaction) { try endpoints.insert(endpoint, in: transaction) }
    }

    static func usage(of workspace: ID<Workspace>, at now: Timestamp, _ transaction: any Transaction) throws -> ModelUsage {
        let day = day(of: now)
        return try usages.first("workspace_id = \(workspace) AND day = \(day)", in: transaction)
            ?? ModelUsage(workspaceId: workspace, day: day, calls: 0, tokens: 0, failures: 0)
    }

    /// Counts a call before it is made, so that calls under way at once keep within the budget, too; false when it is used up.
    static func reserve(_ endpoint: ModelEndpoint, at now: Timestamp, _ transaction: any Transaction) throws -> Bool {
        let changed = try transaction.run(
            """
            INSERT INTO model_usage (workspace_id, day, calls, tokens, failures)
            VALUES (\(endpoint.workspaceId), \(day(of: now)), 1, 0, 0)
            ON CONFLICT (workspace_id, day) DO UPDATE SET calls = model_usage.calls + 1
            WHERE model_usage.calls < \(endpoint.callsPerDay) AND model_usage.tokens < \(endpoint.tokensPerDay)
            """
        )
        return changed == 1
    }

    static func count(
        tokens: Int, failures: Int, of workspace: ID<Workspace>, at now: Timestamp, _ transaction: any Transaction
    ) throws {
        try transaction.run(
            """
            UPDATE model_usage SET tokens = tokens + \(tokens), failures = failures + \(failures)
            WHERE workspace_id = \(workspace) AND day = \(day(of: now))
            """
        )
    }

    private static func day(of now: Timestamp) -> Int64 { now.milliseconds / 86_400_000 }
}
