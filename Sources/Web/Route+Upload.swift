package import HTTPTypes

extension Route {
    /// A route that takes a raw body, `call.body`, and gives JSON, e.g. an upload.
    package init<Response: Codable & Sendable>(
        _ method: HTTPRequest.Method,
        _ path: String,
        access: Access,
        summary: String,
        query: [String: String] = [:],
        limit: Int = defaultLimit,
        takes: [String],
        gives: Response.Type,
        handle: @escaping @Sendable (Call) async throws -> Response
    ) {
        (self.method, self.path, command) = (method, path, nil)
        (self.access, self.summary, self.query, self.limit) = (access, summary, query, limit)
        (request, response) = (.raw(takes), .json(Response.self))
        self.handle = { call, _ in .json(try await handle(call), headers: [:]) }
    }
}
