import Foundation
import Support
import Synchronization
import Testing

@testable import Store

private let schema = Migration("test.1", "CREATE TABLE word (id BIGINT PRIMARY KEY, text TEXT NOT NULL)")

private final class Flag: Sendable {
    private let state = Mutex(false)
    var isUp: Bool {
        get { state.withLock(\.self) }
        set { state.withLock { $0 = newValue } }
    }
}

/// A server's database while everything moves.
@Suite struct SwitchingDatabaseTests {
    private func atWork(
        _ body: (SwitchingDatabase, any Database, any Database, Promoter) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        try await withDatabase { other in
            try await other.write { try $0.run("DROP TABLE migration") }
            let path = folder.file("old.sqlite")
            let source = try SQLiteDatabase(path: path)
            try await source.migrate([schema])
            let promoting = try SQLiteDatabase(path: path)
            let switching = SwitchingDatabase(source, nil, token: "server", open: { _ in other }, promoter: { _ in .alive })
            let promoter = Promoter(
                from: promoting, to: other, id: "one", migrations: [schema], runningServer: { "server" }, tell: { _ in })
            try await body(switching, source, other, promoter)
            try await promoting.close()
        }
        folder.remove()
    }

    /// Writes without a pause, and looks after each write whether it can be read.
    @Test func `whoever writes and reads notices nothing, and nothing is lost`() async throws {
        try await atWork { switching, source, other, promoter in
            let isOver = Flag()
            try await withThrowingTaskGroup { group in
                group.addTask {
                    while !isOver.isUp {
                        try await switching.look()
                        try await Task.sleep(for: .milliseconds(20))
                    }
                }
                for writer in 0..<4 {
                    group.addTask {
                        var number = 0
                        while !isOver.isUp {
                            let id = number * 4 + writer
                            try await switching.write { try $0.run("INSERT INTO word (id, text) VALUES (\(id), 'x')") }
                            let isThere = try await switching.read { try $0.row("SELECT id FROM word WHERE id = \(id)") != nil }
                            #expect(isThere, "\(id) was written and cannot be read")
                            number += 1
                        }
                        let written = number
                        let found = try await other.read {
                            try $0.value("SELECT count(*) FROM word WHERE id % 4 = \(writer)", as: Int.self)
                        }
                        #expect(found == written)
                    }
                }
                defer { isOver.isUp = true }
                try await promoter.run()
                try await Task.sleep(for: .milliseconds(200))
                isOver.isUp = true
                try await group.waitForAll()
            }
            #expect(switching.dialect == other.dialect)
        }
    }

    @Test func `a read that begins after the switch does not see the old database`() async throws {
        try await atWork { switching, source, other, promoter in
            try await switching.write { try $0.run("INSERT INTO word (id, text) VALUES (1, 'old')") }
            async let moved: Void = promoter.run()
            for _ in 1...20 {
                try await switching.look()
                try await Task.sleep(for: .milliseconds(100))
                if try await other.read({ try Promotion.found(in: $0, other.dialect)?.phase }) == .truth { break }
            }
            try await moved
            try await other.write { try $0.run("UPDATE word SET text = 'new'") }
            #expect(try await switching.read { try $0.value("SELECT text FROM word", as: String.self) } == "new")
        }
    }

    @Test func `without the server's word nothing is switched`() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try await withDatabase { other in
            try await other.write { try $0.run("DROP TABLE migration") }
            let source: any Database = try SQLiteDatabase(path: folder.file("old.sqlite"))
            try await source.migrate([schema])
            let promoter = Promoter(
                from: source, to: other, id: "one", migrations: [schema], runningServer: { "silent" }, tell: { _ in },
                witnessWithin: .milliseconds(300))
            await #expect(throws: PromotionError.unwitnessed) { try await promoter.run() }
            try await source.write { try $0.run("INSERT INTO word (id, text) VALUES (1, 'still here')") }
            try await source.close()
        }
    }

    @Test func `a promotion whose process is gone is forgotten`() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let source = try SQLiteDatabase(path: folder.file("old.sqlite"))
        try await source.migrate([schema])
        let target = try SQLiteDatabase(path: folder.file("new.sqlite"))
        let begun = Mutex(false)
        let promoter = Promoter(
            from: source, to: target, id: "one", migrations: [schema],
            runningServer: {
                begun.withLock { $0 = true }; return "silent"
            },
            tell: { _ in })
        let promotion = Task { try await promoter.run() }
        while !begun.withLock(\.self) { try await Task.sleep(for: .milliseconds(10)) }
        let switching = SwitchingDatabase(
            source, Promotion(id: "one", phase: .copying), token: "server", open: { _ in target }, promoter: { _ in .gone })
        try await switching.look()
        #expect(try await source.read { try Promotion.found(in: $0, .sqlite)?.phase } == .truth)
        #expect(try await source.read { try $0.rows("SELECT 1 FROM sqlite_master WHERE name LIKE 'promotion_INSERT%'") }.isEmpty)
        promotion.cancel()
        _ = await promotion.result
        try await source.close()
        try await target.close()
    }
}
