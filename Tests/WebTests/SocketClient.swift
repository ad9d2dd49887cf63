import Basics
import NIOCore

@testable import Web

/// Speaks WebSocket byte by byte, also wrongly.
extension RawClient.Connection {
    mutating func upgrade(headers: [String: String] = [:], path: String = "/api/socket") async throws -> Answer {
        var head = "GET \(path) HTTP/1.1\r\nHost: shop.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        head += "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        try await send(head + "\r\n")
        return try await answer()
    }

    mutating func open() async throws {
        guard try await upgrade().status == 101 else { throw RawClient.Ended() }
    }

    /// Upgrades, says hello, reads the welcome.
    mutating func enter(token: String = "cook") async throws -> String {
        try await open()
        try await say(#"{"type":"hello","token":"\#(token)"}"#)
        return try await hear()
    }

    func say(_ text: String) async throws { try await frame(1, Array(text.utf8)) }

    func frame(_ opcode: UInt8, _ payload: [UInt8], fin: Bool = true, masked: Bool = true, reserved: UInt8 = 0) async throws {
        var bytes: [UInt8] = [(fin ? 0x80 : 0) | reserved | opcode]
        let mask: UInt8 = masked ? 0x80 : 0
        switch payload.count {
        case ..<126: bytes.append(mask | UInt8(payload.count))
        case ..<65536: bytes += [mask | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
        default: bytes += [mask | 127] + (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> ((7 - $0) * 8)) }
        }
        let key: [UInt8] = [1, 2, 3, 4]
        bytes += masked ? key + payload.enumerated().map { $1 ^ key[$0 % 4] } : payload
        try await send(bytes)
    }

    /// The next frame of the server.
    mutating func next() async throws -> (opcode: UInt8, payload: [UInt8]) {
        while true {
            if let (opcode, payload, size) = whole() {
                received.removeFirst(size)
                return (opcode, payload)
            }
            guard try await more() else { throw RawClient.Ended() }
        }
    }

    private func whole() -> (UInt8, [UInt8], Int)? {
        guard received.count >= 2 else { return nil }
        let short = Int(received[1] & 127)
        let header = short < 126 ? 2 : short == 126 ? 4 : 10
        guard received.count >= header else { return nil }
        let length = short < 126 ? short : received[2..<header].reduce(0) { $0 << 8 | Int($1) }
        guard received.count >= header + length else { return nil }
        return (received[0] & 15, Array(received[header..<(header + length)]), header + length)
    }

    /// The next text.
    mutating func hear() async throws -> String {
        let (opcode, payload) = try await next()
        guard opcode == 1 else { throw Closed(code: Self.code(payload)) }
        return String(decoding: payload, as: UTF8.self)
    }

    /// Reads on until the server closes; tells with which code.
    mutating func closeCode() async throws -> Int {
        while true {
            let (opcode, payload) = try await next()
            if opcode == 8 { return Self.code(payload) }
        }
    }

    static func code(_ payload: [UInt8]) -> Int { payload.count >= 2 ? Int(payload[0]) << 8 | Int(payload[1]) : 0 }
}

struct Closed: Error, Equatable { let code: Int }
