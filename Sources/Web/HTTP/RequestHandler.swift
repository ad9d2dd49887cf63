import Basics
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1

/// One connection's requests, one after another, on its event loop: collects a body up to its route's limit,
/// starts a task to answer, writes the answer. Between requests it holds no task.
final class RequestHandler: Watched, ChannelDuplexHandler, RemovableChannelHandler, @unchecked Sendable {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = Never
    typealias OutboundOut = HTTPServerResponsePart

    private enum Phase {
        case idle
        /// A large body may come: who sends it is looked at first.
        case admitting
        case collecting(Answering.Admission)
        case answering(Task<Void, Never>?)
        /// Refused before its body was read. The rest is dropped, because whoever is cut while writing never reads the answer.
        case draining(until: Int)
        /// Answered and closed for writing; what still comes is dropped so that the answer is not lost on the way.
        case ending
    }

    private let answering: Answering
    private let lane: Lane
    private let live: Live?
    private let patience: Patience
    private var context: ChannelHandlerContext?
    private var phase = Phase.idle
    private var body: [UInt8] = []
    private var dropped = 0
    /// Whether more of the request is to come.
    private var isUnread = false
    private var isStreaming = false
    private var isHeadWritten = false
    /// For the metrics: no path that a client made up.
    private var asked = (method: "", route: "")
    private var isKeptAlive = true
    private var isHead = false
    private var isLast = false
    private var isStopping = false
    private var isReadHeld = false
    /// Parts of the next requests that came with this one.
    private var ahead: [HTTPServerRequestPart] = []

    init(answering: Answering, lane: Lane, live: Live?, patience: Patience) {
        (self.answering, self.lane, self.live, self.patience) = (answering, lane, live, patience)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        lane.wheel.watch(self, seconds: patience.idle)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        lane.wheel.lift(self)
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        // Nobody waits for the answer of a read any more; a change goes through.
        if case .answering(let task?) = phase { task.cancel() }
        lane.wheel.lift(self)
        context.fireChannelInactive()
    }

    override func ring() {
        switch phase {
        case .answering where !isStopping && !isStreaming: break
        case .draining: if let context { end(context) }
        default: context?.close(promise: nil)
        }
    }
}

// MARK: Coming in

