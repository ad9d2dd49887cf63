/// A script taken apart: what it imports, what it exports, and the rest. Understands the few forms our clients use.
struct ScriptModule {
    struct Import {
        let path: String
        /// What stands between `import` and `from`, e.g. `{ h, listen as hear }` or `* as words`; empty where only the effect counts.
        let clause: String
    }

    let path: String
    private(set) var imports: [Import] = []
    private(set) var exports: [(name: String, local: String)] = []
    private(set) var body = ""

    /// Nil where a form is used that cannot be joined, e.g. `export default`.
    init?(path: String, stripped source: String) {
        self.path = path
        var statement = ""
        for line in source.split(separator: "\n") {
            statement += statement.isEmpty ? String(line) : " " + line
            if Self.isUnfinished(statement) { continue }
            guard take(statement) else { return nil }
            statement = ""
        }
        if !statement.isEmpty { return nil }
    }

    /// Import and export lists may run over several lines.
    private static func isUnfinished(_ statement: String) -> Bool {
        let isList = statement.hasPrefix("import ") || statement.hasPrefix("export {")
        return isList && !statement.hasSuffix(";")
    }

    private mutating func take(_ statement: String) -> Bool {
        if statement.hasPrefix("import ") { return takeImport(statement) }
        if statement.hasPrefix("export {") { return takeList(statement) }
        if statement.hasPrefix("export ") { return takeDeclaration(statement) }
        body += statement + "\n"
        return true
    }

    /// `import { a } from './b.js';` or `import './b.js';`
    private mutating func takeImport(_ statement: String) -> Bool {
        let parts = statement.dropFirst("import ".count).split(separator: "'", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2] == ";", parts[0].isEmpty || parts[0].hasSuffix(" from ") else { return false }
        imports.append(Import(path: resolved(String(parts[1])), clause: String(parts[0].dropLast(" from ".count))))
        return true
    }

    private mutating func takeList(_ statement: String) -> Bool {
        guard statement.hasSuffix("};") else { return false }
        for item in statement.dropFirst("export {".count).dropLast(2).split(separator: ",") {
            let names = item.split(separator: " ").filter { $0 != "as" }.map(String.init)
            if let local = names.first, let name = names.last { exports.append((name, local)) }
        }
        return true
    }

    private static let declarations = ["const ", "class ", "function ", "function* ", "async function ", "async function* "]

    private mutating func takeDeclaration(_ statement: String) -> Bool {
        let declaration = statement.dropFirst("export ".count)
        guard let form = Self.declarations.first(where: declaration.hasPrefix) else { return false }
        let name = declaration.dropFirst(form.count).prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }
        guard !name.isEmpty else { return false }
        exports.append((String(name), String(name)))
        body += declaration + "\n"
        return true
    }

    /// A path as written in this module, from the root of all files.
    func resolved(_ written: String) -> String {
        var parts = path.split(separator: "/").dropLast()
        for part in written.split(separator: "/") where part != "." {
            if part == ".." { parts = parts.dropLast() } else { parts.append(part) }
        }
        return parts.joined(separator: "/")
    }

    /// The exports, separated by commas; `rename` writes those that have another name inside.
    func listed(_ rename: (_ name: String, _ local: String) -> String) -> String {
        exports.map { $0.name == $0.local ? $0.name : rename($0.name, $0.local) }.joined(separator: ",")
    }

    /// The modules that are loaded when they are needed.
    var lazyImports: [String] { body.parts(between: "import('", and: "')").map(resolved) }

    /// The body with every `import('…')` rewritten.
    func body(replacingLazyImports replace: (_ path: String) -> String) -> String {
        body.replacingParts(between: "import('", and: "')") { replace(resolved($0)) }
    }
}
