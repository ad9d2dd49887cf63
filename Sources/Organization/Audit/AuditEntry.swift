package import Basics
import Crypto
package import Store

/// One line of the audit log: who did what to which thing, chained to the line before by its hash.
package struct AuditEntry: Codable, Hashable, Sendable {
    package let workspaceId: ID<Workspace>
    /// 1, 2, 3 … within the workspace, without gaps.
    package let number: Int64
    package let at: Timestamp
    package let actorId: ID<Agent>?
    package let actorName: String
    /// A stable dotted name, e.g. `agent.changed`.
    package let action: String
    /// The thing, e.g. `agent.42`.
    package let subject: String
    package let detail: AsJSON<[String: String]>
    package let hash: String
}

extension AuditEntry {
    /// What stands before the first line.
    static let beginning = String(repeating: "0", count: 64)

    init(_ number: Int64, after previous: String, at: Timestamp, event: AuditEvent, by actor: Actor) {
        (workspaceId, self.number, self.at) = (actor.workspace, number, at)
        (actorId, actorName) = (actor.id, actor.name)
        (action, subject, detail) = (event.action, event.subject, AsJSON(event.detail))
        hash = Self.hash(
            of: Self.canonical(actor.workspace, number, at, actor.id, actor.name, event.action, event.subject, detail),
            after: previous
        )
    }

    /// Whether this line is what was once written after `previous`.
    func follows(_ previous: String) -> Bool {
        let canonical = Self.canonical(workspaceId, number, at, actorId, actorName, action, subject, detail)
        return hash == Self.hash(of: canonical, after: previous)
    }

    /// Every field with its length before it, so that no two different lines read the same.
    private static func canonical(
        _ workspace: ID<Workspace>, _ number: Int64, _ at: Timestamp, _ actor: ID<Agent>?, _ name: String,
        _ action: String, _ subject: String, _ detail: AsJSON<[String: String]>
    ) -> String {
        let pairs = detail.value.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
        let fields =
            ["\(workspace)", "\(number)", "\(at.milliseconds)", actor?.description ?? "", name, action, subject] + pairs
        return fields.map { "\($0.utf8.count):\($0)" }.joined(separator: ",")
    }

    private static func hash(of canonical: String, after previous: String) -> String {
        SHA256.hash(data: Array("\(previous)\n\(canonical)".utf8)).hexadecimal
    }
}

/// What happened, as told to the audit log. Never message text, never a secret.
package struct AuditEvent: Hashable, Sendable {
    package let action: String
    package let subject: String
    package let detail: [String: String]

    package init(_ action: String, _ subject: String, _ detail: [String: String] = [:]) {
        (self.action, self.subject, self.detail) = (action, subject, detail)
    }
}

/// Who did it.
package struct Actor: Hashable, Sendable {
    package let id: ID<Agent>?
    package let name: String
    package let workspace: ID<Workspace>

    /// The product itself, or somebody at the command line.
    package static func system(of workspace: ID<Workspace>) -> Self { Self(id: nil, name: "system", workspace: workspace) }
}

extension Staff {
    package var actor: Actor { Actor(id: agent, name: name, workspace: workspace) }
}

extension Agent {
    package var actor: Actor { Actor(id: id, name: name, workspace: workspaceId) }
}
