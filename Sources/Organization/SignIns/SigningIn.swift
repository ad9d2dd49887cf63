import Basics
import Foundation
import Store

extension Organization {
    /// Checks e-mail and password and makes a sign-in. Unknown addresses, wrong passwords and deactivated agents get
    /// the same answer in the same time.
    func signIn(_ email: String, _ password: String, from address: String) async throws -> (token: Token, me: Me) {
        let now = surroundings.now()
        let email = email.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        let keys = ["address \(address)", "email \(email.prefix(254))"]
        try attempts.admit(keys, at: now)
        let agent = try await database.read { try AgentStore.agent(email: email, in: $0) }
        let isRight = try await passwords.isRight(password, for: agent.map { PasswordHash(text: $0.passwordHash) })
        guard isRight, let agent, agent.isActive else { throw Refusal(.unauthorized, "sign-in.wrong") }
        let signedIn = try await makeSignIn(of: agent, from: address)
        attempts.forgive(keys, at: now)
        return signedIn
    }

    /// The agent is looked at again: it may have been deactivated while its password was checked.
    private func makeSignIn(of agent: Agent, from address: String) async throws -> (token: Token, me: Me) {
        try await database.write { transaction in
            guard
                let current = try AgentStore.agent(agent.id, of: agent.workspaceId, in: transaction),
                current.isActive, current.passwordHash == agent.passwordHash
            else { throw Refusal(.unauthorized, "sign-in.wrong") }
            return try startSignIn(of: current, from: address, in: transaction)
        }
    }

    /// For an agent who has just proven who they are.
    func startSignIn(
        of agent: Agent, from address: String, in transaction: any Transaction
    ) throws -> (token: Token, me: Me) {
        let (token, now) = (Token(StaffAuthenticator.prefix, from: surroundings), surroundings.now())
        let signIn = SignIn(id: surroundings.makeID(), of: agent, token: token, from: address, at: now)
        try SignInStore.forgetExpired(at: now, in: transaction)
        try SignInStore.table.insert(signIn, in: transaction)
        try audit.record(
            AuditEvent("sign-in.made", "agent.\(agent.id)", ["address": address]), by: agent.actor, in: transaction
        )
        return (token, Me(agent, permissions: permissions.held(by: agent.role)))
    }

    func signOut(_ staff: Staff) async throws {
        guard let signIn = staff.signIn else { return }
        try await database.write { transaction in
            try SignInStore.table.delete("workspace_id = \(staff.workspace) AND id = \(signIn)", in: transaction)
            try audit.record(AuditEvent("sign-in.ended", "agent.\(staff.agent)"), by: staff.actor, in: transaction)
            staffChanges(in: transaction)
        }
    }

    /// Ends an agent's sign-ins, all but the one to be kept, and with them their live connections.
    func endSignIns(of agent: Agent, except kept: ID<SignIn>? = nil, in transaction: any Transaction) throws {
        try SignInStore.end(of: agent.id, except: kept, in: transaction)
        staffChanges(in: transaction)
    }
}
