import Basics
import Foundation
import FoundationNetworking
package import Logging
package import Organization
import Synchronization
import Web

/// The features' routes over real HTTP on a free port.
package struct TestServer: Sendable {
    package let port: Int

    package static func run(_ features: [Feature], _ body: (TestServer) async throws -> Void) async throws {
        var options = WebServer.Options()
        (options.port, options.cookie) = (0, "nightdesk")
        let server = WebServer(routes: features.flatMap(\.routes), options: options, logger: .silent) { proof in
            for authenticator in features.flatMap(\.authenticators) {
                if let caller = try await authenticator.caller(proving: proof) { return caller }
            }
            return nil
        }
        let (ports, listening) = AsyncStream.makeStream(of: Int.self)
        let serving = Task {
            try await server.run { listening.yield($0) }
            listening.finish()
        }
        defer { serving.cancel() }
        guard let port = await ports.first(where: { _ in true }) else { return try await serving.value }
        try await body(TestServer(port: port))
    }

    /// - Parameter json: the body, sent as it is.
    package func ask(
        _ method: String, _ path: String, _ json: String? = nil, token: String? = nil, headers: [String: String] = [:]
    ) async throws -> TestAnswer {
        var request = URLRequest(url: URL(string: "http://127.0.0.1:\(port)\(path)")!)
        request.httpMethod = method
        request.httpBody = json.map { Data($0.utf8) }
        request.httpShouldHandleCookies = false
        if json != nil { request.setValue("application/json", forHTTPHeaderField: "Content-Type") }
        if let token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await URLSession.shared.data(for: request)
        let http = response as! HTTPURLResponse
        let fields = http.allHeaderFields.map { ("\($0)".lowercased(), "\($1)") }
        return TestAnswer(
            status: http.statusCode, headers: Dictionary(fields) { first, _ in first }, body: [UInt8](data)
        )
    }
}

package struct TestAnswer: Sendable {
    package let status: Int
    /// By name in lower case.
    package let headers: [String: String]
    package let body: [UInt8]

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