extension RequestHandler {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) { take(unwrapInboundIn(data)) }

    private func take(_ part: HTTPServerRequestPart) {
        switch (phase, part) {
        case (.idle, .head(let head)): begin(head)
        case (.collecting(let admission), .body(let buffer)): collect(buffer, for: admission)
        case (.collecting(let admission), .end): answer(admission)
        case (.draining(let deadline), .body(let buffer)): drop(buffer, until: deadline)
        case (.draining, .end): isUnread = false; rest()
        case (.answering, _), (.admitting, _): ahead.append(part)
        case (.ending, _), (.idle, _), (.collecting, .head), (.draining, .head): break
        }
    }

    private func begin(_ head: HTTPRequestHead) {
        isKeptAlive = head.isKeepAlive && head.headers["upgrade"].isEmpty
        isHead = head.method == .HEAD
        (body, dropped, isUnread, isHeadWritten) = ([], 0, true, false)
        let isAsking = head.headers.first(name: "expect")?.lowercased() == "100-continue"
        do {
            let admission = try answering.admit(HTTPRequest(head), peer: context?.channel.remoteAddress?.ipAddress ?? "")
            asked = (admission.route.method.rawValue, admission.route.path)
            lane.wheel.watch(self, seconds: patience.body)
            if admission.route.limit <= Self.freely { collect(for: admission, isAsking) } else { look(at: admission, isAsking) }
        } catch {
            asked = ("", "unknown")
            // Whoever asked first may send no body now; whoever sends too much is not waited for.
            if isAsking || head.toldLength > patience.drained { isKeptAlive = false }
            refuse(error)
        }
    }

    /// So large a body is taken from anybody.
    private static let freely = 256 * 1024

    private func collect(for admission: Answering.Admission, _ isAsking: Bool) {
        phase = .collecting(admission)
        if isAsking { writeContinue() }
        takeAhead()
    }

    private func look(at admission: Answering.Admission, _ isAsking: Bool) {
        phase = .admitting
        lane.task {
            do {
                _ = try await self.answering.caller(of: admission)
                self.collect(for: admission, isAsking)
            } catch {
                if isAsking { self.isKeptAlive = false }
                self.refuse(error)
                self.takeAhead()
            }
        }
    }

    /// What came while nothing could be taken.
    private func takeAhead() {
        let parts = ahead
        ahead = []
        for part in parts { take(part) }
        guard isReadHeld, let context else { return }
        isReadHeld = false
        context.read()
    }

    private func collect(_ buffer: ByteBuffer, for admission: Answering.Admission) {
        guard body.count + buffer.readableBytes <= admission.route.limit else {
            body = []
            return refuse(Refusal.bodyTooLarge(limit: admission.route.limit))
        }
        // A slow sender of much may take longer, but not stop.
        if body.count / 65536 < (body.count + buffer.readableBytes) / 65536 { lane.wheel.watch(self, seconds: patience.body) }
        body.append(contentsOf: buffer.readableBytesView)
    }

    private func drop(_ buffer: ByteBuffer, until deadline: Int) {
        dropped += buffer.readableBytes
        if dropped <= patience.drained {
            lane.wheel.watch(self, seconds: min(patience.pause, deadline - lane.wheel.now))
        } else if let context {
            end(context)
        }
    }

    private func answer(_ admission: Answering.Admission) {
        let body = self.body
        (self.body, isUnread) = ([], false)
        phase = .answering(nil)
        let began = ContinuousClock.now
        let task = lane.task {
            do {
                try await self.write(self.answering.reply(to: admission, body: body))
            } catch {
                self.giveUp(error)
            }
            self.answering.metrics.requestSpan.observe(.now - began)
        }
        if case .answering = phase, admission.head.isSafe { phase = .answering(task) }
    }

    /// Half an answer cannot be taken back: the client sees it break off.
    private func giveUp(_ error: any Error) {
        let answer = answering.reply(to: error)
        if isHeadWritten { context?.close(promise: nil) } else { writeNow(answer) }
    }

    private func refuse(_ error: any Error) {
        phase = .answering(nil)
        writeNow(answering.reply(to: error))
    }

    /// Not read while answering, so that a client cannot pile up requests.
    func read(context: ChannelHandlerContext) {
        switch phase {
        case .answering where ahead.count > 8, .admitting where ahead.count > 8: isReadHeld = true
        default: context.read()
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is HTTPParserError else { return context.close(promise: nil) }
        (isKeptAlive, isUnread) = (false, false)
        switch phase {
        case .answering, .admitting: isLast = true
        case .draining, .ending: end(context)
        case .idle, .collecting:
            let isTooLong = error as? HTTPParserError == .headerOverflow
            refuse(isTooLong ? HeadTooLarge() : Refusal(.malformed, "http.malformed"))
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent:
            (isLast, isStopping) = (true, true)
            lane.wheel.watch(self, seconds: patience.last)
            if case .idle = phase { context.close(promise: nil) }
        case ChannelEvent.inputClosed:
            isLast = true
            switch phase {
            case .answering, .admitting: break
            default: context.close(promise: nil)
            }
        default: context.fireUserInboundEventTriggered(event)
        }
    }
}

// MARK: Going out

extension RequestHandler {
    private func write(_ reply: Reply) async throws {
        switch reply.content {
        case .file(let path, let size): try await stream(reply, try await FilePieces(path: path), size: size)
        case .pieces(let size, let fetch): try await stream(reply, try await FetchedPieces(size: size, fetch: fetch), size: size)
        case .socket(let call): hand(over: call, after: reply)
        case .empty, .bytes, .buffer: writeNow(reply)
        }
    }

