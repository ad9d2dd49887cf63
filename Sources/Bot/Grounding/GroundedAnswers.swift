import Basics
import Conversations
import Organization
import Store

/// The table `grounded_answer`: the evidence of every answer that a model wrote and a customer got.
struct GroundedAnswer: Codable, Hashable, Sendable {
    let id: ID<AnswerSource>
    let workspaceId: ID<Workspace>
    let model: String
    let sources: AsJSON<[Cited]>
    let plausibility: Double
    let confidence: Double
    var helpful: Bool?
    let createdAt: Timestamp
}

enum GroundedAnswers {
    static let table = Table<GroundedAnswer>("grounded_answer")

    static let migrations = [
        Migration(
            "model.2",
            """
            CREATE TABLE grounded_answer (
                id BIGINT PRIMARY KEY, workspace_id BIGINT NOT NULL, model TEXT NOT NULL, sources TEXT NOT NULL,
                plausibility DOUBLE PRECISION NOT NULL, confidence DOUBLE PRECISION NOT NULL, helpful INTEGER,
                created_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX grounded_answer_judged ON grounded_answer (workspace_id, id) WHERE helpful IS NOT NULL"
        )
    ]

    /// What customers thought of the last five hundred that they judged.
    static func trust(in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> Trust {
        let row = try transaction.row(
            """
            SELECT COUNT(*) AS judged, COALESCE(SUM(helpful), 0) AS helpful FROM (
                SELECT helpful FROM grounded_answer WHERE workspace_id = \(workspace) AND helpful IS NOT NULL
                ORDER BY id DESC LIMIT 500) AS latest
            """
        )
        return Trust(helpful: try row?("helpful") ?? 0, judged: try row?("judged") ?? 0)
    }

    /// False where the source is no answer of a model.
    static func judge(
        _ id: ID<AnswerSource>, helpful: Bool, in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws -> Bool {
        try transaction.run(
            "UPDATE grounded_answer SET helpful = \(helpful ? 1 : 0) WHERE id = \(id) AND workspace_id = \(workspace)"
        ) > 0
    }
}
