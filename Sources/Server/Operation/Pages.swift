import Basics
import CAssets
import Channels
import HTTPTypes
import Organization
import Web

/// What browsers load: the desk, the chat, the launcher, and their files.
struct Pages: Sendable {
    let assets: Assets
    let accounts: ChannelAccountStore

    static let webRoot = Setting(
        key: "web-root", fallback: "",
        explanation: "Serve the clients' files from this folder instead of the binary, for development."
    )

    /// Where the address alone leads: to the demo company where it is shown, else to the desk.
    private let home: String

    init(accounts: ChannelAccountStore, settings: Settings) {
        home = settings[Demo.isOn] ? "/" + Demo.company(settings).name : "/desk"
        let folder = settings[Self.webRoot]
        self.accounts = accounts
        let files = EmbeddedFiles.all(under: "Clients/")
        assets = folder.isEmpty ? Assets(Press.pressed(files)) : Assets(files, folder: folder)
    }

    var feature: Feature {
        var feature = Feature(name: "pages")
        feature.routes = [
            Route(.get, "/", access: Self.open, summary: "The desk is this way.", gives: ["text/html"]) { _ in
                Reply(.seeOther, headers: [.location: home])
            },
            Route(.get, "/desk", access: Self.open, summary: "The desk.", gives: ["text/html"]) { _ in
                try page("desk/desk.html", policy: ContentPolicy())
            },
            Route(
                .get, "/chat/{key}", access: Self.open, summary: "The chat of one site, framed by it or on a page of its own.",
                gives: ["text/html"], handle: chat),
            Route(
                .get, "/widget.js", access: Self.open, summary: "The launcher that a site includes.", gives: ["text/javascript"]
            ) { call in
                try found(try await assets.reply("widget/launcher.js", to: call.headers, caching: .briefly))
            },
            Route(
                .get, "/s/{release}/{path...}", access: Self.open, summary: "A file of the clients; kept for ever.",
                gives: ["*/*"]
            ) { call in
                // While nodes are upgraded, pages of another release ask here, too; what they get must not be kept under that name.
                let isOurs = try "/s/" + call.parameter("release") == assets.prefix
                return try found(
                    try await assets.reply(call.parameter("path"), to: call.headers, caching: isOurs ? .forEver : .never))
            },
        ]
        return feature
    }

    static let open = Access.open(because: "Pages and their files hold nothing of anybody's.")

    /// Only the account's own sites may frame its chat.
    private func chat(_ call: Call) async throws -> Reply {
        guard let account = try await accounts.account(key: call.parameter("key")) else {
            throw Refusal(.notFound, "site.unknown")
        }
        let sites = account.allowedOrigins.list
        // The page carries what it would ask for first, so that it need not ask.
        let site = String(decoding: try JSON.write(WebChatAPI.Site(account)), as: UTF8.self)
        let values = ["site": site, "name": account.name, "locale": language(of: call) ?? account.locale]
        let policy = ContentPolicy(frameAncestors: sites.isEmpty ? ["*"] : ["'self'"] + sites, images: sites)
        return try page("widget/chat.html", values: values, policy: policy)
    }

    /// The language that the browser would rather have, of those we speak: its words are named in the page, so that they come with it.
    private func language(of call: Call) -> String? {
        let wishes = (call.headers[.acceptLanguage] ?? "").lowercased().split(separator: ",").map { $0.drop { $0 == " " } }
        let wish = wishes.first { $0.hasPrefix("zh") || $0.hasPrefix("en") }
        return wish.map { $0.hasPrefix("zh") ? "zh-CN" : "en" }
    }

    private func page(_ path: String, values: [String: String] = [:], policy: ContentPolicy) throws -> Reply {
        try found(HTMLPage(path, of: assets).reply(values, policy: policy))
    }

    private func found(_ reply: Reply?) throws(Refusal) -> Reply {
        guard let reply else { throw Refusal(.notFound, "file.unknown") }
        return reply
    }
}

/// The files that were compiled in.
enum EmbeddedFiles {
    /// By path below the folder.
    static func all(under folder: String) -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for index in 0..<asset_count() {
            let asset = asset_at(index)
            let path = String(cString: asset.path)
            guard path.hasPrefix(folder) else { continue }
            files[String(path.dropFirst(folder.count))] = Array(UnsafeBufferPointer(start: asset.bytes, count: asset.size))
        }
        return files
    }
}
