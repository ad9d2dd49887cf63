import Basics
import HTTPTypes
import Organization
import Store
import Web

/// The rules of takeover, as administrators read and write them.
struct TakeoverRulesAPI: Sendable {
    let database: any Database
    let audit: Audit

    var routes: [Route] {
        let edit = Access.needs("takeover.edit")
        return [
            Route(
                .get, "/api/takeover-rules", access: edit,
                summary: "Topics that the bot does not answer by itself, and who is on call.",
                takes: Nothing.self, gives: TakeoverRules.self
            ) { call, _ in
                let workspace = try call.staff.workspace
                return try await database.read { try TakeoverRulesStore.rules(in: workspace, $0) }
            },
            Route(
                .put, "/api/takeover-rules", access: edit, summary: "Changes the rules of takeover, all at once.",
                takes: TakeoverRules.self, gives: TakeoverRules.self
            ) { call, rules in
                try await change(to: try rules.checked(), by: try call.staff)
            },
        ]
    }

    private func change(to rules: TakeoverRules, by staff: Staff) async throws -> TakeoverRules {
        try await database.write { transaction in
            let agents = Set(try AgentStore.agents(of: staff.workspace, in: transaction).map(\.id))
            guard agents.isSuperset(of: rules.rota.flatMap(\.agents)) else { throw Refusal(.invalid, "agent.unknown") }
            for calendar in rules.rota.compactMap(\.calendar) {
                guard try WorkingCalendarStore.calendar(calendar, of: staff.workspace, in: transaction) != nil else {
                    throw Refusal(.invalid, "calendar.unknown")
                }
            }
            for team in rules.rota.compactMap(\.team) {
                guard try TeamStore.team(team, of: staff.workspace, in: transaction) != nil else {
                    throw Refusal(.invalid, "team.unknown")
                }
            }
            try TakeoverRulesStore.keep(rules, in: staff.workspace, transaction)
            let names = rules.topics.map { "\($0.kind.rawValue): \($0.name)" }.joined(separator: "; ")
            try audit.record(
                AuditEvent(
                    "takeover.changed", "workspace.\(staff.workspace)", ["topics": names, "shifts": "\(rules.rota.count)"]),
                by: staff.actor, in: transaction)
            return rules
        }
    }
}
