import Basics
import Foundation
import HTTPTypes
import NIOCore
import NIOPosix
import Support
import Synchronization
import Testing

@testable import Web

/// Answers that wait for another packet's receipt take 40 ms: nothing here may wait for one.
@Suite(.timeLimit(.minutes(2))) struct WireTests {
    /// Whether each socket of this process that is connected to the port, from either end, sends without delay.
    static func undelayed(_ port: Int) -> [Bool] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return names.compactMap { Int32($0) }.filter { Self.ports(of: $0).contains(port) }.map { file in
            var (value, size): (Int32, socklen_t) = (0, 4)
            return getsockopt(file, Int32(IPPROTO_TCP), TCP_NODELAY, &value, &size) == 0 && value == 1
        }
    }

    /// Of both ends; none where it is not connected.
    private static func ports(of file: Int32) -> [Int] {
        let ports: [Int] = [getsockname, getpeername].compactMap { ask in
            var (address, size) = (sockaddr_in(), socklen_t(MemoryLayout<sockaddr_in>.size))
            let isTold = withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { ask(file, $0, &size) == 0 }
            }
            return isTold && address.sin_family == AF_INET ? Int(UInt16(bigEndian: address.sin_port)) : nil
        }
        return ports.count == 2 ? ports : []
    }

    @Test func `accepted and dialled sockets send at once`() async throws {
        let port = Mutex(0)
        let route = Route(.get, "/api/wires", access: .open(because: "a test"), summary: "", gives: ["text/plain"]) { _ in
            let connected = Self.undelayed(port.withLock { $0 })
            return Reply(.ok, .bytes(Array(connected.map { $0 ? "1" : "0" }.joined().utf8)))
        }
        try await withServer(kitchen(routes: [route])) { listening in
            port.withLock { $0 = listening }
            let egress = Egress(allowsInside: true)
            let answer = try await egress.send(.get, "http://127.0.0.1:\(listening)/api/wires")
            #expect(String(decoding: answer.body, as: UTF8.self) == "11")
        }
    }

    /// Counts what goes to the socket.
    private final class Probe: ChannelOutboundHandler, Sendable {
        typealias OutboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        let seen = Mutex<(writes: [[UInt8]], flushes: Int)>(([], 0))

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            seen.withLock { $0.writes.append(Array(buffer: unwrapOutboundIn(data))) }
            context.write(data, promise: promise)
        }

        func flush(context: ChannelHandlerContext) {
            seen.withLock { $0.flushes += 1 }
            context.flush()
        }
    }

    @Test func `a frame is one write and one flush, however it came about`() async throws {
        let (gate, probe) = (KitchenGate(), Probe())
        let group = MultiThreadedEventLoopGroup.singleton
        let lanes = group.makeIterator().map { Lane($0) }
        let connections = kitchen(gate: gate).connections(on: lanes)
        let listening = try await ServerBootstrap(group: group).childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                connections.setup(channel: channel, logger: .silent).flatMap { _ in
                    channel.pipeline.addHandler(probe, position: .first)
                }
            }.bind(host: "127.0.0.1", port: 0).get()
        try await RawClient.dial(listening.localAddress!.port!) { guest in
            _ = try await guest.enter()
            probe.seen.withLock { $0 = ([], 0) }
            try await guest.say(#"{"type":"serve","ref":"a","dish":"7"}"#)
            _ = try await guest.hear()
            gate.links.withLock { $0[0] }.send(try .fact("bell", ["name": String(repeating: "x", count: 100_000)]))
            _ = try await guest.hear()
            try await guest.say(#"{"type":"ping"}"#)
            _ = try await guest.hear()
            let (writes, flushes) = probe.seen.withLock { $0 }
            #expect((writes.count, flushes) == (3, 3))
            #expect(writes.allSatisfy { $0.first == 0x81 && $0.last == UInt8(ascii: "}") })
        }
        try await listening.close()
    }

    @Test(.timeLimit(.minutes(1))) func `whoever asks for a file and does not take it is cut`() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let (path, size) = (folder.file("large"), 64 << 20)
        #expect(FileManager.default.createFile(atPath: path, contents: nil))
        try FileHandle(forWritingTo: URL(filePath: path)).truncate(atOffset: UInt64(size))
        let route = Route(.get, "/api/large", access: .open(because: "a test"), summary: "", gives: ["*/*"]) { _ in
            Reply(.ok, .file(path: path, size: size))
        }
        var patience = Patience()
        // Only the watch over each piece can end it in time.
        (patience.piece, patience.idle, patience.body) = (2, 3_600, 3_600)
        let metrics = Metrics()
        try await withServer(kitchen(routes: [route], patience: patience, metrics: metrics)) { port in
            try await RawClient.dial(port) { connection in
                try await connection.send("GET /api/large HTTP/1.1\r\nHost: a\r\n\r\n")
                try await eventually { Self.undelayed(port).count == 2 }
                // The server notices by itself: nothing is read meanwhile.
                try await eventually { Self.undelayed(port).count <= 1 }
                #expect(try await connection.rest().count < size)
            }
        }
    }
}
