import Basics
import HTTPTypes
import Store
import Web

extension Team {
    struct Shown: Codable, Sendable {
        let id: ID<Team>
        let name: String
        let members: [ID<Agent>]
    }

    struct Form: Codable, Sendable {
        let name: String
        let members: [ID<Agent>]
    }

    func shown(in transaction: any Transaction) throws -> Shown {
        Shown(id: id, name: name, members: try TeamStore.members(of: id, in: transaction))
    }
}

extension Organization {
    var teamRoutes: [Route] {
        [
            Route(
                .get, "/api/teams", access: .needs("team.read"), summary: "The teams and who is in them.",
                takes: Nothing.self, gives: Page<Team.Shown>.self
            ) { call, _ in
                let workspace = try call.staff.workspace
                return Page(
                    try await database.read { transaction in
                        try TeamStore.teams(of: workspace, in: transaction).map { try $0.shown(in: transaction) }
                    }
                )
            },
            Route(
                .post, "/api/teams", access: .needs("team.edit"), summary: "Makes a team.", takes: Team.Form.self,
                gives: Team.Shown.self
            ) { call, form in
                try await shown(addTeam(form.name, members: form.members, by: call.staff))
            },
            Route(
                .put, "/api/teams/{team}", access: .needs("team.edit"), summary: "Renames a team and says who is in it.",
                takes: Team.Form.self, gives: Team.Shown.self
            ) { call, form in
                try await shown(changeTeam(call.parameter("team"), to: form.name, members: form.members, by: call.staff))
            },
            Route(
                .delete, "/api/teams/{team}", access: .needs("team.edit"), summary: "Dissolves a team.",
                takes: Nothing.self, gives: Nothing.self
            ) { call, _ in
                try await removeTeam(call.parameter("team"), by: call.staff)
                return Nothing()
            },
        ]
    }

    private func shown(_ team: Team) async throws -> Team.Shown { try await database.read { try team.shown(in: $0) } }
}
