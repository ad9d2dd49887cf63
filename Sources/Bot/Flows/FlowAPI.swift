import Basics
import Conversations
import HTTPTypes
import Knowledge
import Organization
import Store
import Web

/// Flows as the desk works on them.
struct FlowAPI: Sendable {
    let dialogue: Dialogue
    let audit: Audit

    private var store: FlowStore { dialogue.flows.store }
    private var database: any Database { dialogue.database }

    struct Shown: Codable, Sendable {
        let id: ID<Flow>
        let title: String
        let version: Int
        /// What customers get; left out where the flow is not in use.
        let published: Int?
        let updatedAt: Timestamp
        /// Only where one flow is asked for.
        let outline: String?
        let suggestions: [Suggestion]?
    }

    /// How often something was suggested, and how often it was tapped.
    struct Suggestion: Codable, Sendable {
        let asks: String
        let shown: Int
        let taken: Int
    }

    struct Listed: Codable, Sendable { let rows: [Shown] }

    struct Written: Codable, Sendable {
        let outline: String
        /// The version that the author started from; a newer one is not overwritten.
        let version: Int?
        /// Puts it to use at once.
        let publish: Bool?
    }

    struct Versions: Codable, Sendable {
        struct Version: Codable, Sendable {
            let version: Int
            let outline: String
            let author: ID<Agent>?
            let at: Timestamp
        }

        let rows: [Version]
    }

    struct Checked: Codable, Sendable { let outline: String }
    struct Verdict: Codable, Sendable { let mistake: OutlineMistake? }

    struct Trial: Codable, Sendable {
        let outline: String
        /// What the customer says, from the beginning of the flow on.
        let says: [String]
    }

    struct Tried: Codable, Sendable {
        struct Turn: Codable, Sendable {
            let said: String?
            let text: String
            let buttons: [String]
            let parts: Parts?
            let trace: [FlowTrace]
            /// Whether a person would take over here.
            let handsOff: Bool
        }

        let turns: [Turn]
        let values: [String: String]
        let isOver: Bool
    }
}

extension FlowAPI {
    var routes: [Route] {
        [
            Route(
                .get, "/api/flows", access: .needs("flows.read"), summary: "Lists the flows.", takes: Nothing.self,
                gives: Listed.self
            ) { call, _ in try await list(call) },
            Route(
                .post, "/api/flows", access: .needs("flows.edit"), summary: "Writes a new flow from its outline.",
                takes: Written.self, gives: Shown.self
            ) { call, written in try await write(call, nil, written) },
            Route(
                .post, "/api/flows/checks", access: .needs("flows.read"),
                summary: "Says whether an outline can be read, and else what is wrong in which line.",
                takes: Checked.self, gives: Verdict.self
            ) { _, checked in Verdict(mistake: Self.mistake(in: checked.outline)) },
            Route(
                .post, "/api/flows/trials", access: .needs("flows.edit"),
                summary: "Plays an outline with what a customer says; looks up, changes nothing, and is not counted.",
                takes: Trial.self, gives: Tried.self, handle: tryOut
            ),
            Route(
                .get, "/api/flows/{flow}", access: .needs("flows.read"), summary: "Shows one flow with its outline.",
                takes: Nothing.self, gives: Shown.self
            ) { call, _ in try await show(call) },
            Route(
                .put, "/api/flows/{flow}", access: .needs("flows.edit"), summary: "Writes a new version of a flow.",
                takes: Written.self, gives: Shown.self
            ) { call, written in try await write(call, call.flow, written) },
            Route(
                .delete, "/api/flows/{flow}", access: .needs("flows.edit"), summary: "Takes a flow out of use.",
                takes: Nothing.self, gives: Shown.self
            ) { call, _ in try await withdraw(call) },
            Route(
                .get, "/api/flows/{flow}/versions", access: .needs("flows.read"),
                summary: "Lists the versions of a flow, newest first.",
                takes: Nothing.self, gives: Versions.self
            ) { call, _ in try await versions(call) },
        ]
    }

    private func list(_ call: Call) async throws -> Listed {
        let workspace = try call.staff.workspace
        return try await database.read { Listed(rows: try store.all(in: workspace, $0).map { shown($0) }) }
    }

    private func show(_ call: Call) async throws -> Shown {
        let (workspace, id) = (try call.staff.workspace, try call.flow)
        return try await database.read { transaction in
            let flow = try store.flow(id, in: workspace, transaction)
            let counts = try store.suggestions(of: id, transaction).map {
                Suggestion(asks: $0.asks, shown: $0.shown, taken: $0.taken)
            }
            return shown(flow, try store.versions(of: id, in: workspace, transaction).first?.outline, counts)
        }
    }

