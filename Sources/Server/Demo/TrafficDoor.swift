import Foundation
import HTTPTypes
import NIOCore
import NIOFoundationCompat
import NIOHTTP1
import NIOPosix
import NIOWebSocket
import Web

/// Where customers come in: the address of the desk and the site they visit.
struct ShopDoor: Sendable {
    let host: String
    let port: Int
    let siteKey: String
    let company: DemoCompany
    private static let way = Egress(allowsInside: true)

    init(address: String, siteKey: String, company: DemoCompany = .shop) throws {
        guard let parts = URLComponents(string: address), parts.scheme == "http", let host = parts.host else {
            throw ShopTrouble.address(address)
        }
        (self.host, port, self.siteKey, self.company) = (host, parts.port ?? 80, siteKey, company)
    }

    /// Looks for the launcher on the first page of the company to which the address alone leads, as a browser would.
    static func find(at address: String) async throws -> ShopDoor {
        do {
            let way = try await Self.way.send(.get, "\(address)/").headers[.location] ?? ""
            guard let company = DemoCompany.named(String(way.dropFirst())) else { throw ShopTrouble.noShop(address) }
            let answer = try await Self.way.send(.get, "\(address)/\(company.name)/en/")
            let page = String(decoding: answer.body, as: UTF8.self)
            guard let key = page.firstMatch(of: /data-key="([^"]+)"/)?.1 else { throw ShopTrouble.noShop(address) }
            return try ShopDoor(address: address, siteKey: String(key), company: company)
        } catch let trouble as ShopTrouble {
            throw trouble
        } catch {
            throw ShopTrouble.closed(address)
        }
    }

    /// Becomes a new visitor; the token is the customer's memory.
    func enter(speaking language: String) async throws -> String {
        struct Visitor: Encodable { let site: String, locale: String, page: Page }
        struct Page: Encodable { let url: String, title: String, referrer: String }
        struct Welcome: Decodable { let token: String }

        let path = language == "en" ? "en" : "zh"
        let name = try company.pack.read("staff.json", as: StaffFile.self).workspace.text(in: language)
        let page = Page(url: "http://\(host):\(port)/\(company.name)/\(path)/", title: name, referrer: "")
        let visitor = try JSONEncoder().encode(Visitor(site: siteKey, locale: language, page: page))
        let answer = try await Self.way.send(
            .post, "http://\(host):\(port)/api/visitors", headers: [.contentType: "application/json"], body: Array(visitor))
        guard answer.status == .ok else { throw ShopTrouble.refused(answer.status.code) }
        return try JSONDecoder().decode(Welcome.self, from: Data(answer.body)).token
    }

    /// Opens a live connection for as long as `talk` takes.
    func connect(talk: (ShopLink) async throws -> Void) async throws {
        let upgrade = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connectTimeout(.seconds(10))
            .connect(host: host, port: port) { channel in channel.eventLoop.makeCompletedFuture { try prepare(channel) } }
        guard let socket = try await upgrade.get() else { throw ShopTrouble.hungUp }
        try await socket.executeThenClose { inbound, outbound in
            try await ShopLink.open(inbound, outbound, talk: talk)
        }
    }

    private typealias Socket = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>

    private func prepare(_ channel: any Channel) throws -> EventLoopFuture<Socket?> {
        let upgrader = NIOTypedWebSocketClientUpgrader<Socket?>(maxFrameSize: 1 << 20) { channel, _ in
            channel.eventLoop.makeCompletedFuture { try Socket(wrappingChannelSynchronously: channel) }
        }
        let head = HTTPRequestHead(
            version: .http1_1, method: .GET, uri: "/api/socket", headers: ["Host": "\(host):\(port)", "Content-Length": "0"]
        )
        let upgrade = NIOTypedHTTPClientUpgradeConfiguration(upgradeRequestHead: head, upgraders: [upgrader]) { channel in
            channel.eventLoop.makeCompletedFuture { nil }
        }
        return try channel.pipeline.syncOperations.configureUpgradableHTTPClientPipeline(
            configuration: NIOUpgradableHTTPClientPipelineConfiguration(upgradeConfiguration: upgrade)
        )
    }
}

/// A visitor's live connection, as frames of JSON.
final class ShopLink {
    private let outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
    private var moments: AsyncThrowingStream<ShopFrame?, any Error>.Iterator

    private init(_ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>, _ moments: AsyncThrowingStream<ShopFrame?, any Error>)
    {
        (self.outbound, self.moments) = (outbound, moments.makeAsyncIterator())
    }

    /// A frame, or nil inside when only a moment has passed; nil outside when the connection is over.
    func nextMoment() async throws -> ShopFrame?? { try await moments.next(isolation: #isolation) }

    func send(_ command: ShopCommand) async throws {
        let text = ByteBuffer(data: try JSONEncoder().encode(command))
        try await outbound.write(WebSocketFrame(fin: true, opcode: .text, maskKey: .random(), data: text))
    }

    /// Frames and the ticking of the clock become one stream, so that a customer can wait for either.
    fileprivate static func open(
        _ inbound: NIOAsyncChannelInboundStream<WebSocketFrame>,
        _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>,
        talk: (ShopLink) async throws -> Void
    ) async throws {
        let (moments, feed) = AsyncThrowingStream.makeStream(of: ShopFrame?.self, throwing: (any Error).self)
        async let _: Void = read(inbound, into: feed)
        async let _: Void = tick(into: feed)
        try await talk(ShopLink(outbound, moments))
        feed.finish()
        try await outbound.write(WebSocketFrame(fin: true, opcode: .connectionClose, maskKey: .random(), data: ByteBuffer()))
    }

    private static func read(
        _ inbound: NIOAsyncChannelInboundStream<WebSocketFrame>,
        into feed: AsyncThrowingStream<ShopFrame?, any Error>.Continuation
    ) async throws {
        defer { feed.finish() }
        for try await frame in inbound where frame.opcode == .text {
            feed.yield(try JSONDecoder().decode(ShopFrame.self, from: Data(buffer: frame.unmaskedData)))
        }
    }

    private static func tick(into feed: AsyncThrowingStream<ShopFrame?, any Error>.Continuation) async throws {
        while !Task.isCancelled {
            try await Task.sleep(for: .milliseconds(100))
            if case .terminated = feed.yield(nil) { return }
        }
    }
}
