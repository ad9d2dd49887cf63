import Foundation
import NIOCore
import NIOPosix

/// What is sent piece by piece, so that only one of them is in memory.
protocol Pieces: Sendable {
    mutating func next() async throws -> ByteBuffer?
}

/// A file read piece by piece on a thread that may wait for the disk.
struct FilePieces: Pieces {
    private let file: FileHandle

    init(path: String) async throws {
        file = try await NIOThreadPool.singleton.runIfActive { try FileHandle(forReadingFrom: URL(filePath: path)) }
    }

    func next() async throws -> ByteBuffer? {
        let piece = try await NIOThreadPool.singleton.runIfActive { [file] in try file.read(upToCount: 256 * 1024) }
        return piece.flatMap { $0.isEmpty ? nil : ByteBuffer(bytes: $0) }
    }
}

/// What lies elsewhere, fetched piece by piece. The first is fetched before anything is answered: a store that is away is
/// then said plainly, not by half an answer.
struct FetchedPieces: Pieces {
    private static let length = 1 << 20

    private let size: Int
    private let fetch: @Sendable (Range<Int>) async throws -> [UInt8]
    private var done = 0
    private var first: [UInt8]?

    init(size: Int, fetch: @escaping @Sendable (Range<Int>) async throws -> [UInt8]) async throws {
        (self.size, self.fetch) = (size, fetch)
        first = size > 0 ? try await fetch(0..<min(Self.length, size)) : nil
    }

    mutating func next() async throws -> ByteBuffer? {
        guard done < size else { return nil }
        let piece: [UInt8]
        if let first { piece = first } else { piece = try await fetch(done..<min(done + Self.length, size)) }
        first = nil
        done += piece.count
        return piece.isEmpty ? nil : ByteBuffer(bytes: piece)
    }
}
