import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket

/// Sets up accepted connections. Nothing waits per connection: the handlers run on the event loop.
struct Connections: ServerChildChannel {
    struct Accepted: ServerChildChannelValue {
        let channel: any Channel
    }

    let answering: Answering
    let lanes: [ObjectIdentifier: Lane]
    let live: Live?
    let patience: Patience

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Accepted> {
        channel.eventLoop.makeCompletedFuture {
            let lane = lanes[ObjectIdentifier(channel.eventLoop)]!
            let options = channel.syncOptions
            try options?.setOption(.tcpOption(.tcp_nodelay), value: 1)
            try options?.setOption(
                .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 256, initial: 1024, maximum: 65536))
            let decoder = HTTPRequestDecoder(
                leftOverBytesStrategy: .forwardBytes, informationalResponseStrategy: .drop, limitConfiguration: .heads)
            let handlers: [any ChannelHandler] = [
                HTTPResponseEncoder(), ByteToMessageHandler(decoder),
                RequestHandler(answering: answering, lane: lane, live: live, patience: patience),
            ]
            try channel.pipeline.syncOperations.addHandlers(handlers)
            return Accepted(channel: channel)
        }
    }

    func handle(value: Accepted, logger: Logger) async {}
}

extension NIOHTTPDecoderLimitConfiguration {
    fileprivate static var heads: Self {
        var limits = Self()
        limits.maxHeaderFieldSize = HeadTooLarge.fieldLimit
        limits.maxHeaderListSize = HeadTooLarge.limit
        limits.maxHeaderFieldCount = HeadTooLarge.countLimit
        return limits
    }
}

extension Channel {
    /// Swaps the handlers of HTTP for those of a WebSocket; on the loop's thread.
    func becomeSocket(_ link: SocketLink, replacing handler: RequestHandler) {
        do {
            let pipeline = pipeline.syncOperations
            let encoder = try pipeline.handler(type: HTTPResponseEncoder.self)
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            let frames = ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: Live.largestFrame))
            try pipeline.addHandlers([frames, link], position: .after(handler))
            try syncOptions?.setOption(.writeBufferWaterMark, value: .init(low: Live.largestQueue / 2, high: Live.largestQueue))
            _ = pipeline.removeHandler(handler)
            // Frames that came with the request are handed on by the decoder as it leaves.
            _ = pipeline.removeHandler(decoder)
            _ = pipeline.removeHandler(encoder)
        } catch {
            close(promise: nil)
        }
    }
}
