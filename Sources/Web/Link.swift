import Basics
package import NIOCore

/// A live connection to one client: a WebSocket, or a mailbox read by long poll.
package protocol Link: AnyObject, Sendable {
    /// Unique on this node while the connection lives.
    var number: Int { get }

    /// Queues one frame; never blocks. A reader too slow for its buffer is disconnected with the resume code.
    func send(_ frame: Frame)

    func close(_ reason: CloseReason)
}

/// One JSON text, encoded once however many listeners it has.
package struct Frame: Sendable {
    /// The text with the header of a WebSocket text frame before it (RFC 6455 §5.2): what is written, in one piece.
    let wire: ByteBuffer
    private let headerSize: Int

    package init(_ bytes: [UInt8]) {
        var wire = ByteBuffer()
        wire.reserveCapacity(bytes.count + 10)
        wire.writeWebSocketHeader(opcode: 1, length: bytes.count)
        headerSize = wire.readableBytes
        wire.writeBytes(bytes)
        self.wire = wire
    }

    /// The JSON text alone.
    package var buffer: ByteBuffer { wire.getSlice(at: wire.readerIndex + headerSize, length: wire.readableBytes - headerSize)! }
}

extension ByteBuffer {
    /// The header of a whole, unmasked frame.
    mutating func writeWebSocketHeader(opcode: UInt8, length: Int) {
        writeInteger(0x80 | opcode)
        switch length {
        case ..<126: writeInteger(UInt8(length))
        case ..<65536:
            writeInteger(126 as UInt8)
            writeInteger(UInt16(length))
        default:
            writeInteger(127 as UInt8)
            writeInteger(UInt64(length))
        }
    }
}

/// Why a connection ends; the number is the WebSocket status code (RFC 6455 §7.4, 4000 and up are ours).
package enum CloseReason: UInt16, Sendable {
    case goingAway = 1001
    case protocolBroken = 1002
    /// A frame of a kind we do not take, i.e. binary.
    case unsupported = 1003
    case notText = 1007
    case tooLarge = 1009
    case failed = 1011
    /// The reader was too slow: reconnect and ask for what is missing.
    case resume = 4000
    case unauthorized = 4001
    case silent = 4002
    /// Signed in or opened elsewhere, or the right was taken away.
    case revoked = 4003
}

/// Decides who may hold a live connection; the product supplies it.
package protocol Gate: Sendable {
    /// Called with the first frame, `{"type":"hello", …}`. `call.headers` are those of the upgrade request.
    /// Returns who it is and the welcome, which is sent before anything else; or throws a refusal, after which the connection ends.
    func enter(_ hello: [UInt8], call: Call, link: any Link) async throws -> (caller: any Caller, welcome: Frame)

    /// Called once when an entered connection has ended, whatever the reason.
    func leave(_ link: any Link)
}
