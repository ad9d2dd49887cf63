import Basics
package import Store

/// How a workspace begins: its name, and the account of its first owner.
package struct Founding: Sendable {
    let workspace: String
    let name: String
    let email: String
    let password: String
    let locale: String

    package init(workspace: String, name: String, email: String, password: String, locale: String) {
        (self.workspace, self.name, self.email, self.password, self.locale) = (workspace, name, email, password, locale)
    }
}

extension Organization {
    /// The token of a fresh link that makes the first owner's account, to be printed once; nil when somebody has an
    /// account already. An earlier link that was not used stops working, unless other nodes may have printed it.
    package func setupLink(besideOthers: Bool = false) async throws -> String? {
        let token = Token("setup", from: surroundings)
        return try await database.write { transaction in
            guard try !AgentStore.hasAgents(in: transaction) else { return nil }
            if !besideOthers { try SetupStore.forgetAll(in: transaction) }
            try SetupStore.add(token, in: transaction)
            return token.text
        }
    }

    package func isSetupNeeded() async throws -> Bool {
        try await database.read { try !AgentStore.hasAgents(in: $0) }
    }

    func setUp(_ founding: Founding, with token: Token, from address: String) async throws -> (token: Token, me: Me) {
        guard try await isSetupNeeded() else { throw Refusal(.notFound, "setup.done") }
        let (workspace, owner) = try await beginning(founding)
        return try await database.write { transaction in
            guard try !AgentStore.hasAgents(in: transaction) else { throw Refusal(.notFound, "setup.done") }
            guard try SetupStore.use(token, in: transaction) else { throw Refusal(.unauthorized, "setup.token") }
            try begin(workspace, owner: owner, in: transaction)
            return try startSignIn(of: owner, from: address, in: transaction)
        }
    }

    /// Makes a workspace and its owner without a link: for seeds and tests.
    @discardableResult
    package func found(_ founding: Founding) async throws -> (workspace: Workspace, owner: Agent) {
        let (workspace, owner) = try await beginning(founding)
        try await database.write { try begin(workspace, owner: owner, in: $0) }
        return (workspace, owner)
    }

    private func beginning(_ founding: Founding) async throws -> (Workspace, Agent) {
        let now = surroundings.now()
        let workspace = try Workspace.named(
            founding.workspace, locale: founding.locale, id: surroundings.makeID(), at: now
        )
        let (name, email) = (try Words.name(founding.name), try Words.email(founding.email))
        let hash = try await passwords.hash(Password(founding.password), surroundings)
        let owner = Agent(
            id: surroundings.makeID(), workspaceId: workspace.id, email: email, name: name, role: .owner,
            passwordHash: hash.text, locale: workspace.locale, createdAt: now
        )
        return (workspace, owner)
    }

    /// For values made elsewhere, e.g. by a seed.
    package func begin(_ workspace: Workspace, owner: Agent, in transaction: any Transaction) throws {
        try WorkspaceStore.table.insert(workspace, in: transaction)
        try AgentStore.table.insert(owner, in: transaction)
        let event = AuditEvent("workspace.founded", "workspace.\(workspace.id)", ["name": workspace.name])
        try audit.record(event, by: owner.actor, in: transaction)
        staffChanges(in: transaction)
    }
}