    private func write(_ call: Call, _ id: ID<Flow>?, _ written: Written) async throws -> Shown {
        let staff = try call.staff
        let flow = try await database.write { transaction in
            let flow = try store.write(
                written.outline, id, known: written.version, publishes: written.publish ?? false, in: staff.workspace,
                by: staff.agent,
                transaction)
            try record(written.publish ?? false ? "flow.published" : "flow.written", flow, by: staff, transaction)
            return flow
        }
        return shown(flow, written.outline)
    }

    private func withdraw(_ call: Call) async throws -> Shown {
        let (staff, id) = (try call.staff, try call.flow)
        return try await database.write { transaction in
            let flow = try store.withdraw(id, in: staff.workspace, transaction)
            try record("flow.withdrawn", flow, by: staff, transaction)
            return shown(flow)
        }
    }

    private func record(_ action: String, _ flow: Flow, by staff: Staff, _ transaction: any Transaction) throws {
        let detail = ["title": flow.title, "version": String(flow.version)]
        try audit.record(AuditEvent(action, "flow.\(flow.id)", detail), by: staff.actor, in: transaction)
    }

    private func versions(_ call: Call) async throws -> Versions {
        let (workspace, id) = (try call.staff.workspace, try call.flow)
        return try await database.read { transaction in
            _ = try store.flow(id, in: workspace, transaction)
            return Versions(
                rows: try store.versions(of: id, in: workspace, transaction).map {
                    Versions.Version(version: $0.number, outline: $0.outline, author: $0.author, at: $0.createdAt)
                })
        }
    }

    private func shown(_ flow: Flow, _ outline: String? = nil, _ suggestions: [Suggestion]? = nil) -> Shown {
        Shown(
            id: flow.id, title: flow.title, version: flow.version, published: flow.isPublished ? flow.publishedVersion : nil,
            updatedAt: flow.updatedAt, outline: outline, suggestions: suggestions)
    }

    private static func mistake(in outline: String) -> OutlineMistake? {
        do {
            _ = try Outline(parsing: outline)
            return nil
        } catch { return error }
    }
}

// Trying out

extension FlowAPI {
    private static let mostTurns = 40

    private func tryOut(_ call: Call, _ trial: Trial) async throws -> Tried {
        let workspace = try call.staff.workspace
        guard trial.says.count <= Self.mostTurns else { throw Refusal(.invalid, "trial.length") }
        let outline: Outline
        do { outline = try Outline(parsing: trial.outline) } catch { throw error.refusal }
        return await Rehearsed(outline, dialogue, workspace).played(trial.says)
    }
}

/// A flow played with nobody: what is looked up is looked up, what would be changed is left alone.
private struct Rehearsed: Sendable {
    let outline: Outline
    let dialogue: Dialogue
    let workspace: ID<Workspace>

    init(_ outline: Outline, _ dialogue: Dialogue, _ workspace: ID<Workspace>) {
        (self.outline, self.dialogue, self.workspace) = (outline, dialogue, workspace)
    }

    func played(_ says: [String]) async -> FlowAPI.Tried {
        var run = FlowRun(ID(rawValue: 0), version: 1)
        var turns: [FlowAPI.Tried.Turn] = []
        var play = play(run)
        var end = await play.goOn()
        turns.append(turn(nil, play, end))
        for said in says where end == .waiting {
            run = play.run
            play = self.play(run)
            if play.hear(said) { end = await play.goOn() } else { end = await play.askAgain() }
            turns.append(turn(said, play, end))
        }
        return FlowAPI.Tried(turns: turns, values: play.run.values, isOver: end != .waiting)
    }

    private func turn(_ said: String?, _ play: FlowPlay, _ end: FlowPlay.End) -> FlowAPI.Tried.Turn {
        FlowAPI.Tried.Turn(
            said: said, text: play.speech.text, buttons: play.speech.buttons.map(\.text), parts: play.speech.parts,
            trace: play.speech.trace,
            handsOff: end == .handOff)
    }

    private func play(_ run: FlowRun) -> FlowPlay {
        let flows = dialogue.flows
        let language = Language.detect(outline.title + outline.questions.map(\.text).joined()) ?? .english
        return FlowPlay(outline, run, phrases: Phrases(language: language, variant: 0), today: flows.today, earlier: [:]) {
            [workspace] call, run, _, changes in
            guard !changes else { return .found([:]) }
            guard let connectors = flows.connectors else { return .failed("no connectors") }
            return await connectors.ask(
                call.connector, run.lookedUp, for: LookUpCaller(visitor: nil, once: "trial"), changes: false, in: workspace)
        }
    }
}

extension Call {
    fileprivate var flow: ID<Flow> { get throws(Refusal) { try parameter("flow") } }
}
