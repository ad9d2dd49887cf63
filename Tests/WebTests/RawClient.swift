import Basics
import Foundation
import Logging
import NIOCore
import NIOPosix

@testable import Web

/// A socket for tests: sends bytes as they are and reads until a condition holds.
struct RawClient: Sendable {
    private let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>

    /// Dials, hands over a connection, closes it.
    static func dial<Result: Sendable>(
        _ port: Int, _ use: (inout Connection) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var connection = Connection(inbound: inbound.makeAsyncIterator(), outbound: outbound)
            return try await use(&connection)
        }
    }

    struct Connection {
        var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
        let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
        var received: [UInt8] = []

        func send(_ bytes: [UInt8]) async throws { try await outbound.write(ByteBuffer(bytes: bytes)) }
        func send(_ text: String) async throws { try await send(Array(text.utf8)) }

        /// Reads more; false at the end.
        mutating func more() async throws -> Bool {
            guard let buffer = try await inbound.next(isolation: #isolation) else { return false }
            received += Array(buffer: buffer)
            return true
        }

        /// One HTTP answer with a length.
        mutating func answer(hasBody: Bool = true) async throws -> Answer {
            while true {
                if let (answer, size) = Answer.read(from: received, hasBody: hasBody) {
                    received.removeFirst(size)
                    return answer
                }
                guard try await more() else { throw Ended() }
            }
        }

        /// Everything until the other end closes.
        mutating func rest() async throws -> [UInt8] {
            do { while try await more() {} } catch is IOError {}
            return received
        }
    }

    struct Ended: Error {}
}

struct Answer {
    let status: Int
    let headers: [String: String]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    var code: String? { try? JSON.read(ErrorAnswer.self, from: body).error.code }
    var detail: String? { try? JSON.read(ErrorAnswer.self, from: body).error.detail }

    static func read(from bytes: [UInt8], hasBody: Bool) -> (Answer, size: Int)? {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let halves = line.split(separator: ":", maxSplits: 1)
            headers[halves[0].lowercased()] = halves[1].trimmingCharacters(in: .whitespaces)
        }
        let length = hasBody ? headers["content-length"].flatMap { Int($0) } ?? 0 : 0
        guard bytes.count >= end.upperBound + length else { return nil }
        let status = Int(lines[0].split(separator: " ")[1])!
        return (
            Answer(status: status, headers: headers, body: Array(bytes[end.upperBound...].prefix(length))),
            end.upperBound + length
        )
    }
}

/// Runs a server on a free port for as long as the closure takes.
func withServer<Result: Sendable>(
    _ server: WebServer, _ use: @escaping @Sendable (_ port: Int) async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result?.self) { group in
        let (ports, told) = AsyncStream.makeStream(of: Int.self)
        group.addTask {
            try await server.run { told.yield($0) }
            return nil
        }
        var port: Int?
        for await listening in ports {
            port = listening
            break
        }
        let result = try await use(port!)
        group.cancelAll()
        return result
    }
}

/// One request on a connection of its own.
func ask(
    _ port: Int, _ method: String = "GET", _ path: String, _ body: String? = nil, headers: [String: String] = [:]
) async throws -> Answer {
    try await ask(port, method, path, bytes: body.map { Array($0.utf8) }, headers: headers)
}

func ask(
    _ port: Int, _ method: String, _ path: String, bytes: [UInt8]?, headers: [String: String] = [:]
) async throws -> Answer {
    try await RawClient.dial(port) { connection in
        var head = "\(method) \(path) HTTP/1.1\r\nHost: shop.example\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        if let bytes { head += "Content-Length: \(bytes.count)\r\n" }
        try await connection.send(Array((head + "\r\n").utf8) + (bytes ?? []))
        return try await connection.answer(hasBody: method != "HEAD")
    }
}
