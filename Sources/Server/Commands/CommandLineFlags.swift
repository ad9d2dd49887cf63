import Basics

/// `--port 8080`, `--port=8080`, and `--demo` for a setting that is true or false.
enum CommandLineFlags {
    static func read(
        _ words: [String], declared: [SettingDeclaration]
    ) throws(Misuse) -> (arguments: [String], flags: [String: String]) {
        var arguments: [String] = []
        var flags: [String: String] = [:]
        var rest = words[...]
        while let word = rest.popFirst() {
            guard word.hasPrefix("--") else {
                arguments.append(word)
                continue
            }
            let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1).map(String.init)
            guard let name = parts.first, let setting = declared.first(where: { $0.flag == name }) else {
                throw Misuse("there is no setting '\(word)'; 'nightdesk help' lists them")
            }
            flags[setting.key] = try value(of: setting, parts, &rest)
        }
        return (arguments, flags)
    }

    private static func value(
        of setting: SettingDeclaration, _ parts: [String], _ rest: inout ArraySlice<String>
    ) throws(Misuse) -> String {
        if parts.count == 2 { return parts[1] }
        if setting.fallback == "false" || setting.fallback == "true" { return "true" }
        guard let value = rest.popFirst() else { throw Misuse("--\(setting.flag) needs a value") }
        return value
    }
}

extension SettingDeclaration {
    /// `conversations.idle-minutes` is `--conversations-idle-minutes`.
    var flag: String { key.replacing(".", with: "-") }

    /// `conversations.idle-minutes` is `NIGHTDESK_CONVERSATIONS_IDLE_MINUTES`.
    var environmentVariable: String { "NIGHTDESK_" + flag.replacing("-", with: "_").uppercased() }
}