    private func writeNow(_ reply: Reply) {
        guard let context else { return }
        let content: ByteBuffer =
            switch reply.content {
            case .bytes(let bytes): ByteBuffer(bytes: bytes)
            case .buffer(let buffer): buffer
            case .empty, .file, .pieces, .socket: ByteBuffer()
            }
        writeHead(reply, size: content.readableBytes, on: context)
        if !isHead, content.readableBytes > 0 { context.write(wrapOutboundOut(.body(.byteBuffer(content))), promise: nil) }
        finish()
    }

    private func stream(_ reply: Reply, _ source: some Pieces, size: Int) async throws {
        var pieces = source
        guard let channel = context?.channel else { return }
        writeHead(reply, size: size, on: context!)
        isStreaming = true
        defer { isStreaming = false }
        var left = isHead ? 0 : size
        while left > 0, let piece = try await pieces.next() {
            let part = piece.getSlice(at: piece.readerIndex, length: min(left, piece.readableBytes))!
            left -= part.readableBytes
            lane.wheel.watch(self, seconds: patience.piece)
            // Waits until the piece is on its way, so that only one is in memory.
            try await channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(part)))
        }
        if left > 0 { isKeptAlive = false }
        finish()
    }

    private func writeHead(_ reply: Reply, size: Int, on context: ChannelHandlerContext) {
        isHeadWritten = true
        answering.metrics.requests.add(1, asked.method, asked.route, String(reply.status.code))
        if isLast { isKeptAlive = false }
        var headers = HTTPHeaders(reply.headers.withDefaults)
        if reply.status.code != 204, reply.status.code != 304, reply.status.code >= 200 {
            headers.add(name: "content-length", value: String(size))
        }
        if !isKeptAlive { headers.replaceOrAdd(name: "connection", value: "close") }
        let status = HTTPResponseStatus(statusCode: reply.status.code, reasonPhrase: reply.status.reasonPhrase)
        context.write(wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))), promise: nil)
    }

    private func writeContinue() {
        let head = HTTPResponseHead(version: .http1_1, status: .continue)
        context?.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
    }

    private func finish() {
        context?.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        isUnread ? drain() : rest()
    }

    private func drain() {
        phase = .draining(until: lane.wheel.now + patience.drain)
        lane.wheel.watch(self, seconds: patience.pause)
    }

    /// Goes on with the next request.
    private func rest() {
        guard let context else { return }
        guard isKeptAlive, !isLast else { return end(context) }
        phase = .idle
        lane.wheel.watch(self, seconds: patience.idle)
        takeAhead()
    }

    /// Closes our half and waits a moment for the other.
    private func end(_ context: ChannelHandlerContext) {
        phase = .ending
        ahead = []
        context.close(mode: .output, promise: nil)
        lane.wheel.watch(self, seconds: patience.goodbye)
        context.read()
    }

    /// After the 101 the pipeline holds nothing of HTTP any more.
    private func hand(over call: Call, after reply: Reply) {
        guard let context, let live else { return }
        let headers = HTTPHeaders(reply.headers)
        context.write(
            wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .switchingProtocols, headers: headers))),
            promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.channel.becomeSocket(SocketLink(call: call, live: live, lane: lane), replacing: self)
    }
}

extension HTTPRequest {
    init(_ head: HTTPRequestHead) {
        self.init(
            method: HTTPRequest.Method(head.method.rawValue) ?? .get, scheme: "http", authority: head.headers["host"].first,
            path: head.uri, headerFields: HTTPFields(head.headers, splitCookie: false)
        )
    }
}

extension HTTPRequestHead {
    fileprivate var toldLength: Int { headers.first(name: "content-length").flatMap { Int($0) } ?? 0 }
}

extension HTTPFields {
    fileprivate var withDefaults: HTTPFields {
        var fields = self
        fields.setDefaults()
        return fields
    }
}
