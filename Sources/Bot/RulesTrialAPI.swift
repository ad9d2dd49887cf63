import Basics
import Conversations
import HTTPTypes
import Organization
import Store
import Web

/// What the rules of takeover make of a text, so that a policy can be tried out and tested.
struct RulesTrialAPI: Sendable {
    private static let longest = 10_000

    let database: any Database

    struct Asked: Codable, Sendable { let text: String }

    struct Outcome: Codable, Sendable {
        /// The topic that decides, where there is one.
        let topic: String?
        let kind: Topic.Kind?
        let asksForPerson: Bool
        /// `anger` or `complaint`.
        let anger: String?
    }

    var routes: [Route] {
        [
            Route(
                .post, "/api/takeover-rules/trials", access: .needs("takeover.edit"),
                summary: "Shows which rule of takeover a customer's words would meet; nothing happens.",
                takes: Asked.self, gives: Outcome.self
            ) { call, asked in
                guard asked.text.count <= Self.longest else { throw Refusal(.tooLarge, "trial.too-long") }
                let workspace = try call.staff.workspace
                let rules = try await database.read { try TakeoverRulesStore.rules(in: workspace, $0) }
                let topic = rules.topic(of: asked.text, .urgent, .forbidden, .approval)
                return Outcome(
                    topic: topic?.name, kind: topic?.kind, asksForPerson: HumanRequest.isMade(in: asked.text),
                    anger: Anger.heard(in: asked.text)?.rawValue)
            }
        ]
    }
}
