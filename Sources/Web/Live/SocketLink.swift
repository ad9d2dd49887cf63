import Basics
import NIOCore
import NIOWebSocket

/// A live connection over a WebSocket. Its state belongs to the event loop's thread; `send` and `close` may be called from anywhere.
///
/// An idle link costs this object and its channel: no task, no timer of its own, no buffer.
final class SocketLink: Watched, Link, ChannelDuplexHandler, @unchecked Sendable {
    typealias InboundIn = WebSocketFrame
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    enum Outgoing: Sendable {
        case frame(Frame)
        case close(CloseReason)
    }

    private enum Phase {
        /// Has not said who it is; the call is the upgrade request.
        case awaited(Call)
        case entering
        case entered(any Caller)
        /// The close frame is sent; whatever comes is ignored.
        case ending
        case ended
    }

    let number: Int
    private let live: Live
    private let lane: Lane
    private let remoteAddress: String
    private var phase: Phase
    private var context: ChannelHandlerContext?
    /// Frames for somebody who has not been welcomed yet.
    private var held: [Outgoing] = []
    /// Read and waiting for their turn.
    private var inbox: [JSONText] = []
    private var isWorking = false
    private var isReadHeld = false
    private var isUnflushed = false
    private var isInside = false
    /// In seconds of the wheel.
    private var heardAt = 0
    private var askedAt: Int?
    private var fragments: ByteBuffer?

    init(call: Call, live: Live, lane: Lane) {
        (self.live, self.lane, phase, remoteAddress) = (live, lane, .awaited(call), call.remoteAddress)
        number = live.nextNumber()
    }

    func send(_ frame: Frame) { lane.post(.frame(frame), to: self) }
    func close(_ reason: CloseReason) { lane.post(.close(reason), to: self) }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        live.opened()
        lane.wheel.watch(self, seconds: live.timing.hello)
    }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
        phase = .ended
        (inbox, held, fragments) = ([], [], nil)
        lane.wheel.lift(self)
        live.closed()
        context.fireChannelInactive()
    }

    override func ring() {
        switch phase {
        case .awaited, .entering: end(.silent)
        case .entered: beat()
        case .ending, .ended: context?.close(promise: nil)
        }
    }

    private func leave() {
        if isInside { live.gate.leave(self) }
        isInside = false
    }
}

// MARK: Coming in

extension SocketLink {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        heardAt = lane.wheel.now
        if case .ending = phase {
            if frame.opcode == .connectionClose { context.close(promise: nil) }
            return
        }
        guard frame.maskKey != nil, !frame.rsv1, !frame.rsv2, !frame.rsv3 else { return end(.protocolBroken) }
        switch frame.opcode {
        case .text where fragments == nil, .continuation where fragments != nil: collect(frame)
        case .binary: end(.unsupported)
        case .ping: writeControl(.pong, frame.unmaskedData)
        case .pong: break
        case .connectionClose: answerClose(frame.unmaskedData)
        default: end(.protocolBroken)
        }
    }

    /// Puts the pieces of a message together.
    private func collect(_ frame: WebSocketFrame) {
        var message = frame.unmaskedData
        if var earlier = fragments {
            earlier.writeBuffer(&message)
            message = earlier
        }
        guard message.readableBytes <= Live.largestFrame else { return end(.tooLarge) }
        fragments = frame.fin ? nil : message
        if frame.fin { receive(message) }
    }

    private func receive(_ message: ByteBuffer) {
        let text: JSONText
        do {
            text = try message.withUnsafeReadableBytes { try JSONText($0.bindMemory(to: UInt8.self)) }
        } catch {
            guard String(validating: message.readableBytesView, as: UTF8.self) != nil else { return end(.notText) }
            return deliver(.malformed)
        }
        switch text.value.type {
        case nil: deliver(.malformed)
        case "ping": deliver(.pong)
        case "pong": break
        case let type?: take(text, type: type, message: message)
        }
    }

    private func take(_ text: JSONText, type: String, message: ByteBuffer) {
        guard case .awaited(let call) = phase else {
            inbox.append(text)
            return workOff()
        }
        guard type == "hello" else {
            deliver(.refused(nil, Refused(ErrorAnswer.Reason(code: "hello.expected", detail: nil))))
            return end(.unauthorized)
        }
        phase = .entering
        lane.task { await self.enter(Array(buffer: message), call: call) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case NIOWebSocketError.invalidFrameLength: end(.tooLarge)
        case is NIOWebSocketError: end(.protocolBroken)
        default: context.close(promise: nil)
        }
    }
}

extension JSONValue {
    fileprivate var type: String? {
        guard case .object(let object) = self, case .string(let type)? = object["type"] else { return nil }
        return type
    }
}

// MARK: Entering and working

extension SocketLink {
    private func enter(_ hello: [UInt8], call: Call) async {
        do {
            let call = Call(
                caller: call.caller, link: self, host: call.host, remoteAddress: call.remoteAddress, headers: call.headers)
            let (caller, welcome) = try await live.gate.enter(hello, call: call, link: self)
            isInside = true
            self.welcome(caller, with: welcome)
        } catch {
            deliver(.refused(nil, error, logger: live.logger))
            end((error as? Refusal)?.closeReason ?? .failed)
        }
    }

