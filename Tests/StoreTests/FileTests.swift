import Foundation
import Support
import Testing

@testable import Store

private let schema = Migration("test.blob", "CREATE TABLE blob (id BIGINT PRIMARY KEY, bytes BLOB NOT NULL)")

private func insert(_ id: Int, bytes: Int = 1, in database: any Database) async throws {
    try await database.write {
        try $0.run("INSERT INTO blob (id, bytes) VALUES (\(id), \([UInt8](repeating: 7, count: bytes)))")
    }
}

private func count(in database: any Database) async throws -> Int? {
    try await database.read { try $0.value("SELECT count(*) FROM blob") }
}

@Suite struct FileTests {
    @Test(arguments: ["", "/missing/nightdesk.db"])
    func `a place that cannot be written is named`(place: String) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        // The folder itself cannot be a database, and a folder that is not there holds none.
        let path = folder.path + place
        do {
            _ = try SQLiteDatabase(path: path)
            Issue.record("it was opened")
        } catch StoreError.unwritable(let named, let reason) { #expect(named == path && !reason.isEmpty) }
    }

    @Test func `a file that is no database is told apart`() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try Data(repeating: 65, count: 5000).write(to: URL(filePath: folder.file("x.db")))
        do {
            _ = try SQLiteDatabase(path: folder.file("x.db"))
            Issue.record("it was opened")
        } catch StoreError.damaged {}
    }

    @Test func `a copy made while work goes on is whole`() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try await withSQLite([schema]) { database in
            for id in 0..<50 { try await insert(id, bytes: 5000, in: database) }
            async let writing: Void = { for id in 50..<150 { try await insert(id, in: database) } }()
            try await database.backUp(to: folder.file("copy.db"))
            try await writing
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["copy.db"])
            let copy = try SQLiteDatabase(path: folder.file("copy.db"))
            let rows = try #require(try await count(in: copy))
            #expect((50...150).contains(rows))
            #expect(try await copy.read { try $0.value("PRAGMA integrity_check", as: String.self) } == "ok")
            try await copy.migrate([schema])
            try await copy.close()
        }
    }

    @Test func `a copy never overwrites, and leaves nothing where it cannot be made`() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try Data().write(to: URL(filePath: folder.file("old.db")))
        try await withSQLite([schema]) { database in
            for path in [folder.file("old.db"), folder.file("no/such/place.db")] {
                do {
                    try await database.backUp(to: path)
                    Issue.record("it was copied")
                } catch StoreError.unwritable(let named, _) { #expect(named == path) }
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["old.db"])
        }
    }
}

/// A file system of three megabytes; only root may mount one.
private struct SmallDisk {
    let folder: TemporaryFolder

    static let isPossible = geteuid() == 0 && run("mount", "--version")

    init() throws {
        folder = try TemporaryFolder()
        let isMounted = Self.run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder.path)
        try #require(isMounted, "a small file system can be mounted")
    }

    func remove() {
        _ = Self.run("umount", "-l", folder.path)
        folder.remove()
    }

    @discardableResult
    static func run(_ command: String...) -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        do { try process.run() } catch { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}

@Suite(.serialized) struct FullDiskTests {
    @Test(.enabled(if: SmallDisk.isPossible, "needs root, to mount a small file system"))
    func `on a full disk writing is refused, reading goes on, and room is enough to recover`() async throws {
        let disk = try SmallDisk()
        defer { disk.remove() }
        let database = try SQLiteDatabase(path: disk.folder.file("nightdesk.db"))
        try await database.migrate([schema])
        try await insert(0, in: database)
        let ballast = URL(filePath: disk.folder.file("ballast"))
        try Data(count: 1_500_000).write(to: ballast)
        let stored = try await fill(database)
        #expect(try await count(in: database) == stored + 1)
        // Small and large at once: whatever is refused, is refused as full, and the rest is really there.
        let more = await together(database)
        #expect(try await count(in: database) == stored + 1 + more)
        try FileManager.default.removeItem(at: ballast)
        try await insert(1_000_000, bytes: 10_000, in: database)
        #expect(try await count(in: database) == stored + 2 + more)
        #expect(try await database.read { try $0.value("PRAGMA integrity_check", as: String.self) } == "ok")
        try await database.close()
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs root, to mount a small file system"))
    func `a copy that does not fit is refused and removed`() async throws {
        let disk = try SmallDisk()
        defer { disk.remove() }
        try await withSQLite([schema]) { database in
            for id in 0..<10 { try await insert(id, bytes: 500_000, in: database) }
            await #expect(throws: StoreError.full) { try await database.backUp(to: disk.folder.file("copy.db")) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: disk.folder.path) == [])
        }
    }

    /// Writes until the disk is full, and gives how many rows it took.
    private func fill(_ database: any Database) async throws -> Int {
        for id in 1...1000 {
            do { try await insert(id, bytes: 50_000, in: database) } catch StoreError.full { return id - 1 }
        }
        Issue.record("the disk never filled")
        return 1000
    }

    private func together(_ database: any Database) async -> Int {
        await withTaskGroup(of: Bool.self) { group in
            for id in 2000..<2020 {
                group.addTask {
                    do {
                        try await insert(id, bytes: id % 2 == 0 ? 400_000 : 100, in: database)
                        return true
                    } catch {
                        #expect(error as? StoreError == .full)
                        return false
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }
}
