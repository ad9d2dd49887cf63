import Basics

/// What a file is called on screens and when it is downloaded; on our disk it has a number.
enum FileName {
    private static let longest = 120

    /// No path, nothing invisible, nothing that hides the file or its ending, and an ending that is true.
    static func cleaned(_ name: String, for type: FileType) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let visible = last.asOneLine.filter { !#"<>:"|?*"#.contains($0) }
        let (stem, ending) = parts(String(visible.trimming { $0 == "." || $0 == " " }))
        let isTrue = !ending.isEmpty && type.mayBeCalled(ending.lowercased())
        let keptStem = isTrue || ending.isEmpty ? stem : stem + "." + ending
        let keptEnding = isTrue ? ending : type.endings[0]
        let short = String(keptStem.prefix(longest)).trimming { $0 == "." || $0 == " " }
        return (short.isEmpty ? "file" : short) + "." + keptEnding
    }

    private static func parts(_ name: String) -> (stem: String, ending: String) {
        guard let dot = name.lastIndex(of: "."), name.distance(from: dot, to: name.endIndex) <= 11 else { return (name, "") }
        return (String(name[..<dot]), String(name[name.index(after: dot)...]))
    }
}

extension StringProtocol {
    fileprivate func trimming(_ isCut: (Character) -> Bool) -> String {
        String(String(drop(while: isCut).reversed()).drop(while: isCut).reversed())
    }
}
