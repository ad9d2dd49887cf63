/// Makes the clients' files small for the wire. What an entry module imports is joined into it, so that a page costs one
/// request; comments and indentation go. The files stay as they were written where the server reads them from the disk.
package struct Press {
    private let modules: [String: ScriptModule]
    private let files: [String: [UInt8]]

    /// `files` by their paths below `Clients`; tests are left out.
    package static func pressed(_ files: [String: [UInt8]]) -> [String: [UInt8]] {
        Press(files).result()
    }

    private init(_ files: [String: [UInt8]]) {
        self.files = files.filter { !$0.key.hasSuffix(".test.js") }
        modules = Dictionary(
            uniqueKeysWithValues: self.files.compactMap { path, bytes in
                guard path.hasSuffix(".js") else { return nil }
                let stripped = String(decoding: ScriptStripper.strip(bytes), as: UTF8.self)
                return ScriptModule(path: path, stripped: stripped).map { (path, $0) }
            })
    }

    private func result() -> [String: [UInt8]] {
        var result = files
        for (path, bytes) in files where path.hasSuffix(".js") { result[path] = ScriptStripper.strip(bytes) }
        for (path, bytes) in files where path.hasSuffix(".css") { result[path] = SheetStripper.strip(bytes) }
        for path in files.keys where path.hasSuffix(".html") { joinSheets(of: path, in: &result) }
        for entry in entries {
            guard let joined = Joining(entry: entry, modules: modules) else { continue }
            for (path, text) in joined.files { result[path] = Array(text.utf8) }
        }
        return result
    }

    /// The style sheets of a page, in their order, become one.
    private func joinSheets(of page: String, in result: inout [String: [UInt8]]) {
        let lines = String(decoding: files[page] ?? [], as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let paths = lines.compactMap(sheet(in:))
        let sheets = paths.compactMap { result[$0] }
        guard sheets.count > 1, sheets.count == paths.count, let first = lines.firstIndex(where: { sheet(in: $0) != nil }) else {
            return
        }
        let joined = String(page.dropLast("html".count)) + "sheets.css"
        result[joined] = Array(sheets.joined())
        let kept = lines[..<first] + ["\(Self.link)\(joined)\">"] + lines[first...].filter { sheet(in: $0) == nil }
        result[page] = Array(kept.joined(separator: "\n").utf8)
    }

    private static let link = #"<link rel="stylesheet" href="{{assets}}/"#

    /// The style sheet that a line of a page links to.
    private func sheet(in line: Substring) -> String? {
        let line = line.drop { $0 == " " }
        guard line.hasPrefix(Self.link), line.hasSuffix("\">") else { return nil }
        return String(line.dropFirst(Self.link.count).dropLast(2))
    }

    /// The modules that pages begin with.
    private var entries: [String] {
        let pages = files.filter { $0.key.hasSuffix(".html") }.values.map { String(decoding: $0, as: UTF8.self) }
        let named = pages.flatMap { page in
            page.parts(between: #"<script type="module" src="{{assets}}/"#, and: "\"")
        }
        return Set(named).sorted()
    }
}

/// One entry module and all it needs: what it imports at once goes into it, what it loads later stands beside it, below
/// `<entry>.parts/`, and takes what it shares from the entry.
private struct Joining {
    private let entry: String
    private let modules: [String: ScriptModule]
    /// In the order in which they run.
    private var inside: [String] = []
    private var beside: Set<String> = []

    init?(entry: String, modules: [String: ScriptModule]) {
        (self.entry, self.modules) = (entry, modules)
        guard take(entry, above: []) else { return nil }
        for path in inside { followLazy(modules[path]) }
    }

    /// False where something cannot be joined: unknown, of an unknown form, or importing in a circle.
    private mutating func take(_ path: String, above: Set<String>) -> Bool {
        if inside.contains(path) { return true }
        guard let module = modules[path], !above.contains(path) else { return false }
        for next in module.imports where !take(next.path, above: above.union([path])) { return false }
        inside.append(path)
        return true
    }

    private mutating func followLazy(_ module: ScriptModule?) {
        for path in module?.lazyImports ?? [] { putBeside(path) }
    }

    private mutating func putBeside(_ path: String) {
        guard let module = modules[path], !inside.contains(path), beside.insert(path).inserted else { return }
        for next in module.imports { putBeside(next.path) }
        followLazy(module)
    }

    var files: [String: String] {
        var files = [entry: main]
        for path in beside { files["\(folder)/\(path)"] = part(path) }
        return files
    }

    private var folder: String { entry.dropLast("js".count) + "parts" }

    private func name(of path: String) -> String? { inside.firstIndex(of: path).map { "m\($0)" } }

    private var main: String {
        let shared = beside.compactMap { modules[$0] }.flatMap { $0.imports.map(\.path) + $0.lazyImports }
        let names = Set(shared.compactMap(name)).sorted()
        return inside.map(wrapped).joined() + (names.isEmpty ? "" : "export{\(names.joined(separator: ","))};\n")
    }

    /// A module as a function that gives its exports.
    private func wrapped(_ path: String) -> String {
        guard let module = modules[path], let name = name(of: path) else { return "" }
        let exports = module.listed { "\($0):\($1)" }
        let lines = module.imports.compactMap(taken).joined()
        let base = entry.split(separator: "/").dropLast().map { _ in "../" }.joined()
        let body = module.body { target in
            self.name(of: target).map { "Promise.resolve(\($0))" } ?? "import('./\(base)\(folder)/\(target)')"
        }
        return "const \(name)=(()=>{\n\(lines)\(body)return{\(exports)};\n})();\n"
    }

    /// `import { a, b as c } from` a joined module.
    private func taken(_ one: ScriptModule.Import) -> String? {
        guard let name = name(of: one.path), !one.clause.isEmpty else { return nil }
        if one.clause.hasPrefix("* as ") { return "const \(one.clause.dropFirst("* as ".count))=\(name);\n" }
        return "const\(one.clause.replacing(" as ", with: ":").replacing(" ", with: ""))=\(name);\n"
    }

    private func part(_ path: String) -> String {
        guard let module = modules[path] else { return "" }
        let root = "\(folder)/\(path)".split(separator: "/").dropLast().map { _ in "../" }.joined()
        let names = Set(module.imports.map(\.path).compactMap(name)).sorted()
        var text = names.isEmpty ? "" : "import{\(names.joined(separator: ","))}from'\(root)\(entry)';\n"
        text += module.imports.compactMap(taken).joined()
        for one in module.imports where name(of: one.path) == nil {
            text += "import \(one.clause.isEmpty ? "" : one.clause + " from ")'\(root)\(folder)/\(one.path)';\n"
        }
        text += module.body { target in
            self.name(of: target).map { "import('\(root)\(entry)').then((all)=>all.\($0))" }
                ?? "import('\(root)\(folder)/\(target)')"
        }
        return text + "export{\(module.listed { "\($1) as \($0)" })};\n"
    }
}
