private import CBrotli

/// Brotli (RFC 7932) through the reference library, at its highest quality: done once, read many times.
enum Brotli {
    static func compress(_ bytes: [UInt8]) -> [UInt8] {
        var size = max(BrotliEncoderMaxCompressedSize(bytes.count), 64)
        let result = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            let done = BrotliEncoderCompress(
                BROTLI_MAX_QUALITY, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, bytes.count, bytes, &size, buffer.baseAddress
            )
            count = done == BROTLI_TRUE ? size : 0
        }
        return result
    }
}
