import HTTPTypes

/// Finds the routes of a path; words win over named parts.
struct RoutingTable: Sendable {
    struct Found: Sendable {
        let routes: [HTTPRequest.Method: Route]
        /// What stands in the path for its named parts, in order.
        let values: [String]

        func parameters(of route: Route) -> [String: String] {
            Dictionary(zip(route.parameterNames, values)) { first, _ in first }
        }
    }

    private final class Node {
        var words: [String: Node] = [:]
        var part: Node?
        /// Reached by a named part that takes the rest of the path: `{file...}`.
        var rest: [HTTPRequest.Method: Route] = [:]
        var routes: [HTTPRequest.Method: Route] = [:]
    }

    // Never changed once the table is made.
    private nonisolated(unsafe) let root = Node()

    init(_ routes: [Route]) {
        for route in routes { insert(route) }
    }

    private func insert(_ route: Route) {
        var node = root
        for segment in route.path.split(separator: "/") {
            if segment.hasSuffix("...}") {
                precondition(node.rest.updateValue(route, forKey: route.method) == nil, "declared twice: \(route)")
                return
            }
            if segment.hasPrefix("{") {
                node.part = node.part ?? Node()
                node = node.part!
            } else {
                let next = node.words[String(segment)] ?? Node()
                node.words[String(segment)] = next
                node = next
            }
        }
        precondition(node.routes.updateValue(route, forKey: route.method) == nil, "declared twice: \(route.method) \(route.path)")
    }

    func find(_ segments: [String]) -> Found? { find(segments[...], below: root, values: []) }

    private func find(_ segments: ArraySlice<String>, below node: Node, values: [String]) -> Found? {
        guard let segment = segments.first else {
            return node.routes.isEmpty ? nil : Found(routes: node.routes, values: values)
        }
        let rest = segments.dropFirst()
        if let next = node.words[segment], let found = find(rest, below: next, values: values) { return found }
        if let part = node.part, let found = find(rest, below: part, values: values + [segment]) { return found }
        return node.rest.isEmpty ? nil : Found(routes: node.rest, values: values + [segments.joined(separator: "/")])
    }
}

extension Route {
    /// The named parts of the path, in order.
    package var parameterNames: [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
            String($0.dropFirst().dropLast()).replacing("...", with: "")
        }
    }
}
