import Basics
import HTTPTypes
import Synchronization

/// The API in OpenAPI 3.1, made from the same routes that serve it.
package struct APIDescription: Sendable {
    /// The JSON text.
    package let text: [UInt8]
    /// Types whose shape could not be found out; empty when the description is complete.
    package let unknown: Set<String>

    package init(title: String, version: String, cookie: String, routes: [Route]) {
        let schemas = Schemas()
        var paths: [(path: String, operations: [(String, Schema)])] = []
        for route in routes {
            let operation = (route.method.rawValue.lowercased(), Self.operation(route, schemas))
            if let place = paths.firstIndex(where: { $0.path == route.plainPath }) {
                paths[place].operations.append(operation)
            } else {
                paths.append((route.plainPath, [operation]))
            }
        }
        _ = schemas.schema(of: ErrorAnswer.self)
        let whole: Schema = [
            "openapi": "3.1.0",
            "info": ["title": .text(title), "version": .text(version)],
            "paths": Schema(members: paths.map { ($0.path, Schema(members: $0.operations)) }),
            "components": [
                "schemas": Schema(members: schemas.named.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }),
                "responses": Schema(members: Self.refusals.map { ($0.name, $0.response) }),
                "securitySchemes": [
                    "bearer": ["type": "http", "scheme": "bearer"],
                    "cookie": ["type": "apiKey", "in": "cookie", "name": .text(cookie)],
                ],
            ],
        ]
        // Texts, numbers and lists always make JSON.
        text = try! JSON.write(whole)
        unknown = schemas.unknown
    }

    /// Tells the description, which is made when it is first asked for.
    static func route(of routes: [Route], options: WebServer.Options) -> Route {
        let kept = Mutex<[UInt8]?>(nil)
        let described = routes + [route { _ in Reply() }]
        return route { _ in
            let text = kept.withLock { kept in
                let text =
                    kept
                    ?? APIDescription(title: options.title, version: options.version, cookie: options.cookie, routes: described)
                    .text
                kept = text
                return text
            }
            return Reply(.ok, headers: [.contentType: "application/json"], .bytes(text))
        }
    }

    private static func route(_ handle: @escaping @Sendable (Call) async throws -> Reply) -> Route {
        Route(
            .get, "/openapi.json", access: .open(because: "the description of the API"), summary: "This description.",
            gives: ["application/json"], handle: handle
        )
    }

    private static func operation(_ route: Route, _ schemas: Schemas) -> Schema {
        var operation: [(String, Schema)] = [
            ("summary", .text(route.summary)), ("operationId", .text(route.operationName)), ("tags", [.text(route.tag)]),
        ]
        if !route.parameters.isEmpty { operation.append(("parameters", .list(route.parameters))) }
        if let body = requestBody(route, schemas) { operation.append(("requestBody", body)) }
        operation.append(("responses", responses(route, schemas)))
        if let command = route.command { operation.append(("x-command", .text(command))) }
        if let rate = route.rate { operation.append(("x-rate-limit", rate.described)) }
        switch route.access {
        case .needs(let permission):
            operation += [("security", [["bearer": []], ["cookie": []]]), ("x-permission", .text(permission.rawValue))]
        case .open(let reason): operation += [("security", []), ("x-open", .text(reason))]
        }
        return Schema(members: operation)
    }

    private static func requestBody(_ route: Route, _ schemas: Schemas) -> Schema? {
        guard route.method != .get else { return nil }
        switch route.request {
        case .json(let type) where type == Nothing.self: return nil
        case .json(let type):
            let isRequired = route.request.emptyValue == nil
            return ["required": .flag(isRequired), "content": ["application/json": ["schema": schemas.schema(of: type)]]]
        case .raw(let types) where types.isEmpty: return nil
        case .raw(let types):
            return ["required": true, "content": Schema(members: types.map { ($0, [:]) })]
        }
    }

    private static func responses(_ route: Route, _ schemas: Schemas) -> Schema {
        var responses: [(String, Schema)] = []
        switch route.response {
        case .json(let type):
            responses.append(
                ("200", ["description": "Done.", "content": ["application/json": ["schema": schemas.schema(of: type)]]]))
        case .raw(let types):
            let content = Schema(members: types.map { ($0, [:]) })
            responses.append(("2XX", types.isEmpty ? ["description": "Done."] : ["description": "Done.", "content": content]))
            responses.append(("3XX", ["description": "Elsewhere, or not changed."]))
        }
        responses += refusals.filter { $0.fits(route) }.map { ($0.status, ["$ref": "#/components/responses/\($0.name)"]) }
        return Schema(members: responses)
    }

    private struct Told: Sendable {
        let kind: Refusal.Kind?
        let meaning: String

        var status: String { String(kind?.status.code ?? 500) }
        var name: String { kind?.rawValue ?? "internal" }

        var response: Schema {
            let response: Schema = [
                "description": .text(meaning),
                "content": ["application/json": ["schema": ["$ref": "#/components/schemas/ErrorAnswer"]]],
            ]
            guard kind == .tooMany || kind == .unavailable else { return response }
            return response.with([
                ("headers", ["Retry-After": ["description": "Seconds to wait.", "schema": ["type": "integer"]]])
            ])
        }

        func fits(_ route: Route) -> Bool { kind == .conflict || kind == .unsupported ? route.method != .get : true }
    }

    private static let refusals: [Told] = [
        Told(kind: .malformed, meaning: "Not JSON, not UTF-8, or not a URL: json.malformed, json.encoding, url.malformed."),
        Told(
            kind: .unauthorized,
            meaning: "No proof of who is calling, or one that does not hold: sign-in.required, token.invalid."),
        Told(
            kind: .forbidden, meaning: "Known, but without the right, or from a foreign page: permission.missing, origin.foreign."
        ),
        Told(kind: .notFound, meaning: "There is no such thing for this caller."),
        Told(kind: .conflict, meaning: "Somebody was faster, or it is done already."),
        Told(kind: .tooLarge, meaning: "More than this route takes: body.too-large."),
        Told(kind: .unsupported, meaning: "Content of a kind that is not taken."),
        Told(
            kind: .invalid,
            meaning: "Well-formed, but not valid: field.missing, field.type, field.value, field.unknown name the field in detail."
        ),
        Told(
            kind: .tooMany,
            meaning: "Too often: rate.limited, where x-rate-limit says how often; or too much that is not done with."),
        Told(kind: nil, meaning: "A fault of ours."),
        Told(kind: .unavailable, meaning: "Not just now."),
    ]
}

extension Rate {
    fileprivate var described: Schema {
        ["name": .text(name), "per": .text(subject.rawValue), "perMinute": .number(perMinute)]
    }
}

extension Route {
    /// OpenAPI knows no part that takes the rest of a path.
    fileprivate var plainPath: String { path.replacing("...", with: "") }

    fileprivate var operationName: String {
        let words = path.split { !$0.isLetter && !$0.isNumber }.filter { $0 != "api" }
        return ([method.rawValue.lowercased()] + words.map(String.init)).joined(separator: "-")
    }

    fileprivate var tag: String {
        path.split(separator: "/").first { $0 != "api" && !$0.hasPrefix("{") }.map(String.init) ?? "pages"
    }

    fileprivate var parameters: [Schema] {
        let parts: [Schema] = parameterNames.map {
            ["name": .text($0), "in": "path", "required": true, "schema": ["type": "string", "minLength": 1]]
        }
        return parts
            + query.sorted { $0.key < $1.key }.map {
                ["name": .text($0.key), "in": "query", "description": .text($0.value), "schema": ["type": "string"]]
            }
    }
}
