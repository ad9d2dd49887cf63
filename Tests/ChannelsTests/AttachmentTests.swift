import Basics
import Foundation
import Organization
import Store
import Support
import Testing

@testable import Channels

@Suite(.serialized, .timeLimit(.minutes(1))) struct AttachmentTests {
    private func withVisitor(_ body: @escaping @Sendable (ChannelWorld, _ token: String) async throws -> Void) async throws {
        try await ChannelWorld.run { world in try await body(world, world.visitor()) }
    }

    @Test func `a picture is shown in place, of its own type, and can do nothing`() async throws {
        try await withVisitor { world, token in
            let sent = try await world.server.ask(
                "POST", "/api/visit/attachments?name=%E5%9B%BE.png", bytes: Sample.png, token: token)
            #expect(
                sent.status == 200 && sent["name"] == "图.png" && sent["type"] == "image/png"
                    && sent["size"] == "\(Sample.png.count)")
            #expect(sent["url"] == "/api/attachments/\(sent["id"]!)/%E5%9B%BE.png" && sent["id"]!.count == 32)
            let got = try await world.server.ask("GET", sent["url"]!)
            #expect(got.body == Sample.png)
            #expect(got.headers["content-type"] == "image/png" && got.headers["x-content-type-options"] == "nosniff")
            #expect(got.headers["content-security-policy"] == "sandbox; default-src 'none'")
            #expect(got.headers["content-disposition"] == "inline; filename=\"_.png\"; filename*=UTF-8''%E5%9B%BE.png")
            #expect(got.headers["cache-control"]?.contains("private") == true)
        }
    }

    @Test(arguments: [
        ("logo.svg", Sample.svg), ("page.html", Sample.html), ("photo.png", Sample.html), ("doc.pdf", Array("%PDF-1.7".utf8)),
    ])
    func `active content is only ever downloaded`(name: String, content: [UInt8]) async throws {
        try await withVisitor { world, token in
            let sent = try await world.server.ask("POST", "/api/visit/attachments?name=\(name)", bytes: content, token: token)
            let got = try await world.server.ask("GET", sent["url"]!)
            #expect(got.headers["content-disposition"]?.hasPrefix("attachment;") == true)
            #expect(
                got.headers["content-security-policy"]?.hasPrefix("sandbox;") == true
                    && got.headers["x-content-type-options"] == "nosniff")
            #expect(
                got.headers["content-type"]?.contains("html") == false && got.headers["content-type"]?.contains("svg") == false)
            #expect(name.hasSuffix("pdf") || sent["name"] == name + ".txt")
        }
    }

    @Test func `a player asks for a part`() async throws {
        try await withVisitor { world, token in
            let content = Array("ID3".utf8) + (0..<97).map { UInt8($0) }
            let url = try await world.server.ask("POST", "/api/visit/attachments?name=v.mp3", bytes: content, token: token)[
                "url"]!
            let part = try await world.server.ask("GET", url, headers: ["Range": "bytes=10-19"])
            #expect(
                part.status == 206 && part.body == Array(content[10..<20]) && part.headers["content-range"] == "bytes 10-19/100")
            let end = try await world.server.ask("GET", url, headers: ["Range": "bytes=-5"])
            #expect(end.body == Array(content.suffix(5)))
            let beyond = try await world.server.ask("GET", url, headers: ["Range": "bytes=100-"])
            #expect(beyond.status == 416 && beyond.headers["content-range"] == "bytes */100")
            #expect(try await world.server.ask("GET", url, headers: ["Range": "bytes=0-1,5-6"]).status == 200)
        }
    }

    @Test(arguments: ["0123456789abcdef0123456789abcdef", "..%2f..%2fsecret.key", "x"])
    func `an unknown id is not found`(id: String) async throws {
        try await withVisitor { world, _ in
            let answer = try await world.server.ask("GET", "/api/attachments/\(id)/a.png")
            #expect(answer.status == 404)
        }
    }

    @Test func `nobody uploads without proof, nothing empty, no program, nothing too large`() async throws {
        try await withVisitor { world, token in
            let upload = { (bytes: [UInt8], bearer: String?) in
                try await world.server.ask("POST", "/api/visit/attachments?name=a", bytes: bytes, token: bearer)
            }
            #expect(try await upload(Sample.png, nil).status == 401)
            #expect(try await upload([], token).code == "attachment.empty")
            let program = try await upload(Sample.program, token)
            #expect(program.status == 415 && program.code == "attachment.program")
            #expect(try await upload(Array(repeating: 0, count: Attachment.limit + 1), token).status == 413)
            #expect(try await upload(Array(repeating: 0, count: Attachment.limit), token).status == 200)
        }
    }

    @Test func `a file is sent by its uploader, into one conversation`() async throws {
        try await withVisitor { world, token in
            let id = try await world.server.ask("POST", "/api/visit/attachments?name=a.png", bytes: Sample.png, token: token)[
                "id"]!
            let visitor = try #require(try world.channels.tokens.visitor(proving: token, at: world.company.clock.now))
            let workspace = world.company.workspace.id
            let attach = { (uploader: String, conversation: Int64, workspace: ID<Workspace>) in
                try await world.database.write { [store = world.channels.attachments.store] in
                    try store.attach(id, by: uploader, to: conversation, of: workspace, in: $0)
                }
            }
            let unknown = Refusal(.notFound, "attachment.unknown")
            await #expect(throws: unknown) { try await attach("visitor.1", 1, workspace) }
            await #expect(throws: unknown) { try await attach(visitor.key, 1, ID(rawValue: 99)) }
            #expect(try await attach(visitor.key, 1, workspace).conversationId == 1)
            #expect(try await attach(visitor.key, 1, workspace).name == "a.png")
            await #expect(throws: unknown) { try await attach(visitor.key, 2, workspace) }
        }
    }

    @Test func `what was never sent is gone after a day, what was sent stays`() async throws {
        try await withVisitor { world, token in
            let upload = {
                try await world.server.ask("POST", "/api/visit/attachments?name=a.png", bytes: Sample.png, token: token)
            }
            let (forgotten, sent) = (try await upload(), try await upload())
            let visitor = try #require(try world.channels.tokens.visitor(proving: token, at: world.company.clock.now))
            try await world.database.write { [store = world.channels.attachments.store, workspace = world.company.workspace.id] in
                _ = try store.attach(sent["id"]!, by: visitor.key, to: 1, of: workspace, in: $0)
            }
            world.company.clock.advance(by: .seconds(24 * 3600))
            #expect(try await world.channels.attachments.removeForgotten() == 0)
            world.company.clock.advance(by: .seconds(1))
            #expect(try await world.channels.attachments.removeForgotten() == 1)
            #expect(try await world.server.ask("GET", forgotten["url"]!).status == 404)
            #expect(try await world.server.ask("GET", sent["url"]!).status == 200)
            #expect(FileManager.default.files(under: world.folder + "/attachments").count == 1)
        }
    }

    @Test func `a file that a crash left without a row is gone after a day, a known or a young one stays`() async throws {
        try await withVisitor { world, token in
            let known = try await world.server.ask("POST", "/api/visit/attachments?name=a.png", bytes: Sample.png, token: token)[
                "id"]!
            let folder = world.folder + "/attachments"
            let place = { (id: String) in "\(folder)/\(id.prefix(2))/\(id.dropFirst(2))" }
            let now = Date(timeIntervalSince1970: Double(world.company.clock.now.milliseconds) / 1000)
            let leave = { (id: String, age: Double) in
                try FileManager.default.createDirectory(atPath: "\(folder)/\(id.prefix(2))", withIntermediateDirectories: true)
                try Data(Sample.png).write(to: URL(filePath: place(id)))
                try FileManager.default.setAttributes([.modificationDate: now - age], ofItemAtPath: place(id))
            }
            let (old, young) = (String(repeating: "a", count: 32), String(repeating: "b", count: 32))
            try leave(old, 86_401)
            try leave(old + ".part", 86_401)
            try leave(young, 86_000)
            try FileManager.default.setAttributes([.modificationDate: now - 90_000], ofItemAtPath: place(known))
            let keeper = try #require(world.company.features.flatMap(\.workers).first { $0.name == "channels.housekeeping" })
            let keeping = Task { try await keeper.run() }
            defer { keeping.cancel() }
            let isThere = { (id: String) in FileManager.default.fileExists(atPath: place(id)) }
            try await eventually { !isThere(old) && !isThere(old + ".part") }
            #expect(isThere(known) && isThere(young))
        }
    }

    @Test func `somebody who uploads without end is told to wait`() async throws {
        try await withVisitor { world, token in
            var last = 0
            for _ in 0...20 {
                last = try await world.server.ask("POST", "/api/visit/attachments?name=a.png", bytes: Sample.png, token: token)
                    .status
            }
            #expect(last == 429)
            #expect(FileManager.default.files(under: world.folder + "/attachments").count == 20)
        }
    }

    @Test func `files are readable by us only and named by their ids`() async throws {
        try await withVisitor { world, token in
            let id = try await world.server.ask("POST", "/api/visit/attachments?name=a.png", bytes: Sample.png, token: token)[
                "id"]!
            let path = "\(world.folder)/attachments/\(id.prefix(2))/\(id.dropFirst(2))"
            #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can make a small disk"))
    func `a full disk refuses uploads, keeps what is there, and works again once there is room`() async throws {
        try await withVisitor { world, token in
            try await SmallDisk.mounted(at: world.folder + "/attachments") {
                let upload = { (size: Int) in
                    try await world.server.ask(
                        "POST", "/api/visit/attachments?name=a", bytes: Array(repeating: 0, count: size), token: token)
                }
                let small = try await upload(100_000)
                #expect(small.status == 200)
                let large = try await upload(2_000_000)
                #expect(large.status == 503 && large.code == "storage.full")
                #expect(FileManager.default.files(under: world.folder + "/attachments").count == 1, "no half file is left")
                #expect(try await world.server.ask("GET", small["url"]!).body.count == 100_000)
                #expect(try await upload(100_000).status == 200)
            }
        }
    }
}

extension FileManager {
    fileprivate func files(under path: String) -> [String] {
        (try? subpathsOfDirectory(atPath: path))?.filter { $0.contains("/") } ?? []
    }
}

/// A disk of one megabyte.
private enum SmallDisk {
    static func mounted(at path: String, _ body: () async throws -> Void) async throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", path)
        defer { try? run("umount", "-l", path) }
        try await body()
    }

    private static func run(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw StoreError.other(arguments.joined(separator: " ")) }
    }
}
