import HTTPTypes

/// A page made from a template: names in double braces are filled in, e.g. `{{assets}}`.
package struct HTMLPage: Sendable {
    private let assets: Assets
    private let template: String

    /// - Parameter template: the path of the template among the assets.
    package init(_ template: String, of assets: Assets) { (self.template, self.assets) = (template, assets) }

    /// Nil when there is no such template. `values` are put into attributes and text; they are escaped here.
    package func reply(_ values: [String: String] = [:], policy: ContentPolicy) -> Reply? {
        guard var text = assets.content(template).map({ String(decoding: $0, as: UTF8.self) }) else { return nil }
        text = text.replacing("{{preloads}}", with: preloads(in: text)).replacing("{{assets}}", with: assets.prefix)
        for (name, value) in values { text = text.replacing("{{\(name)}}", with: value.escapedForHTML) }
        let headers: HTTPFields = [
            .contentType: "text/html; charset=utf-8", .cacheControl: "no-cache", .contentSecurityPolicy: policy.header,
        ]
        return Reply(headers: headers, .bytes(Array(text.utf8)))
    }

    /// Every module that the page will load, so that the browser asks for all of them at once instead of one after the other.
    private func preloads(in page: String) -> String {
        let entries = page.parts(between: #"<script type="module" src="{{assets}}/"#, and: "\"")
        return ModuleGraph(assets).modules(reachableFrom: entries)
            .map { "<link rel=\"modulepreload\" href=\"\(assets.prefix)/\($0)\">" }.joined(separator: "\n")
    }
}

/// Which module imports which, as written at the start of lines.
private struct ModuleGraph {
    private let assets: Assets

    init(_ assets: Assets) { self.assets = assets }

    /// In the order in which they are met; modules that are loaded later by `import()` are not among them.
    func modules(reachableFrom entries: [String]) -> [String] {
        var found: [String] = []
        var waiting = entries
        while !waiting.isEmpty {
            let path = waiting.removeFirst()
            guard !found.contains(path), let imports = assets.imports(of: path) else { continue }
            found.append(path)
            waiting += imports
        }
        return found
    }
}

extension String {
    /// Safe in HTML text and in quoted attributes.
    package var escapedForHTML: String {
        reduce(into: "") { text, letter in
            switch letter {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "'": text += "&#39;"
            default: text.append(letter)
            }
        }
    }
}
