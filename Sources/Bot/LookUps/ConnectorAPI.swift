package import Basics
import HTTPTypes
package import Organization
import Store
import Web

/// Connectors as administrators set them up. Secrets go in and never come out.
struct ConnectorAPI: Sendable {
    let database: any Database
    let store: ConnectorStore
    let audit: Audit

    struct Shown: Codable, Sendable {
        let id: ID<Connector>
        let name: String
        let method: String
        let url: String
        let header: String
        let hasSecret: Bool
        let fields: [String: String]
        let proof: Connector.Proof
        let proofValue: String
        let proofField: String
        let timeoutMs: Int
        let cacheSeconds: Int

        init(_ connector: Connector) {
            (id, name, method, url) = (connector.id, connector.name, connector.method, connector.url)
            (header, hasSecret, fields) = (connector.header, connector.secret != nil, connector.fields.value)
            (proof, proofValue, proofField) = (connector.proof, connector.proofValue, connector.proofField)
            (timeoutMs, cacheSeconds) = (connector.timeoutMs, connector.cacheSeconds)
        }
    }

    struct Listed: Codable, Sendable { let rows: [Shown] }

    struct Written: Codable, Sendable {
        let name: String
        let method: String?
        let url: String
        let header: String?
        /// Left out, the secret stays as it is; empty, it is forgotten.
        let secret: String?
        let fields: [String: String]
        let proof: Connector.Proof?
        let proofValue: String?
        let proofField: String?
        let timeoutMs: Int?
        let cacheSeconds: Int?
    }

    var routes: [Route] {
        [
            Route(
                .get, "/api/connectors", access: .needs("flows.read"),
                summary: "Lists the connectors to the company's own systems.",
                takes: Nothing.self, gives: Listed.self
            ) { call, _ in try await list(call) },
            Route(
                .post, "/api/connectors", access: .needs("connectors.edit"), summary: "Sets up a connector.",
                takes: Written.self, gives: Shown.self
            ) { call, written in try await write(call, nil, written) },
            Route(
                .put, "/api/connectors/{connector}", access: .needs("connectors.edit"), summary: "Changes a connector.",
                takes: Written.self, gives: Shown.self
            ) { call, written in try await write(call, call.connector, written) },
            Route(
                .delete, "/api/connectors/{connector}", access: .needs("connectors.edit"), summary: "Removes a connector.",
                takes: Nothing.self, gives: Nothing.self
            ) { call, _ in try await remove(call) },
        ]
    }

    private func list(_ call: Call) async throws -> Listed {
        let workspace = try call.staff.workspace
        return try await database.read { Listed(rows: try store.connectors(in: workspace, $0).map(Shown.init)) }
    }

    private func write(_ call: Call, _ id: ID<Connector>?, _ written: Written) async throws -> Shown {
        let staff = try call.staff
        return try await database.write { transaction in
            let earlier = try id.map { try store.connector($0, in: staff.workspace, transaction) }
            let connector = try Self.made(written, from: earlier, in: staff.workspace, store)
            try store.save(connector, isNew: earlier == nil, transaction)
            let detail = ["name": connector.name, "url": connector.url]
            try audit.record(
                AuditEvent("connector.written", "connector.\(connector.id)", detail), by: staff.actor, in: transaction)
            return Shown(connector)
        }
    }

    fileprivate static func made(
        _ written: Written, from earlier: Connector?, in workspace: ID<Workspace>, _ store: ConnectorStore
    ) throws -> Connector {
        let id = earlier?.id ?? store.surroundings.makeID()
        let secret = try written.secret.map { $0.isEmpty ? nil : try store.sealed($0, for: id) } ?? earlier?.secret
        return Connector(
            id: id, workspaceId: workspace, name: written.name, method: written.method ?? "GET", url: written.url,
            header: written.header ?? "", secret: written.secret == "" ? nil : secret, fields: AsJSON(written.fields),
            proof: written.proof ?? .none,
            proofValue: written.proofValue ?? "", proofField: written.proofField ?? "", timeoutMs: written.timeoutMs ?? 3000,
            cacheSeconds: written.cacheSeconds ?? 0, updatedAt: store.surroundings.now())
    }

    fileprivate static func decode(_ json: [UInt8]) throws -> Written { try JSON.read(Written.self, from: json) }

    private func remove(_ call: Call) async throws -> Nothing {
        let (staff, id) = (try call.staff, try call.connector)
        return try await database.write { transaction in
            let connector = try store.connector(id, in: staff.workspace, transaction)
            try store.delete(id, in: staff.workspace, transaction)
            try audit.record(
                AuditEvent("connector.removed", "connector.\(id)", ["name": connector.name]), by: staff.actor, in: transaction)
            return Nothing()
        }
    }
}

extension Connectors {
    /// Sets up or renews the connector of this name, in the form that the API takes.
    package func adopt(_ json: [UInt8], in workspace: ID<Workspace>) async throws {
        let written = try ConnectorAPI.decode(json)
        try await database.write { [store] transaction in
            let earlier = try store.connector(named: written.name, in: workspace, transaction)
            let connector = try ConnectorAPI.made(written, from: earlier, in: workspace, store)
            try store.save(connector, isNew: earlier == nil, transaction)
        }
    }
}

extension Call {
    fileprivate var connector: ID<Connector> { get throws(Refusal) { try parameter("connector") } }
}
