import Basics
import Channels
import HTTPTypes
import Organization
import Store
import Web

/// The pages of the demo company, with the chat of the demo world on each.
struct ShopPages: Sendable {
    let database: any Database
    let accounts: ChannelAccountStore
    let assets: Assets
    let settings: Settings
    let orders: ShopOrders

    /// Nothing where the demo is not wanted.
    var feature: Feature {
        var feature = Feature(name: "shop")
        if settings[Demo.isOn] { feature.routes = routes }
        if Demo.isShop(settings) { feature.routes += orders.routes }
        return feature
    }

    private var company: DemoCompany { Demo.company(settings) }

    private var routes: [Route] {
        let access = Access.open(because: "anybody may look at the demo company")
        let path = "/" + company.name
        return [
            Route(.get, path, access: access, summary: "Leads to the demo company.", gives: ["text/html"], handle: leadIn),
            Route(
                .get, "\(path)/{language}", access: access, summary: "The demo company's first page, in zh or en.",
                gives: ["text/html"]
            ) { call in try await page("index", call) },
            Route(
                .get, "\(path)/{language}/{page}", access: access, summary: "One of the demo company's pages.",
                gives: ["text/html"]
            ) { call in try await page(call.parameter("page"), call) },
        ]
    }

    /// In the browser's first language where that is English, else in Chinese.
    private func leadIn(_ call: Call) -> Reply {
        let isEnglish = call.headers[.acceptLanguage]?.lowercased().hasPrefix("en") ?? false
        return Reply(.seeOther, headers: [.location: "/\(company.name)/\(isEnglish ? "en" : "zh")/"])
    }

    /// Every page is the same document in its language; its script puts in what the address asks for.
    private func page(_ name: String, _ call: Call) async throws -> Reply {
        let language: String = try call.parameter("language")
        guard company.pages.contains(name), ["zh", "en"].contains(language), let key = try await siteKey() else {
            throw Refusal(.notFound, "page.unknown")
        }
        let words = try company.words(in: language == "en" ? "en" : "zh-CN")
        let template = HTMLPage(company.template(language), of: assets)
        guard let reply = template.reply(words.merging(["key": key]) { $1 }, policy: ContentPolicy()) else {
            throw Refusal(.notFound, "page.unknown")
        }
        return reply
    }

    /// Of the oldest web chat there is: the demo world makes one.
    private func siteKey() async throws -> String? {
        for workspace in try await database.read({ try WorkspaceStore.workspaces(in: $0) }) {
            if let account = try await accounts.accounts(of: workspace.id).first(where: { $0.kind == "web" }) {
                return account.key
            }
        }
        return nil
    }
}
