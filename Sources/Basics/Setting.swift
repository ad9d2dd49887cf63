/// One setting of the installation, declared once: file key, environment variable and flag come from it.
///
/// `log.level` is `"log.level"` in the file, `NIGHTDESK_LOG_LEVEL` in the environment and `--log-level` on the command line.
package struct Setting<Value: SettingValue>: Sendable {
    package let key: String
    package let fallback: Value
    package let explanation: String
    /// Whether a value of the right type makes sense; the explanation says which do.
    package let accepts: @Sendable (Value) -> Bool

    package init(
        key: String, fallback: Value, explanation: String, accepts: @escaping @Sendable (Value) -> Bool = { _ in true }
    ) {
        (self.key, self.fallback, self.explanation, self.accepts) = (key, fallback, explanation, accepts)
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
        accepts = { Value($0).map(setting.accepts) ?? false }
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
