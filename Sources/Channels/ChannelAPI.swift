import Basics
import HTTPTypes
import Organization
import Store
import Web

/// The routes about channel accounts, for administrators.
struct ChannelAPI: Sendable {
    let database: any Database
    let surroundings: Surroundings
    let accounts: ChannelAccountStore
    let secrets: ChannelSecrets
    let audit: Audit

    var routes: [Route] {
        [
            Route(
                .get, "/api/channels", access: .needs("channel.edit"), summary: "All channel accounts.",
                takes: Nothing.self, gives: Page<ChannelAccount.Shown>.self
            ) { call, _ in Page(try await accounts.accounts(of: call.staff.workspace).map(ChannelAccount.Shown.init)) },
            Route(
                .post, "/api/channels", access: .needs("channel.edit"), summary: "Connects an account.",
                takes: Written.self, gives: ChannelAccount.Shown.self
            ) { call, written in try await connect(written, by: call.staff) },
            Route(
                .get, "/api/channels/{account}", access: .needs("channel.edit"), summary: "One channel account.",
                takes: Nothing.self, gives: ChannelAccount.Shown.self
            ) { call, _ in
                .init(
                    try await database.read { [id = try call.accountId, staff = try call.staff] in
                        try account(id, of: staff, in: $0)
                    })
            },
            Route(
                .put, "/api/channels/{account}", access: .needs("channel.edit"),
                summary: "Changes an account's policy and looks.",
                takes: Written.self, gives: ChannelAccount.Shown.self
            ) { call, written in try await change(call.accountId, to: written, by: call.staff) },
            Route(
                .delete, "/api/channels/{account}", access: .needs("channel.edit"),
                summary: "Disconnects an account. Its conversations stay.", takes: Nothing.self, gives: Nothing.self
            ) { call, _ in try await disconnect(call.accountId, by: call.staff) },
            Route(
                .post, "/api/channels/{account}/secrets", access: .needs("channel.edit"),
                summary: "Makes a new secret in place of the old one and shows it this once.", takes: Renewal.self,
                gives: Renewed.self
            ) { call, renewal in try await renew(renewal.of, of: call.accountId, by: call.staff) },
        ]
    }

    struct Renewal: Codable, Sendable { let of: ChannelSecrets.Purpose }
    struct Renewed: Codable, Sendable { let secret: String }
}

extension ChannelAPI {
    private func connect(_ written: Written, by staff: Staff) async throws -> ChannelAccount.Shown {
        guard let kind = written.kind, written.id == nil, written.key == nil else { throw Refusal(.invalid, "channel.kind") }
        let (id, key) = (surroundings.makeID(ChannelAccount.self), surroundings.makeToken(bytes: 10))
        var account = try ChannelAccount(id, kind, of: staff.workspace, key: key, at: surroundings.now())
        try account.follow(written.policy)
        // What we send is signed from the first day on.
        if account.channel is any RemoteChannel {
            _ = try secrets.renew(.webhook, of: &account)
            account.webhookSecretAt = nil
        }
        return try await database.write { [account] transaction in
            try check(account, in: transaction)
            try accounts.insert(account, in: transaction)
            try note("channel.connected", account, by: staff, in: transaction)
            return .init(account)
        }
    }

    private func change(_ id: ID<ChannelAccount>, to written: Written, by staff: Staff) async throws -> ChannelAccount.Shown {
        try await database.write { transaction in
            var account = try account(id, of: staff, in: transaction)
            try written.checkFixed(of: account)
            try account.follow(written.policy)
            try check(account, in: transaction)
            try accounts.update(account, in: transaction)
            try note("channel.changed", account, by: staff, in: transaction)
            return .init(account)
        }
    }

    private func disconnect(_ id: ID<ChannelAccount>, by staff: Staff) async throws -> Nothing {
        try await database.write { transaction in
            var account = try account(id, of: staff, in: transaction)
            // What it kept to may go now.
            (account.isActive, account.calendarId, account.teamId) = (false, nil, nil)
            try accounts.update(account, in: transaction)
            try note("channel.disconnected", account, by: staff, in: transaction)
        }
        return Nothing()
    }

    private func renew(_ purpose: ChannelSecrets.Purpose, of id: ID<ChannelAccount>, by staff: Staff) async throws -> Renewed {
        try await database.write { transaction in
            var account = try account(id, of: staff, in: transaction)
            let secret = try secrets.renew(purpose, of: &account)
            try accounts.update(account, in: transaction)
            try note("channel.secret-renewed", account, by: staff, ["of": purpose.rawValue], in: transaction)
            return Renewed(secret: secret)
        }
    }

    private func account(_ id: ID<ChannelAccount>, of staff: Staff, in transaction: any Transaction) throws -> ChannelAccount {
        guard let account = try accounts.account(id, of: staff.workspace, in: transaction), account.isActive else {
            throw Refusal(.notFound, "account.unknown")
        }
        return account
    }

    /// What an account refers to must be the same company's.
    private func check(_ account: ChannelAccount, in transaction: any Transaction) throws {
        if let team = account.teamId, try TeamStore.team(team, of: account.workspaceId, in: transaction) == nil {
            throw Refusal(.invalid, "team.unknown")
        }
        let calendar = account.calendarId.map(ID<WorkingCalendar>.init(rawValue:))
        if let calendar, try WorkingCalendarStore.calendar(calendar, of: account.workspaceId, in: transaction) == nil {
            throw Refusal(.invalid, "calendar.unknown")
        }
    }

    private func note(
        _ action: String, _ account: ChannelAccount, by staff: Staff, _ detail: [String: String] = [:],
        in transaction: any Transaction
    ) throws {
        let detail = detail.merging(["name": account.name]) { given, _ in given }
        try audit.record(AuditEvent(action, "channel.\(account.id)", detail), by: staff.actor, in: transaction)
    }
}

extension Call {
    fileprivate var accountId: ID<ChannelAccount> { get throws(Refusal) { try parameter("account") } }
}
