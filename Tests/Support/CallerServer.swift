package import Foundation
import FoundationNetworking
import Logging
package import Organization
package import Web

/// A real server on a free port, asked over HTTP.
package struct CallerServer: Sendable {
    package let port: Int

    /// Serves the routes of the features for as long as the body runs. `bearers` are callers known by a word.
    package static func run(
        _ features: [Feature], bearers: [String: any Caller] = [:], _ body: @escaping @Sendable (CallerServer) async throws -> Void
    ) async throws {
        let authenticators = features.flatMap(\.authenticators)
        try await run(routes: features.flatMap(\.routes)) { proof in
            if let caller = proof.bearer.flatMap({ bearers[$0] }) { return caller }
            for authenticator in authenticators {
                if let caller = try await authenticator.caller(proving: proof) { return caller }
            }
            return nil
        } body: {
            try await body($0)
        }
    }

    package static func run(
        routes: [Route], authenticate: @escaping @Sendable (Proof) async throws -> (any Caller)? = { _ in nil },
        body: @escaping @Sendable (CallerServer) async throws -> Void
    ) async throws {
        var options = WebServer.Options()
        options.port = 0
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let server = WebServer(routes: routes, options: options, logger: logger, authenticate: authenticate)
        try await withThrowingTaskGroup(of: Void.self) { group in
            let (ports, told) = AsyncStream.makeStream(of: Int.self)
            group.addTask { try await server.run { told.yield($0) } }
            group.addTask {
                for await port in ports { return try await body(CallerServer(port: port)) }
            }
            try await group.next()
            group.cancelAll()
        }
    }

    package func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

    /// One request; `json` is the body as a literal.
    package func ask(
        _ method: String, _ path: String, _ json: String? = nil, bytes: [UInt8]? = nil, bearer: String? = nil,
        headers: [String: String] = [:]
    ) async throws -> CallerAnswer {
        var request = URLRequest(url: URL(string: url(path))!)
        request.httpMethod = method
        request.httpBody = json.map { Foundation.Data($0.utf8) } ?? bytes.map { Foundation.Data($0) }
        if let bearer { request.setValue("Bearer \(bearer)", forHTTPHeaderField: "Authorization") }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await URLSession.shared.data(for: request)
        return CallerAnswer(response as! HTTPURLResponse, data)
    }
}

/// What came back.
package struct CallerAnswer: Sendable {
    package let status: Int
    package let headers: [String: String]
    package let body: Foundation.Data

    init(_ response: HTTPURLResponse, _ body: Foundation.Data) {
        status = response.statusCode
        let pairs = response.allHeaderFields.map { (String(describing: $0).lowercased(), String(describing: $1)) }
        headers = Dictionary(pairs) { first, _ in first }
        self.body = body
    }

    package var text: String { String(decoding: body, as: UTF8.self) }

    /// A value inside the JSON, by its path: `answer["error.code"]`, `answer["rows.0.id"]`; numbers and booleans as text.
    package subscript(_ path: String) -> String? {
        var value = try? JSONSerialization.jsonObject(with: body, options: .fragmentsAllowed)
        for part in path.split(separator: ".") {
            if let list = value as? [Any], let index = Int(part) {
                value = list.indices.contains(index) ? list[index] : nil
            } else {
                value = (value as? [String: Any])?[String(part)]
            }
        }
        return value.map { "\($0)" }
    }

    package var code: String? { self["error.code"] }
}

/// Looks again and again until it is so; the test's time limit is what ends a wait in vain.
package func eventually(_ isSo: () async throws -> Bool) async throws {
    while try await !isSo() {
        try Task.checkCancellation()
        await Task.yield()
    }
}
