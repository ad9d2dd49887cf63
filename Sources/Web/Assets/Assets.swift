import Basics
import Crypto
import Foundation
package import HTTPTypes
import NIOCore
import NIOPosix
import Synchronization

/// The files that browsers load. All lie under one prefix that names the hash of them all, so that every file can be kept
/// for ever and relative imports need no rewriting; a new release is a new prefix.
package final class Assets: Sendable {
    private let files: [String: [UInt8]]
    /// In development: read from here at every request instead.
    private let folder: String?
    private let compressed = Mutex<[String: ByteBuffer]>([:])
    private let imported = Mutex<[String: [String]]>([:])

    /// `/s/<hash>`, before every path.
    package let prefix: String

    /// - Parameters:
    ///   - files: by path, e.g. `core/dom.js`.
    ///   - folder: where the same files lie on disk, for development; nil serves what is given.
    package init(_ files: [String: [UInt8]], folder: String? = nil) {
        (self.files, self.folder) = (files, folder)
        var hash = SHA256()
        for (path, content) in files.sorted(by: { $0.key < $1.key }) {
            hash.update(data: Array("\(path)\0\(content.count)\0".utf8))
            hash.update(data: content)
        }
        prefix = folder == nil ? "/s/" + Array(hash.finalize()).prefix(8).hexadecimal : "/s/development"
    }

    package func content(_ path: String) -> [UInt8]? {
        guard let folder else { return files[path] }
        guard files[path] != nil || !path.contains(".."), let data = FileManager.default.contents(atPath: "\(folder)/\(path)")
        else { return nil }
        return [UInt8](data)
    }

    /// The modules that a module imports at once; nil when there is no such file.
    func imports(of path: String) -> [String]? {
        if folder == nil, let known = imported.withLock({ $0[path] }) { return known }
        guard let content = content(path) else { return nil }
        let stripped = String(decoding: ScriptStripper.strip(content), as: UTF8.self)
        let paths = ScriptModule(path: path, stripped: stripped)?.imports.map(\.path) ?? []
        imported.withLock { $0[path] = paths }
        return paths
    }

    /// The file, compressed where the browser takes it and it is worth it. Nil when there is none.
    package func reply(_ path: String, to headers: HTTPFields, caching: Caching) async throws -> Reply? {
        guard let content = content(path) else { return nil }
        let type = MediaType.of(path)
        var reply = Reply(
            headers: [.contentType: type, .cacheControl: caching.header, .vary: "Accept-Encoding"], .bytes(content))
        if case .forEver = caching {
        } else {
            let tag = "\"\(Array(SHA256.hash(data: content)).prefix(8).hexadecimal)\""
            reply.headers[.eTag] = tag
            if headers[.ifNoneMatch]?.contains(tag) == true { return Reply(.notModified, headers: reply.headers) }
        }
        if MediaType.isText(type), headers[.acceptEncoding]?.contains("br") == true {
            reply.content = .buffer(try await brotli(path, content))
            reply.headers[.contentEncoding] = "br"
        }
        return reply
    }

    /// Compressed at the first request and kept: at start-up it would cost more than starting, and on the loop's thread it
    /// would keep everybody waiting.
    private func brotli(_ path: String, _ content: [UInt8]) async throws -> ByteBuffer {
        if folder == nil, let known = compressed.withLock({ $0[path] }) { return known }
        let result = try await NIOThreadPool.singleton.runIfActive { ByteBuffer(bytes: Brotli.compress(content)) }
        compressed.withLock { $0[path] = result }
        return result
    }

    package enum Caching: Sendable {
        /// The path names the content.
        case forEver
        /// The path stays while the content changes with releases.
        case briefly
        case never

        var header: String {
            switch self {
            case .forEver: "public, max-age=31536000, immutable"
            case .briefly: "public, max-age=300"
            case .never: "no-cache"
            }
        }
    }
}
