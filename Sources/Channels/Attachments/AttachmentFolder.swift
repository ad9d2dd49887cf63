package import Basics
private import Dispatch
private import Foundation
package import Web

/// A folder that holds the files: `attachments/ab/cdef…`, named by their ids only.
package struct AttachmentFolder: AttachmentKeeping {
    private let path: String
    /// Disks block; Swift's own threads must not.
    private let queue = DispatchQueue(label: "attachments", attributes: .concurrent)

    package init(path: String) { self.path = path }

    package var description: String { path }

    /// Returns once the file and its name are on disk.
    package func write(_ content: [UInt8], as id: String) async throws {
        let place = try place(of: id)
        try await run { try FileOnDisk.write(content, to: place) }
    }

    package func whole(_ id: String, size: Int) async throws -> Reply.Content { .file(path: try place(of: id), size: size) }

    package func part(_ id: String, _ range: Range<Int>) async throws -> Reply.Content {
        let place = try place(of: id)
        return .bytes(try await run { try FileOnDisk.read(place, range) })
    }

    package func remove(_ file: KeptFile) async throws {
        let place = try place(of: file.id)
        try await run { _ = unlink(file.isDraft ? place + FileOnDisk.draftEnding : place) }
    }

    package func look(
        throughFilesBefore limit: Timestamp, _ take: ([KeptFile]) async throws -> Void
    ) async throws {
        let old = try await run { FileOnDisk.files(below: path, before: limit) }
        for start in stride(from: 0, to: old.count, by: 500) { try await take(Array(old[start..<min(start + 500, old.count)])) }
    }

    private func place(of id: String) throws(Refusal) -> String { try "\(path)/\(KeptFile.name(of: id))" }

    // MARK: The mark

    private var mark: String { "\(path)/\(AttachmentMark.name)" }

    package func readMark() async throws -> String? {
        try await run {
            guard FileManager.default.fileExists(atPath: mark) else { return nil }
            return try String(contentsOfFile: mark, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }

    package func leaveMark(_ text: String) async throws -> Bool {
        try await run { try FileOnDisk.create(mark, with: Array((text + "\n").utf8)) }
    }

    package func removeMark() async throws { try await run { _ = unlink(mark) } }

    private func run<Answer: Sendable>(_ work: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: work)) }
        }
    }
}

private enum FileOnDisk {
    static let draftEnding = ".part"

    /// Written beside its place, synced, then given its name, so that a file that is there is whole.
    static func write(_ content: [UInt8], to place: String) throws {
        let folder = (place as NSString).deletingLastPathComponent
        try makeFolder(folder)
        let draft = place + draftEnding
        do {
            try fill(draft, with: content)
            guard rename(draft, place) == 0 else { throw failure("rename", place) }
            try sync(folder)
        } catch {
            unlink(draft)
            throw error
        }
    }

    /// Whole from the first moment on, and never in the place of another; false where there is one.
    static func create(_ place: String, with content: [UInt8]) throws -> Bool {
        let folder = (place as NSString).deletingLastPathComponent
        if !FileManager.default.fileExists(atPath: folder) { try makeFolder(folder) }
        let draft = "\(place).\(UInt64.random(in: 0 ... .max))"
        defer { unlink(draft) }
        try fill(draft, with: content)
        guard link(draft, place) == 0 else {
            if errno == EEXIST { return false }
            throw failure("link", place)
        }
        try sync(folder)
        return true
    }

    static func read(_ place: String, _ range: Range<Int>) throws -> [UInt8] {
        let file = open(place, O_RDONLY)
        guard file >= 0 else { throw failure("open", place) }
        defer { close(file) }
        var content = [UInt8](repeating: 0, count: range.count)
        var done = 0
        while done < content.count {
            let count = content.withUnsafeMutableBytes {
                pread(file, $0.baseAddress! + done, $0.count - done, range.lowerBound + done)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("read", place) }
            done += count
        }
        return content
    }

    /// What does not look like a file of ours is left alone.
    static func files(below path: String, before limit: Timestamp) -> [KeptFile] {
        let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return names.compactMap { name in
            let plain = name.hasSuffix(draftEnding) ? String(name.dropLast(draftEnding.count)) : name
            guard let file = KeptFile(name: plain), let written = written("\(path)/\(name)"), written < limit else { return nil }
            return KeptFile(id: file.id, isDraft: plain != name)
        }
    }

    private static func written(_ place: String) -> Timestamp? {
        var status = stat()
        guard stat(place, &status) == 0 else { return nil }
        return Timestamp(milliseconds: Int64(status.st_mtim.tv_sec) * 1000)
    }

    private static func makeFolder(_ folder: String) throws {
        guard mkdir(folder, 0o700) != 0 else { return try sync((folder as NSString).deletingLastPathComponent) }
        if errno == EEXIST { return }
        guard errno == ENOENT else { throw failure("mkdir", folder) }
        try makeFolder((folder as NSString).deletingLastPathComponent)
        try makeFolder(folder)
    }

    private static func fill(_ draft: String, with content: [UInt8]) throws {
        let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        guard file >= 0 else { throw failure("create", draft) }
        defer { close(file) }
        var done = 0
        while done < content.count {
            let count = content.withUnsafeBytes { Foundation.write(file, $0.baseAddress! + done, $0.count - done) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("write", draft) }
            done += count
        }
        guard fsync(file) == 0 else { throw failure("sync", draft) }
    }

    private static func sync(_ folder: String) throws {
        let file = open(folder, O_RDONLY | O_DIRECTORY)
        guard file >= 0 else { throw failure("open", folder) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw failure("sync", folder) }
    }

    private static func failure(_ action: String, _ path: String) -> any Error {
        let code = errno
        if code == ENOSPC || code == EDQUOT { return Refusal(.unavailable, "storage.full") }
        return POSIXFailure(action: action, path: path, reason: String(cString: strerror(code)))
    }
}

/// The disk said no, for another reason than being full.
struct POSIXFailure: Error {
    let action: String
    let path: String
    let reason: String
}