    private func welcome(_ caller: any Caller, with welcome: Frame) {
        // It may have gone, or been sent away, while it was being looked up.
        guard case .entering = phase else { return leave() }
        phase = .entered(caller)
        if welcome.wire.readableBytes > Live.largestQueue / 2 {
            context?.channel.limitQueue(to: Live.largestQueue + welcome.wire.readableBytes)
        }
        deliver(welcome)
        for outgoing in held { write(outgoing) }
        flush()
        held = []
        heardAt = lane.wheel.now
        lane.wheel.watch(self, seconds: live.timing.silence)
        workOff()
    }

    /// Works through the inbox in order; the task ends when it is empty.
    private func workOff() {
        guard case .entered(let caller) = phase, !isWorking, !inbox.isEmpty else { return }
        isWorking = true
        lane.task { await self.work(for: caller) }
    }

    private func work(for caller: any Caller) async {
        while !inbox.isEmpty {
            let text = inbox.removeFirst()
            let answer = await live.commands.answer(text, caller: caller, link: self, remoteAddress: remoteAddress)
            send(answer)
            readOn()
        }
        isWorking = false
    }

    /// Whoever sends faster than is worked off is read no more until there is room.
    func read(context: ChannelHandlerContext) {
        isReadHeld = inbox.count >= 16
        if !isReadHeld { context.read() }
    }

    private func readOn() {
        guard isReadHeld, inbox.count < 8, let context else { return }
        isReadHeld = false
        context.read()
    }
}

extension Refusal {
    fileprivate var closeReason: CloseReason {
        switch kind {
        case .unavailable, .tooMany: .goingAway
        case .forbidden: .revoked
        default: .unauthorized
        }
    }
}

// MARK: Going out

extension SocketLink {
    /// On the loop's thread, past the outbox.
    private func deliver(_ frame: Frame) {
        put(frame)
        flush()
    }

    func write(_ outgoing: Outgoing) {
        switch (phase, outgoing) {
        case (.awaited, .frame), (.entering, .frame): held.append(outgoing)
        case (_, .frame(let frame)): put(frame)
        case (_, .close(let reason)): end(reason)
        }
    }

    private func put(_ frame: Frame) {
        guard let context, !isOver else { return }
        guard context.channel.isWritable else { return end(.resume) }
        context.write(wrapOutboundOut(frame.wire), promise: nil)
        isUnflushed = true
    }

    func flush() {
        guard isUnflushed else { return }
        isUnflushed = false
        context?.flush()
    }

    private func writeControl(_ opcode: WebSocketOpcode, _ data: ByteBuffer) {
        guard let context, context.channel.isWritable else { return }
        var data = data
        var buffer = ByteBuffer()
        buffer.writeWebSocketHeader(opcode: UInt8(webSocketOpcode: opcode), length: data.readableBytes)
        buffer.writeBuffer(&data)
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }

    private var isOver: Bool {
        switch phase {
        case .ending, .ended: true
        default: false
        }
    }
}

// MARK: Ending

extension SocketLink {
    private func end(_ reason: CloseReason) {
        guard !isOver, let context else { return }
        writeClose(code: reason.rawValue, on: context)
        leave()
        phase = .ending
        (inbox, held, fragments) = ([], [], nil)
        lane.wheel.watch(self, seconds: live.timing.goodbye)
        readOn()
    }

    /// The other end says goodbye: say it back and close.
    private func answerClose(_ data: ByteBuffer) {
        guard let context else { return }
        let told = data.getInteger(at: data.readerIndex, as: UInt16.self)
        let isValid = data.readableBytes == 0 || told.map { (1000...4999).contains($0) } ?? false
        writeClose(code: isValid ? told ?? 1000 : CloseReason.protocolBroken.rawValue, on: context)
        leave()
        phase = .ending
        context.close(promise: nil)
    }

    private func writeClose(code: UInt16, on context: ChannelHandlerContext) {
        var buffer = ByteBuffer()
        buffer.writeWebSocketHeader(opcode: UInt8(webSocketOpcode: .connectionClose), length: 2)
        buffer.writeInteger(code)
        isUnflushed = false
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }

    /// Asks after a silence whether anybody is there, and cuts when nobody is.
    private func beat() {
        let now = lane.wheel.now
        if let askedAt, heardAt < askedAt {
            guard now - askedAt < live.timing.answer else { return end(.silent) }
            lane.wheel.watch(self, seconds: live.timing.answer - (now - askedAt))
        } else if now - heardAt < live.timing.silence {
            lane.wheel.watch(self, seconds: live.timing.silence - (now - heardAt))
        } else {
            askedAt = now
            deliver(.ping)
            lane.wheel.watch(self, seconds: min(live.timing.silence, live.timing.answer))
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent:
            deliver(live.reconnect())
            end(.goingAway)
        case ChannelEvent.inputClosed: context.close(promise: nil)
        default: context.fireUserInboundEventTriggered(event)
        }
    }
}

extension Channel {
    /// More than this waiting for a slow reader makes the channel unwritable.
    func limitQueue(to bytes: Int) {
        _ = setOption(.writeBufferWaterMark, value: .init(low: bytes / 2, high: bytes))
    }
}
