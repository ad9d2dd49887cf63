import Basics
import Channels
import HTTPTypes
import Organization
import Store
import Web

/// The demo shop's pages, with the chat of the demo world on each.
struct ShopPages: Sendable {
    let database: any Database
    let accounts: ChannelAccountStore
    /// Where the clients' files are served, without a slash at the end.
    let assetPrefix: String
    /// A page as it was written, by its path below `Clients`, e.g. `shop/zh/lamp.html`.
    let template: @Sendable (_ path: String) -> [UInt8]?

    var routes: [Route] {
        let access = Access.open(because: "anybody may look at the demo shop")
        return [
            Route(.get, "/", access: access, summary: "Leads to the demo shop.", gives: ["text/html"], handle: leadIn),
            Route(.get, "/shop", access: access, summary: "Leads to the demo shop.", gives: ["text/html"], handle: leadIn),
            Route(
                .get, "/shop/{language}", access: access, summary: "The demo shop's first page, in zh or en.",
                gives: ["text/html"],
                handle: page
            ),
            Route(
                .get, "/shop/{language}/{page}", access: access, summary: "One of the demo shop's pages.", gives: ["text/html"],
                handle: page
            ),
        ]
    }

    /// In the browser's first language where that is Chinese, else in English.
    private func leadIn(_ call: Call) -> Reply {
        let isChinese = call.headers[.acceptLanguage]?.lowercased().hasPrefix("zh") ?? true
        return Reply(.seeOther, headers: [.location: isChinese ? "/shop/zh/" : "/shop/en/"])
    }

    private func page(_ call: Call) async throws -> Reply {
        let language: String = try call.parameter("language")
        let page: String = (try? call.parameter("page")) ?? "index"
        guard let template = template("shop/\(language)/\(page).html"), let key = try await siteKey() else {
            throw Refusal(.notFound, "page.unknown")
        }
        let text = String(decoding: template, as: UTF8.self).replacing("{{assets}}", with: assetPrefix).replacing(
            "{{key}}", with: key)
        return Reply(headers: Self.headers, .bytes(Array(text.utf8)))
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

    private static let headers: HTTPFields = [
        .contentType: "text/html; charset=utf-8",
        .cacheControl: "no-cache",
        .contentSecurityPolicy:
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    ]
}
