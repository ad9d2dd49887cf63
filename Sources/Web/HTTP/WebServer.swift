import Basics
import HTTPTypes
import HummingbirdCore
package import Logging
import NIOCore
import NIOPosix

/// Serves routes over HTTP until its task is cancelled, then says goodbye to live connections and lets running requests end.
package struct WebServer: Sendable {
    package struct Options: Sendable {
        package var host = "127.0.0.1"
        /// 0 takes any free one.
        package var port = 8080
        /// The name of the sign-in cookie.
        package var cookie = "sign-in"
        /// Whether a proxy in front tells us the client's address and the host asked for.
        package var trustsProxy = false
        /// How many connections may wait to be accepted.
        package var backlog = 4096

        package init() {}
    }

    private let options: Options
    private let answering: Answering
    private let logger: Logger

    package init(
        routes: [Route],
        options: Options = Options(),
        logger: Logger,
        authenticate: @escaping @Sendable (Proof) async throws -> (any Caller)?
    ) {
        (self.options, self.logger) = (options, logger)
        answering = Answering(
            table: RoutingTable(routes), authenticate: authenticate, cookie: options.cookie, trustsProxy: options.trustsProxy,
            logger: logger
        )
    }

    /// - Parameter onListening: told the port once connections are accepted.
    package func run(onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }) async throws {
        let server = Server(
            childChannelSetup: HTTP1Channel { request, writer, channel in
                let reply = await respond(to: request, on: channel)
                try await writer.write(response: reply.head, body: reply.body)
            },
            configuration: ServerConfiguration(address: .hostname(options.host, port: options.port), backlog: options.backlog),
            onServerRunning: { await onListening($0.localAddress?.port ?? 0) },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: logger
        )
        do {
            try await withTaskCancellationHandler {
                try await Task { try await server.run() }.value
            } onCancel: {
                Task { try await server.shutdownGracefully() }
            }
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw CannotListen(reason: "port \(options.port) of \(options.host) is already in use")
        }
    }

    private func respond(to request: Request, on channel: any Channel) async -> Response {
        var reply: Reply
        do {
            let admission = try answering.admit(request.head, peer: channel.remoteAddress?.ipAddress ?? "")
            reply = try await answering.reply(to: admission, body: try await body(of: request, limit: admission.route.limit))
        } catch {
            reply = answering.reply(to: error, head: request.head)
        }
        reply.headers.setDefaults()
        let response = Response(status: reply.status, headers: reply.headers, body: reply.content.body)
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func body(of request: Request, limit: Int) async throws -> [UInt8] {
        do {
            return Array(buffer: try await request.body.collect(upTo: limit))
        } catch is NIOTooManyBytesError {
            throw Refusal.bodyTooLarge(limit: limit)
        }
    }
}

extension Reply.Content {
    fileprivate var body: ResponseBody {
        switch self {
        case .empty: ResponseBody()
        case .bytes(let bytes): ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        case .file(let path, let size):
            ResponseBody(contentLength: size) { writer in
                let pieces = try await FilePieces(path: path)
                while let piece = try await pieces.next() { try await writer.write(piece) }
                try await writer.finish(nil)
            }
        }
    }
}

/// Why serving cannot begin, for the person at the terminal.
package struct CannotListen: Error, CustomStringConvertible {
    package let reason: String
    package var description: String { reason }
}
