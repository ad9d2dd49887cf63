import NIOCore
package import Web

extension Frame {
    /// The JSON text.
    package var bytes: [UInt8] { Array(buffer.readableBytesView) }
}
