import Basics
import Store
import Synchronization
package import Web

/// Recognises signed-in agents. What was found is remembered for a few seconds, and forgotten at once when anything
/// about the staff changes.
package final class StaffAuthenticator: Authenticator {
    static let prefix = "staff"
    private static let remembered = Duration.seconds(20)
    private static let mostRemembered = 20_000

    private struct Known {
        let staff: Staff
        let until: Timestamp
    }

    private struct Memory {
        var known: [Token: Known] = [:]
        /// Rises with every change, so that what was read before a change is not remembered after it.
        var generation = 0
    }

    private let database: any Database
    private let surroundings: Surroundings
    private let permissions: PermissionTable
    private let memory = Mutex(Memory())

    init(_ database: any Database, _ surroundings: Surroundings, _ permissions: PermissionTable) {
        (self.database, self.surroundings, self.permissions) = (database, surroundings, permissions)
    }

    /// A bearer token of ours that does not hold is refused; a stale cookie merely proves nothing, so that people
    /// who carry one can still sign in.
    package func caller(proving proof: Proof) async throws -> (any Caller)? {
        if let bearer = proof.bearer {
            guard bearer.hasPrefix(Self.prefix + "_") else { return nil }
            guard let staff = try await staff(with: Token(bearer)) else { throw Refusal(.unauthorized, "sign-in.ended") }
            return staff
        }
        guard let cookie = proof.cookie else { return nil }
        return try await staff(with: Token(cookie))
    }

    /// Who it is by now; nil when the sign-in is over or the agent no longer works here.
    package func current(_ staff: Staff) async throws -> Staff? {
        guard let id = staff.signIn else { return nil }
        return try await stored(at: surroundings.now()) { try SignInStore.table.first("id = \(id)", in: $0) }?.staff
    }

    func forget() {
        memory.withLock { memory in
            memory.known.removeAll()
            memory.generation += 1
        }
    }

    private func staff(with token: Token) async throws -> Staff? {
        let now = surroundings.now()
        let (known, generation) = memory.withLock { ($0.known[token], $0.generation) }
        if let known, now < known.until { return known.staff }
        guard let (signIn, staff) = try await stored(at: now, find: { try SignInStore.signIn(token, in: $0) }) else { return nil }
        remember(Known(staff: staff, until: min(now + Self.remembered, signIn.expiresAt)), token, generation)
        if let used = signIn.used(at: now) { try await database.write { try SignInStore.table.update(used, in: $0) } }
        return staff
    }

    private func stored(
        at now: Timestamp, find: @escaping @Sendable (any Transaction) throws -> SignIn?
    ) async throws -> (signIn: SignIn, staff: Staff)? {
        let permissions = permissions
        return try await database.read { transaction in
            guard
                let signIn = try find(transaction), signIn.isValid(at: now),
                let agent = try AgentStore.agent(signIn.agentId, of: signIn.workspaceId, in: transaction), agent.isActive
            else { return nil }
            let teams = try TeamStore.teams(with: agent.id, in: transaction)
            return (signIn, agent.staff(teams: teams, permissions: permissions.held(by: agent.role), signIn: signIn.id))
        }
    }

    private func remember(_ known: Known, _ token: Token, _ generation: Int) {
        memory.withLock { memory in
            guard memory.generation == generation else { return }
            if memory.known.count >= Self.mostRemembered { memory.known.removeAll() }
            memory.known[token] = known
        }
    }
}

extension Agent {
    func staff(teams: Set<ID<Team>>, permissions: Set<Permission>, signIn: ID<SignIn>?) -> Staff {
        Staff(
            agent: id, workspace: workspaceId, name: name, role: role, teams: teams, permissions: permissions, signIn: signIn
        )
    }
}
