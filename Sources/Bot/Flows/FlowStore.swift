package import Basics
import Conversations
package import Knowledge
import Organization
package import Store

/// Flows with their versions, and how far they have come with customers.
package struct FlowStore: Sendable {
    let knowledge: KnowledgeStore
    let surroundings: Surroundings
    private let flows = Table<Flow>("flow")
    private let versions = Table<FlowEdition>("flow_version", key: "flow_id", "number")

    package init(knowledge: KnowledgeStore, surroundings: Surroundings) {
        (self.knowledge, self.surroundings) = (knowledge, surroundings)
    }

    package static let migrations = [
        Migration(
            "flows.1",
            """
            CREATE TABLE flow (
                id BIGINT PRIMARY KEY, workspace_id BIGINT NOT NULL, entry_id BIGINT NOT NULL UNIQUE, is_published BIGINT NOT NULL,
                version BIGINT NOT NULL, published_version BIGINT, title TEXT NOT NULL, updated_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX flow_by_title ON flow (workspace_id, title)",
            """
            CREATE TABLE flow_version (
                flow_id BIGINT NOT NULL, number BIGINT NOT NULL, workspace_id BIGINT NOT NULL, outline TEXT NOT NULL,
                author BIGINT, created_at BIGINT NOT NULL, PRIMARY KEY (flow_id, number)
            )
            """,
            """
            CREATE TABLE flow_run (
                session_id BIGINT PRIMARY KEY, workspace_id BIGINT NOT NULL, epoch BIGINT NOT NULL, flow_id BIGINT NOT NULL,
                state TEXT NOT NULL, updated_at BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE flow_value (
                conversation_id BIGINT NOT NULL, name TEXT NOT NULL, workspace_id BIGINT NOT NULL, value TEXT NOT NULL,
                at BIGINT NOT NULL, PRIMARY KEY (conversation_id, name)
            )
            """,
            """
            CREATE TABLE flow_suggestion (
                flow_id BIGINT NOT NULL, asks TEXT NOT NULL, workspace_id BIGINT NOT NULL, shown BIGINT NOT NULL, taken BIGINT NOT NULL,
                PRIMARY KEY (flow_id, asks)
            )
            """,
            """
            CREATE TABLE connector (
                id BIGINT PRIMARY KEY, workspace_id BIGINT NOT NULL, name TEXT NOT NULL, method TEXT NOT NULL, url TEXT NOT NULL,
                header TEXT NOT NULL, secret TEXT, fields TEXT NOT NULL, proof TEXT NOT NULL, proof_value TEXT NOT NULL,
                proof_field TEXT NOT NULL, timeout_ms BIGINT NOT NULL, cache_seconds BIGINT NOT NULL, updated_at BIGINT NOT NULL
            )
            """,
            "CREATE UNIQUE INDEX connector_name ON connector (workspace_id, name)"
        )
    ]
}

// Writing

extension FlowStore {
    /// Writes a flow, or its next version. `known` is the version that the author had before their eyes.
    func write(
        _ outline: String, _ id: ID<Flow>?, known: Int?, publishes: Bool, in workspace: ID<Workspace>, by author: ID<Agent>?,
        _ transaction: any Transaction
    ) throws -> Flow {
        let read = try Result { () throws(OutlineMistake) in try Outline(parsing: outline) }.mapError(\.refusal).get()
        let now = surroundings.now()
        var flow: Flow
        if let id {
            flow = try self.flow(id, in: workspace, transaction)
            guard known == nil || known == flow.version else { throw Refusal(.conflict, "flow.version") }
            (flow.version, flow.title, flow.updatedAt) = (flow.version + 1, read.title, now)
        } else {
            let entry = try knowledge.create(try content(read), state: .draft, in: workspace, by: author, transaction)
            flow = Flow(
                id: surroundings.makeID(), workspaceId: workspace, entryId: entry.id, isPublished: false, version: 1,
                publishedVersion: nil, title: read.title, updatedAt: now)
            try flows.insert(flow, in: transaction)
        }
        try versions.insert(
            FlowEdition(
                flowId: flow.id, number: flow.version, workspaceId: workspace, outline: outline, author: author, createdAt: now),
            in: transaction)
        if publishes {
            try knowledge.revise(flow.entryId, to: try content(read), in: workspace, by: author, transaction)
            try knowledge.move(flow.entryId, to: .published, in: workspace, transaction)
            (flow.isPublished, flow.publishedVersion) = (true, flow.version)
        }
        try flows.update(flow, in: transaction)
        return flow
    }

    /// Taken out of use; customers in the middle of it go on to the end.
    func withdraw(_ id: ID<Flow>, in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> Flow {
        var flow = try flow(id, in: workspace, transaction)
        (flow.isPublished, flow.updatedAt) = (false, surroundings.now())
        try knowledge.move(flow.entryId, to: .archived, in: workspace, transaction)
        try flows.update(flow, in: transaction)
        return flow
    }

    /// The entry by which the flow is found: its phrasings, and as its answer what it asks first.
    private func content(_ outline: Outline) throws -> EntryContent {
        let first = outline.questions.first?.text ?? outline.title
        let language = Language.detect(outline.phrasings.joined(separator: " ") + outline.title) ?? .english
        return try EntryContent(
            language: language, category: language == .chinese ? "流程" : "Flows", title: outline.title,
            phrasings: outline.phrasings, answer: first)
    }
}

// Asking

extension FlowStore {
    func all(in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> [Flow] {
        try flows.find("workspace_id = \(workspace) ORDER BY title, id", in: transaction)
    }

    func flow(_ id: ID<Flow>, in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> Flow {
        guard let flow = try flows.first("id = \(id) AND workspace_id = \(workspace)", in: transaction) else {
            throw Refusal(.notFound, "flow.unknown")
        }
        return flow
    }

    /// The flow that an entry stands for, if it does.
    func flow(of entry: ID<KnowledgeEntry>, in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> Flow? {
        try flows.first("entry_id = \(entry) AND workspace_id = \(workspace) AND is_published = 1", in: transaction)
    }

    func versions(of id: ID<Flow>, in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> [FlowEdition] {
        try versions.find("flow_id = \(id) AND workspace_id = \(workspace) ORDER BY number DESC", in: transaction)
    }

    func outline(of id: ID<Flow>, _ number: Int, _ transaction: any Transaction) throws -> Outline? {
        let version = try versions.first("flow_id = \(id) AND number = \(number)", in: transaction)
        return version.flatMap { try? Outline(parsing: $0.outline) }
    }
}

// Running

extension FlowStore {
    /// The flow under way, if its session still has the owner and epoch it was left under.
    func run(of turn: BotTurn, _ transaction: any Transaction) throws -> FlowRun? {
        guard let session = turn.session else { return nil }
        return try transaction.row(
            "SELECT state FROM flow_run WHERE session_id = \(session) AND epoch = \(turn.epoch)"
        ).map { (try $0("state") as AsJSON<FlowRun>).value }
    }

    /// What the flow of a session was told so far, whoever owns the session now.
    func values(in session: ID<Session>, _ transaction: any Transaction) throws -> [String: String] {
        let state = try transaction.row("SELECT state FROM flow_run WHERE session_id = \(session)")
        let run = try state.map { (try $0("state") as AsJSON<FlowRun>).value }
        return run.map { run in ([run] + run.parents.reversed()).reduce(into: [:]) { $0.merge($1.values) { one, _ in one } } }
            ?? [:]
    }

    func keep(_ run: FlowRun?, of turn: BotTurn, _ transaction: any Transaction) throws {
        guard let session = turn.session else { return }
        guard let run else {
            try transaction.run("DELETE FROM flow_run WHERE session_id = \(session)")
            return
        }
        try transaction.run(
            """
            INSERT INTO flow_run (session_id, workspace_id, epoch, flow_id, state, updated_at)
            VALUES (\(session), \(turn.workspace), \(turn.epoch), \(run.flow), \(AsJSON(run)), \(surroundings.now()))
            ON CONFLICT (session_id) DO UPDATE SET epoch = excluded.epoch, flow_id = excluded.flow_id, state = excluded.state,
                updated_at = excluded.updated_at
            """
        )
    }

    /// What the customer said the last time, by name.
    func earlier(in turn: BotTurn, _ transaction: any Transaction) throws -> [String: String] {
        guard let conversation = turn.conversation else { return [:] }
        let rows = try transaction.rows("SELECT name, value FROM flow_value WHERE conversation_id = \(conversation)")
        return Dictionary(try rows.map { (try $0("name") as String, try $0("value") as String) }) { $1 }
    }

    func remember(_ values: [String: String], of turn: BotTurn, _ transaction: any Transaction) throws {
        guard let conversation = turn.conversation else { return }
        for (name, value) in values.sorted(by: { $0.key < $1.key }) where !value.isEmpty {
            try transaction.run(
                """
                INSERT INTO flow_value (conversation_id, name, workspace_id, value, at)
                VALUES (\(conversation), \(name), \(turn.workspace), \(value), \(surroundings.now()))
                ON CONFLICT (conversation_id, name) DO UPDATE SET value = excluded.value, at = excluded.at
                """
            )
        }
    }

    func count(
        shown: Int, taken: Int, asks: String, of flow: ID<Flow>, in workspace: ID<Workspace>, _ transaction: any Transaction
    ) throws {
        try transaction.run(
            """
            INSERT INTO flow_suggestion (flow_id, asks, workspace_id, shown, taken)
            VALUES (\(flow), \(asks), \(workspace), \(shown), \(taken))
            ON CONFLICT (flow_id, asks) DO UPDATE SET shown = flow_suggestion.shown + excluded.shown,
                taken = flow_suggestion.taken + excluded.taken
            """
        )
    }

    func suggestions(of flow: ID<Flow>, _ transaction: any Transaction) throws -> [(asks: String, shown: Int, taken: Int)] {
        try transaction.rows("SELECT asks, shown, taken FROM flow_suggestion WHERE flow_id = \(flow) ORDER BY asks").map {
            (try $0("asks"), try $0("shown"), try $0("taken"))
        }
    }
}
