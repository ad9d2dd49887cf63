import Foundation
import NIOCore
import NIOPosix

/// A file read piece by piece on a thread that may wait for the disk.
struct FilePieces: Sendable {
    private let file: FileHandle

    init(path: String) async throws {
        file = try await NIOThreadPool.singleton.runIfActive { try FileHandle(forReadingFrom: URL(filePath: path)) }
    }

    func next() async throws -> ByteBuffer? {
        let piece = try await NIOThreadPool.singleton.runIfActive { [file] in try file.read(upToCount: 256 * 1024) }
        return piece.flatMap { $0.isEmpty ? nil : ByteBuffer(bytes: $0) }
    }
}
