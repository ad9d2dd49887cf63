import Basics
import Foundation
import HTTPTypes
package import Logging
package import Organization
package import Web

/// A real server on a free port, asked over HTTP.
package struct TestServer: Sendable {
    package let port: Int

    /// One that serves already.
    package init(port: Int) { self.port = port }

    /// Serves the routes of the features. `bearers` are callers known by a word.
    package static func run(
        _ features: [Feature], bearers: [String: any Caller] = [:], _ body: (TestServer) async throws -> Void
    ) async throws {
        let authenticators = features.flatMap(\.authenticators)
        try await run(features.flatMap(\.routes), body) { proof in
            if let caller = proof.bearer.flatMap({ bearers[$0] }) { return caller }
            for authenticator in authenticators {
                if let caller = try await authenticator.caller(proving: proof) { return caller }
            }
            return nil
        }
    }

    package static func run(
        _ routes: [Route], _ body: (TestServer) async throws -> Void,
        authenticate: @escaping @Sendable (Proof) async throws -> (any Caller)? = { _ in nil }
    ) async throws {
        var options = WebServer.Options()
        (options.port, options.cookie) = (0, "nightdesk")
        let server = WebServer(routes: routes, options: options, logger: .silent, authenticate: authenticate)
        let (ports, listening) = AsyncStream.makeStream(of: Int.self)
        let serving = Task {
            try await server.run { listening.yield($0) }
            listening.finish()
        }
        defer { serving.cancel() }
        guard let port = await ports.first(where: { _ in true }) else { return try await serving.value }
        try await body(TestServer(port: port))
    }

    package func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

    /// - Parameters:
    ///   - json: the body, sent as it is.
    ///   - bytes: a body that is no JSON.
    package func ask(
        _ method: String, _ path: String, _ json: String? = nil, bytes: [UInt8]? = nil, token: String? = nil,
        headers: [String: String] = [:]
    ) async throws -> TestAnswer {
        var fields = HTTPFields()
        if json != nil { fields[.contentType] = "application/json" }
        if let token { fields[.authorization] = "Bearer \(token)" }
        for (name, value) in headers { fields[HTTPField.Name(name)!] = value }
        let egress = Egress(allowsInside: true, timeout: .seconds(60), largestAnswer: 64 << 20)
        let body = json.map { Array($0.utf8) } ?? bytes ?? []
        return TestAnswer(try await egress.send(HTTPRequest.Method(method)!, url(path), headers: fields, body: body))
    }
}

extension TestAnswer {
    fileprivate init(_ answer: Egress.Answer) {
        let fields = answer.headers.map { ($0.name.canonicalName, $0.value) }
        self.init(status: answer.status.code, headers: Dictionary(fields) { first, _ in first }, body: answer.body)
    }
}

package struct TestAnswer: Sendable {
    package let status: Int
    /// By name in lower case.
    package let headers: [String: String]
    package let body: [UInt8]

    package init(status: Int, headers: [String: String], body: [UInt8]) {
        (self.status, self.headers, self.body) = (status, headers, body)
    }

    package var text: String { String(decoding: body, as: UTF8.self) }

    /// The code of an error answer.
    package var code: String? { self["error.code"] }

    /// What stands at a path such as `rows.0.name`, as text; nil where nothing does.
    package subscript(path: String) -> String? {
        guard var value = try? JSONDecoder().decode(Loose.self, from: Data(body)) else { return nil }
        for step in path.split(separator: ".") {
            switch value {
            case .object(let members):
                guard let next = members[String(step)] else { return nil }
                value = next
            case .list(let elements):
                guard let index = Int(step), elements.indices.contains(index) else { return nil }
                value = elements[index]
            case .word: return nil
            }
        }
        return value.text
    }

    /// How many elements the list at this path has.
    package func count(_ path: String) -> Int {
        var count = 0
        while self["\(path).\(count)"] != nil { count += 1 }
        return count
    }
}

private enum Loose: Decodable {
    case object([String: Loose])
    case list([Loose])
    case word(String)

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let members = try? container.decode([String: Loose].self) {
            self = .object(members)
        } else if let elements = try? container.decode([Loose].self) {
            self = .list(elements)
        } else if let text = try? container.decode(String.self) {
            self = .word(text)
        } else if let flag = try? container.decode(Bool.self) {
            self = .word("\(flag)")
        } else if let number = try? container.decode(Int64.self) {
            self = .word("\(number)")
        } else if let number = try? container.decode(Double.self) {
            self = .word("\(number)")
        } else {
            self = .word("null")
        }
    }

    var text: String {
        switch self {
        case .object: "{}"
        case .list: "[]"
        case .word(let text): text
        }
    }
}

extension Logger {
    /// Nothing of a test's noise.
    package static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}

/// Looks again and again until it is so; the test's time limit is what ends a wait in vain. It sleeps between, because whoever
/// only yields takes a core from those who are waited for.
package func eventually(_ isSo: () async throws -> Bool) async throws {
    while try await !isSo() {
        try Task.checkCancellation()
        try await Task.sleep(for: .milliseconds(5))
    }
}
