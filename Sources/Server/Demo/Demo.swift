import Basics
import Bot
import Organization
import Store
import Web

/// The demo: a company to look at, a world behind it, and customers who talk.
enum Demo {
    static let isOn = Setting(
        key: "demo", fallback: false,
        explanation: "Show the demo company, and fill a fresh data folder with its staff and knowledge."
    )
    static let which = Setting(
        key: "demo.pack", fallback: DemoCompany.shop.name,
        explanation: "The demo company: shop, bank or government.",
        accepts: { DemoCompany.named($0) != nil }
    )
    static let language = Setting(
        key: "demo.language", fallback: "zh-CN",
        explanation: "The language of the demo's staff: zh-CN or en. Customers always have both.",
        accepts: { ["zh-CN", "en"].contains($0) }
    )
    static let traffic = Setting(
        key: "traffic", fallback: 3, explanation: "How many sample customers talk at the same time, up to 1000.",
        accepts: { (1...1000).contains($0) })
    static let pace = Setting(
        key: "pace", fallback: 1.0, explanation: "How fast the sample customers are, from 0.1 to 100; 1 is human.",
        accepts: { (0.1...100).contains($0) })
    static let address = Setting(
        key: "address", fallback: "http://localhost:8080", explanation: "Where the desk is that the sample customers talk to."
    )

    /// The shop's.
    static let pack = Pack(EmbeddedFiles.all(under: "Packs/demo/"))

    /// Whether the demo is the shop, which has orders of its own.
    static func isShop(_ settings: Settings) -> Bool { settings[isOn] && company(settings).name == DemoCompany.shop.name }

    static func company(_ settings: Settings) -> DemoCompany { DemoCompany.named(settings[which]) ?? .shop }
}

extension Installation {
    /// Fills a fresh installation when the demo is wanted; the accounts made, or nil where there was nothing to do.
    func loadDemo() async throws -> [DemoWorld.Account]? {
        guard ground.settings[Demo.isOn] else { return nil }
        let world = DemoWorld(
            pack: Demo.company(ground.settings).pack, organization: contents.organization,
            routes: contents.features.flatMap(\.routes),
            language: ground.settings[Demo.language]
        )
        return try await world.load()
    }

    /// Where the shop's own orders are is known only now that the server listens.
    func connectShop(_ port: Int) async throws {
        guard Demo.isShop(ground.settings) else { return }
        for workspace in try await ground.database.read({ try WorkspaceStore.workspaces(in: $0) }) {
            for form in ConnectorForm.all(at: "http://localhost:\(port)", key: contents.shopKey) {
                try await contents.bot.connectors?.adopt(JSON.write(form), in: workspace.id)
            }
        }
    }

    /// The only time that the passwords are shown.
    func announceDemo(_ port: Int, _ accounts: [DemoWorld.Account]?) {
        let home = "http://localhost:\(port)"
        let company = Demo.company(ground.settings).name
        if ground.settings[Demo.isOn] { say("The demo \(company): \(home)/\(company)/zh/ and \(home)/\(company)/en/") }
        guard let accounts else { return }
        say("Sign in to the desk at \(home)/desk with one of these; the passwords are shown only now:")
        for account in accounts { say("  \(account.email)  \(account.password)  \(account.role), \(account.name)") }
    }
}

extension Command {
    static let demo = Command(
        "demo", summary: "Let sample customers talk to a desk that shows a demo company.",
        settings: [SettingDeclaration(Demo.traffic), SettingDeclaration(Demo.pace), SettingDeclaration(Demo.address)]
    ) { _, settings in
        let door = try await ShopDoor.find(at: settings[Demo.address])
        say("\(settings[Demo.traffic]) customers come to \(settings[Demo.address]); Ctrl-C sends them home.")
        let pace = CustomerPace(hurry: settings[Demo.pace])
        try await Traffic(to: door, customers: settings[Demo.traffic], talks: door.company.pack.talks, pace: pace).run()
    }
}
