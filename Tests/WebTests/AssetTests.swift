import Basics
import HTTPTypes
import Testing

@testable import Web

@Suite struct AssetTests {
    private static let files = [
        "desk/desk.html":
            #"<head>{{preloads}}<script type="module" src="{{assets}}/desk/desk.js"></script></head><b title="{{name}}">"#,
        "desk/desk.js": "import { a } from './deep/a.js';\nimport '../core/b.js';\nimport('./later.js');\n",
        "desk/deep/a.js": "import {\n  one,\n  two\n} from '../c.js';\n", "desk/c.js": "// import './no.js'\n",
        "core/b.js": "export const b = 1;\n", "desk/later.js": "", "desk/note.css": String(repeating: "night ", count: 200),
    ]
    private let assets = Assets(files.mapValues { Array($0.utf8) })

    private var routes: [Route] {
        let open = Access.open(because: "test")
        return [
            Route(.get, "/s/{release}/{path...}", access: open, summary: "", gives: []) { [assets] call in
                guard let reply = try await assets.reply(call.parameter("path"), to: call.headers, caching: .forEver) else {
                    throw Refusal(.notFound, "file.unknown")
                }
                return reply
            },
            Route(.get, "/b.js", access: open, summary: "", gives: []) { [assets] call in
                try await assets.reply("core/b.js", to: call.headers, caching: .briefly)!
            },
        ]
    }

    @Test func `a file is kept for ever under the address of its release, small where the browser takes it`() async throws {
        try await withServer(kitchen(routes: routes)) { [assets] port in
            let plain = try await ask(port, "GET", "\(assets.prefix)/desk/note.css")
            #expect(plain.text == Self.files["desk/note.css"])
            #expect(plain.headers["cache-control"] == "public, max-age=31536000, immutable")
            let small = try await ask(port, "GET", "\(assets.prefix)/desk/note.css", headers: ["Accept-Encoding": "gzip, br"])
            #expect(small.headers["content-encoding"] == "br")
            #expect(small.headers["vary"] == "Accept-Encoding")
            #expect(small.body.count < 50)
            let outside = try await ask(port, "GET", "\(assets.prefix)/desk/..%2f..%2fetc/passwd")
            #expect(outside.status == 404)
        }
    }

    @Test func `an address that stays is asked about again and answered shortly`() async throws {
        try await withServer(kitchen(routes: routes)) { port in
            let first = try await ask(port, "GET", "/b.js")
            #expect(first.headers["cache-control"] == "public, max-age=300")
            let again = try await ask(port, "GET", "/b.js", headers: ["If-None-Match": first.headers["etag"] ?? ""])
            #expect((again.status, again.headers["content-length"]) == (304, nil))
        }
    }

    @Test func `another release has another address`() {
        #expect(Assets(["a.js": [1]]).prefix != Assets(["a.js": [2]]).prefix)
        #expect(Assets(["a.js": [1]]).prefix == Assets(["a.js": [1]]).prefix)
    }

    @Test func `a page names its release and every module it will need, fills in nothing that could run, and is strict`() throws {
        let page = try #require(
            HTMLPage("desk/desk.html", of: assets).reply(
                ["name": "<\"night\">"], policy: ContentPolicy(frameAncestors: ["https://a.example"])))
        guard case .bytes(let bytes) = page.content else { throw RawClient.Ended() }
        let text = String(decoding: bytes, as: UTF8.self)
        for module in ["desk/deep/a.js", "core/b.js", "desk/c.js"] {
            #expect(text.contains(#"<link rel="modulepreload" href="\#(assets.prefix)/\#(module)">"#))
        }
        #expect(!text.contains("later.js"))
        #expect(text.contains("&lt;&quot;night&quot;&gt;"))
        let policy = try #require(page.headers[.contentSecurityPolicy])
        #expect(policy.contains("default-src 'none'; script-src 'self'"))
        #expect(policy.contains("frame-ancestors https://a.example"))
        #expect(policy.contains("require-trusted-types-for 'script'; trusted-types 'none'"))
        #expect(!policy.contains("unsafe"))
    }
}
