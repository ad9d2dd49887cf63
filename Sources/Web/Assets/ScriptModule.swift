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

    private mutating func takeImport(_ statement: String) -> Bool {
        guard let match = statement.wholeMatch(of: /import (?:(.*) from )?'([^']*)';/) else { return false }
        imports.append(Import(path: resolved(String(match.output.2)), clause: match.output.1.map(String.init) ?? ""))
        return true
    }

    private mutating func takeList(_ statement: String) -> Bool {
        guard let match = statement.wholeMatch(of: /export \{(.*)\};/) else { return false }
        for item in match.output.1.split(separator: ",") {
            let names = item.split(separator: " ").filter { $0 != "as" }.map(String.init)
            if let local = names.first, let name = names.last { exports.append((name, local)) }
        }
        return true
    }

    private mutating func takeDeclaration(_ statement: String) -> Bool {
        let form = /export ((?:const|class|(?:async )?function\*?) ?([\p{L}_$][\p{L}\d_$]*).*)/
        guard let match = statement.wholeMatch(of: form) else { return false }
        let name = String(match.output.2)
        exports.append((name, name))
        body += match.output.1 + "\n"
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
    var lazyImports: [String] {
        body.matches(of: /\bimport\('([^']*)'\)/).map { resolved(String($0.output.1)) }
    }

    /// The body with every `import('…')` rewritten.
    func body(replacingLazyImports replace: (_ path: String) -> String) -> String {
        body.replacing(/\bimport\('([^']*)'\)/) { replace(resolved(String($0.output.1))) }
    }
}
