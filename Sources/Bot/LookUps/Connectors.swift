package import Basics
import Foundation
import HTTPTypes
import Logging
package import Organization
package import Store
import Synchronization
package import Web

/// Asks the company's own systems, through the one client that checks every address.
package final class Connectors: Sendable {
    /// - Parameters:
    ///   - url: what is asked, with the values in it.
    ///   - timeout: of one connector.
    package typealias Dial = @Sendable (_ url: String, _ timeout: Duration) -> Egress

    private struct Kept { let result: LookUpResult; let until: Timestamp }

    let store: ConnectorStore
    let database: any Database
    private let surroundings: Surroundings
    private let dial: Dial
    private let cache = Mutex<[String: Kept]>([:])
    private let log = Logger(label: "look-ups")
    private static let mostKept = 2_000

    package init(database: any Database, surroundings: Surroundings, sealer: Sealer, dial: @escaping Dial) {
        (self.database, self.surroundings, self.dial) = (database, surroundings, dial)
        store = ConnectorStore(sealer: sealer, surroundings: surroundings)
    }

    /// What the connector says of these values, on behalf of this caller.
    package func ask(
        _ name: String, _ values: [String: String], for caller: LookUpCaller, changes: Bool, in workspace: ID<Workspace>
    ) async -> LookUpResult {
        do {
            guard let connector = try await database.read({ try self.store.connector(named: name, in: workspace, $0) }) else {
                return .failed("no connector '\(name)'")
            }
            guard connector.changes == changes else { return .failed("'\(name)' uses \(connector.method)") }
            if connector.proof == .signed, caller.visitor == nil { return .unproved }
            return try await proved(kept(connector, values, caller), connector, values)
        } catch {
            log.error("look-up failed", metadata: ["connector": "\(name)", "error": "\(error)"])
            return .failed(String(describing: type(of: error)))
        }
    }

    /// What is personal is seen only by whoever named it right.
    private func proved(_ result: LookUpResult, _ connector: Connector, _ values: [String: String]) -> LookUpResult {
        guard connector.proof == .matching, case .found(let fields) = result else { return result }
        let (said, stored) = (Self.plain(values[connector.proofValue]), Self.plain(fields[connector.proofField]))
        return !said.isEmpty && said == stored ? result : .unproved
    }

    private static func plain(_ text: String?) -> String {
        (text ?? "").lowercased().filter { $0.isLetter || $0.isNumber }
    }

    private func kept(_ connector: Connector, _ values: [String: String], _ caller: LookUpCaller) async throws -> LookUpResult {
        let url = Self.url(connector.url, values, caller)
        guard !connector.changes, connector.cacheSeconds > 0 else { return try await fetch(connector, url, values, caller) }
        let key = "\(connector.id) \(connector.updatedAt.milliseconds) \(caller.visitor ?? "") \(url)"
        let now = surroundings.now()
        if let kept = cache.withLock({ $0[key] }), kept.until > now { return kept.result }
        let result = try await fetch(connector, url, values, caller)
        if case .failed = result { return result }
        cache.withLock { cache in
            if cache.count >= Self.mostKept { cache = cache.filter { $0.value.until > now } }
            if cache.count >= Self.mostKept { cache = [:] }
            cache[key] = Kept(result: result, until: now + .seconds(connector.cacheSeconds))
        }
        return result
    }

    private func fetch(
        _ connector: Connector, _ url: String, _ values: [String: String], _ caller: LookUpCaller
    ) async throws -> LookUpResult {
        var headers: HTTPFields = [.accept: "application/json"]
        if let secret = try store.secret(of: connector), let name = HTTPField.Name(connector.header) { headers[name] = secret }
        var body: [UInt8] = []
        if connector.changes {
            headers[.contentType] = "application/json"
            headers[HTTPField.Name("Idempotency-Key")!] = caller.once
            body = [UInt8](
                try JSONSerialization.data(withJSONObject: values.filter { !$0.value.isEmpty }, options: [.sortedKeys]))
        }
        let method = HTTPRequest.Method(connector.method) ?? .get
        do {
            let answer = try await dial(url, .milliseconds(connector.timeoutMs)).send(method, url, headers: headers, body: body)
            switch answer.status.code {
            case 200..<300:
                return AnswerFields.read(answer.body, connector.fields.value).map(LookUpResult.found) ?? .failed("not JSON")
            case 404, 410: return .missing
            default: return .failed("status \(answer.status.code)")
            }
        } catch let failure as Egress.Failure { return .failed(Self.reason(failure)) }
    }

    private static func reason(_ failure: Egress.Failure) -> String {
        switch failure {
        case .address: "the address is inside the house: --egress-inside allows it"
        case .timedOut: "no answer in time"
        case .tooLarge: "the answer is too large"
        case .unknownHost: "unknown host"
        case .unreachable: "nobody listens there"
        case .url: "not a URL"
        }
    }

    /// Values are encoded for a path, so that none can become a part of the address.
    static func url(_ template: String, _ values: [String: String], _ caller: LookUpCaller) -> String {
        Template.filled(template) { name in
            let value = name == "visitor" ? caller.visitor : values[name]
            // A segment of nothing but dots would lead elsewhere.
            guard let value, value.contains(where: { $0 != "." }) else { return "" }
            return value.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
        }
    }

    private static let allowed = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~")
}

/// Reads fields out of JSON by their paths: `data.items[0].status`.
enum AnswerFields {
    /// Nil where it is no JSON.
    static func read(_ body: [UInt8], _ paths: [String: String]) -> [String: String]? {
        guard let root = try? JSONSerialization.jsonObject(with: Data(body), options: [.fragmentsAllowed]) else { return nil }
        return paths.compactMapValues { path in value(at: path, in: root).flatMap(text) }
    }

    private static func value(at path: String, in root: Any) -> Any? {
        let keys = path.replacing("[", with: ".").replacing("]", with: "").split(separator: ".")
        return keys.reduce(root as Any?) { value, key in
            if let list = value as? [Any] { return Int(key).flatMap { list.indices.contains($0) ? list[$0] : nil } }
            return (value as? [String: Any])?[String(key)]
        }
    }

    private static func text(_ value: Any) -> String? {
        switch value {
        case let text as String: String(text.prefix(2000))
        case let number as NSNumber: number.stringValue
        case is NSNull: nil
        default: nil
        }
    }
}
