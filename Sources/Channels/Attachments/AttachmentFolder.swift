import Basics
private import Dispatch
private import Foundation

/// The folder that holds the files: `attachments/ab/cdef…`, named by their ids only.
struct AttachmentFolder: Sendable {
    let path: String
    /// Disks block; Swift's own threads must not.
    private let queue = DispatchQueue(label: "attachments", attributes: .concurrent)

    init(path: String) { self.path = path }

    /// Where the file of an id is; ids are checked to be hexadecimal, so that none leads out of the folder.
    func place(of id: String) -> String? {
        guard id.wholeMatch(of: /[0-9a-f]{32}/) != nil else { return nil }
        return "\(path)/\(id.prefix(2))/\(id.dropFirst(2))"
    }

    /// Here, because looking through twenty megabytes takes a while.
    func recognise(_ content: [UInt8]) async throws -> FileType { try await run { try FileType(of: content) } }

    /// Returns once the file and its name are on disk.
    func write(_ content: [UInt8], as id: String) async throws {
        guard let place = place(of: id) else { throw Refusal(.notFound, "attachment.unknown") }
        try await run { try FileOnDisk.write(content, to: place) }
    }

    /// A part of a file.
    func read(_ id: String, _ range: Range<Int>) async throws -> [UInt8] {
        guard let place = place(of: id) else { throw Refusal(.notFound, "attachment.unknown") }
        return try await run { try FileOnDisk.read(place, range) }
    }

    /// A file as it lies there, perhaps not written to its end.
    struct Found: Hashable, Sendable {
        let id: String
        let isDraft: Bool
    }

    /// Everything in the folder that was last written before then.
    func files(before limit: Timestamp) async throws -> [Found] {
        try await run { FileOnDisk.files(below: path, before: limit) }
    }

    func remove(_ found: Found) async {
        guard let place = place(of: found.id) else { return }
        try? await run { _ = unlink(found.isDraft ? place + FileOnDisk.draftEnding : place) }
    }

    func remove(_ id: String) async {
        guard let place = place(of: id) else { return }
        try? await run { _ = unlink(place) }
    }

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
    static func files(below path: String, before limit: Timestamp) -> [AttachmentFolder.Found] {
        let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return names.compactMap { name in
            let plain = name.hasSuffix(draftEnding) ? String(name.dropLast(draftEnding.count)) : name
            guard plain.wholeMatch(of: /[0-9a-f]{2}\/[0-9a-f]{30}/) != nil, let written = written("\(path)/\(name)"),
                written < limit
            else { return nil }
            return AttachmentFolder.Found(id: plain.replacing("/", with: ""), isDraft: plain != name)
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
