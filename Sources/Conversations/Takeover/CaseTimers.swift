import Basics
import Logging
import Organization
import Store

/// What happens when a time is over: a page goes on to the next person, an answer nobody approved becomes a person's.
struct CaseTimers: Sendable {
    let reception: Reception

    private static let interval = Duration.seconds(5)

    var worker: Worker {
        Worker("conversations.cases", .oneNode) {
            while true {
                try await reception.store.surroundings.sleep(Self.interval)
                try await look()
            }
        }
    }

    /// Each in a transaction of its own: what fails must not hold up the rest.
    func look() async throws {
        let (now, database) = (reception.store.surroundings.now(), reception.store.database)
        let pages = try await database.read {
            try OnCallPage.table.find("state = 'open' AND pass_on_at <= \(now) ORDER BY pass_on_at, id LIMIT 100", in: $0)
        }
        let approvals = try await database.read {
            try Approval.table.find("state = 'pending' AND due_at <= \(now) ORDER BY due_at, id LIMIT 100", in: $0)
        }
        for page in pages { await inTime { try await passOn(page.id) } }
        for approval in approvals { await inTime { try await lapse(approval.id) } }
    }

    private func passOn(_ id: ID<OnCallPage>) async throws {
        try await reception.store.database.write { transaction in
            guard let page = try OnCallPage.table.first("id = \(id) AND state = 'open'", in: transaction) else { return }
            try reception.passOn(page, in: transaction)
        }
    }

    private func lapse(_ id: ID<Approval>) async throws {
        try await reception.store.database.write { transaction in
            guard let approval = try Approval.table.first("id = \(id) AND state = 'pending'", in: transaction) else { return }
            try reception.lapse(approval, in: transaction)
        }
    }

    private func inTime(_ work: () async throws -> Void) async {
        do { try await work() } catch { log.error("a case could not go on", metadata: ["error": "\(error)"]) }
    }
}
