import Basics

/// A company that the demo can show: its industry pack, and its pages under a path of its own.
struct DemoCompany: Sendable {
    /// As told by `--demo-pack`; its pages stand under `/` and this name.
    let name: String
    let pack: Pack
    let pages: Set<String>
    /// The page's template for a language of paths, `zh` or `en`.
    let template: @Sendable (String) -> String

    static let shop = DemoCompany(
        name: "shop", pack: Demo.pack,
        pages: ["index", "lamp", "night-light", "curtain", "flask", "order", "returns", "about"],
        template: { "shop/\($0).html" }
    )
    static let all = [shop, ofOnePage("bank"), ofOnePage("government")]

    private static func ofOnePage(_ name: String) -> DemoCompany {
        DemoCompany(
            name: name, pack: Pack(EmbeddedFiles.all(under: "Packs/\(name)/")), pages: ["index"],
            template: { _ in "shop/company.html" }
        )
    }

    static func named(_ name: String) -> DemoCompany? { all.first { $0.name == name } }

    /// What the template of a company of one page asks for; the shop's pages bring their words themselves.
    /// - Parameter language: `zh-CN` or `en`.
    func words(in language: String) throws -> [String: String] {
        guard pack.has("page.json"), let page = try pack.read("page.json", as: [String: PageFile].self)[language] else {
            return [:]
        }
        let site = try pack.read("site.json", as: SiteFile.self)
        return [
            "company": name, "locale": language, "colour": site.colour, "name": page.name, "about": page.about,
            "words": String(decoding: try JSON.write(page), as: UTF8.self),
        ]
    }
}
