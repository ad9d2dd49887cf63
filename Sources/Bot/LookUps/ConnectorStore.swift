package import Basics
import Organization
import Store

/// Connectors and their sealed secrets.
package struct ConnectorStore: Sendable {
    let sealer: Sealer
    let surroundings: Surroundings
    private let table = Table<Connector>("connector")

    package init(sealer: Sealer, surroundings: Surroundings) { (self.sealer, self.surroundings) = (sealer, surroundings) }

    func connectors(in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> [Connector] {
        try table.find("workspace_id = \(workspace) ORDER BY name", in: transaction)
    }

    func connector(named name: String, in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> Connector? {
        try table.first("workspace_id = \(workspace) AND name = \(name)", in: transaction)
    }

    func connector(_ id: ID<Connector>, in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> Connector {
        guard let found = try table.first("workspace_id = \(workspace) AND id = \(id)", in: transaction) else {
            throw Refusal(.notFound, "connector.unknown")
        }
        return found
    }

    func save(_ connector: Connector, isNew: Bool, _ transaction: any Transaction) throws {
        try connector.check()
        if let other = try self.connector(named: connector.name, in: connector.workspaceId, transaction), other.id != connector.id
        {
            throw Refusal(.conflict, "connector.name.taken")
        }
        if isNew { try table.insert(connector, in: transaction) } else { try table.update(connector, in: transaction) }
    }

    func delete(_ id: ID<Connector>, in workspace: ID<Workspace>, _ transaction: any Transaction) throws {
        try table.delete("workspace_id = \(workspace) AND id = \(id)", in: transaction)
    }

    func sealed(_ secret: String, for id: ID<Connector>) throws -> String {
        try sealer.seal(Array(secret.utf8), for: "connector.\(id)")
    }

    func secret(of connector: Connector) throws -> String? {
        try connector.secret.map { String(decoding: try sealer.open($0, for: "connector.\(connector.id)"), as: UTF8.self) }
    }
}
