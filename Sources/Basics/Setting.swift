/// One setting of the installation, declared once: file key, environment variable and flag come from it.
///
/// `log.level` is `"log.level"` in the file, `NIGHTDESK_LOG_LEVEL` in the environment and `--log-level` on the command line.
package struct Setting<Value: SettingValue>: Sendable {
    package let key: String
    package let fallback: Value
    package let explanation: String

    package init(key: String, fallback: Value, explanation: String) {
        (self.key, self.fallback, self.explanation) = (key, fallback, explanation)
    }
}

/// A value that can be written as one word of text.
package protocol SettingValue: Sendable, LosslessStringConvertible {}

extension String: SettingValue {}
extension Int: SettingValue {}
extension Bool: SettingValue {}
extension Double: SettingValue {}

/// A setting without its type, for listing, documentation and checking.
package struct SettingDeclaration: Sendable {
    package let key: String
    package let fallback: String
    package let explanation: String
    package let accepts: @Sendable (String) -> Bool

    package init<Value>(_ setting: Setting<Value>) {
        (key, fallback, explanation) = (setting.key, setting.fallback.description, setting.explanation)
        accepts = { Value($0) != nil }
    }
}

/// The values in force: flag before environment before file before fallback.
package struct Settings: Sendable {
    private let values: [String: String]

    package init(_ values: [String: String] = [:]) { self.values = values }

    package subscript<Value>(_ setting: Setting<Value>) -> Value {
        values[setting.key].flatMap(Value.init) ?? setting.fallback
    }
}
