import Basics
import Crypto
import Foundation
import HTTPTypes
import NIOCore
import NIOWebSocket

/// The ordinary route that turns a request into a live connection.
struct SocketUpgrade: Sendable {
    let path: String
    let originAllowed: @Sendable (String) async -> Bool

    var route: Route {
        Route(
            .get, path, access: .open(because: "the first frame says who it is"),
            summary: "Opens a live connection: a WebSocket whose frames are JSON texts.", gives: []
        ) { call in try await open(call) }
    }

    private func open(_ call: Call) async throws -> Reply {
        guard call.headers[.upgrade]?.lowercased() == "websocket" else {
            return Reply(.upgradeRequired, headers: [.upgrade: "websocket", .connection: "close"])
        }
        guard call.headers[.secWebSocketVersion] == "13", let key = call.headers[.secWebSocketKey],
            Data(base64Encoded: key)?.count == 16
        else { throw Refusal(.malformed, "socket.handshake") }
        let call = try await admitted(call)
        let headers: HTTPFields = [
            .upgrade: "websocket", .connection: "upgrade", .secWebSocketAccept: SocketUpgrade.accept(key),
        ]
        return Reply(.switchingProtocols, headers: headers, .socket(call))
    }

    /// Another site may connect where the product allows it, but never with the cookie of whoever sits in front of the browser.
    private func admitted(_ call: Call) async throws -> Call {
        guard let origin = call.headers[.origin], !(Origin(origin)?.isHost(call.host) ?? false) else { return call }
        guard await originAllowed(origin) else { throw Refusal(.forbidden, "origin.foreign") }
        var headers = call.headers
        headers[.cookie] = nil
        return Call(host: call.host, remoteAddress: call.remoteAddress, headers: headers)
    }

    /// RFC 6455 §4.2.2.
    static func accept(_ key: String) -> String {
        Data(Insecure.SHA1.hash(data: Data((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8))).base64EncodedString()
    }
}
