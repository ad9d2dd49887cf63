import Basics

extension Command {
    static let version = Command("version", summary: "Print the version.") { _, _ in print("nightdesk \(Product.version)") }

    static let help = Command("help", summary: "Print this page.") { _, _ in
        print("Nightdesk \(Product.version), the customer-service desk that never closes.\n\nCommands:")
        for command in all {
            let call = ([command.name] + command.arguments).joined(separator: " ")
            print("  nightdesk \(call.padding(to: 24)) \(command.summary)")
        }
        print("\nSettings, by flag, environment variable or settings file (nightdesk.json in the data folder):")
        var listed: Set<String> = []
        for setting in SettingsInForce.everywhere + all.flatMap(\.settings) where listed.insert(setting.key).inserted {
            print("  --\(setting.flag.padding(to: 32)) \(setting.explanation)")
            print(
                "    \(setting.environmentVariable.padding(to: 32)) by default \(setting.fallback.isEmpty ? "none" : setting.fallback)"
            )
        }
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
