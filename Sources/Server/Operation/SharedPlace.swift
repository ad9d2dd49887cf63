import Basics
import Channels
import Store

/// Where attachments are, for those who share them. The database and the place bear the same random mark: a node whose folder
/// is not the one that the others use would take in files that nobody else finds, and a bucket of another installation would
/// be tidied by both.
struct SharedPlace: Sendable {
    static let migration = Migration(
        "operation.3",
        "CREATE TABLE attachment_place (id BIGINT PRIMARY KEY, mark TEXT NOT NULL, is_marked BIGINT NOT NULL)")

    let ground: Ground
    let files: any AttachmentKeeping

    /// Marks a place at the first start, or finds that it is the one that belongs to the database.
    func agree() async throws {
        let (mark, isMarked) = try await noted()
        switch try await found() {
        case mark: break
        case nil where !isMarked: return try await leave(mark)
        case let found: throw misplaced(found, instead: mark)
        }
        _ = try await noteMarked()
    }

    /// Fails as ``agree()`` would; changes nothing.
    func check() async throws {
        let found = try await found()
        let noted = try await ground.database.read { transaction -> String? in
            // An older schema has no place for it yet.
            let isThere = try transaction.row("SELECT name FROM migration WHERE name = \(Self.migration.name)") != nil
            return isThere ? try transaction.value("SELECT mark FROM attachment_place WHERE is_marked = 1") : nil
        }
        if let noted, found != noted { throw misplaced(found, instead: noted) }
    }

    private func leave(_ mark: String) async throws {
        let isOurs = try await reached { try await files.leaveMark(mark) }
        guard try await !noteMarked(), isOurs else { return }
        // In a folder that all share only the first could have left it.
        try await files.removeMark()
        throw misplaced(nil, instead: mark)
    }

    /// The mark that everybody leaves who is first.
    private func noted() async throws -> (mark: String, isMarked: Bool) {
        let mark = ground.surroundings.makeToken(bytes: 16)
        return try await ground.database.write { transaction in
            try transaction.run(
                "INSERT INTO attachment_place (id, mark, is_marked) VALUES (1, \(mark), 0) ON CONFLICT (id) DO NOTHING")
            let row = try transaction.row("SELECT mark, is_marked FROM attachment_place")!
            return (try row("mark"), try row("is_marked"))
        }
    }

    /// - Returns: Whether nobody had noted it before.
    private func noteMarked() async throws -> Bool {
        try await ground.database.write { transaction in
            try transaction.run("UPDATE attachment_place SET is_marked = 1 WHERE is_marked = 0") == 1
        }
    }

    private func found() async throws -> String? { try await reached { try await files.readMark() } }

    private func reached<Answer>(_ ask: () async throws -> Answer) async throws -> Answer {
        do { return try await ask() } catch { throw Misuse("cannot keep attachments in \(files): \(error)") }
    }

    private func misplaced(_ found: String?, instead mark: String) -> Misuse {
        guard found == nil else {
            return Misuse("\(files) holds the attachments of another installation: choose another place for '--attachments'")
        }
        return Misuse(
            """
            \(files) is not where the attachments of this database are: '--attachments' must name one place for all nodes \
            (if you moved them here without it, put a file '\(AttachmentMark.name)' with '\(mark)' beside them)
            """)
    }
}

extension Contents {
    /// Nil where the attachments are in a folder beside the one database file.
    func place(_ ground: Ground) -> SharedPlace? {
        let isShared = ground.isCluster || channels.attachments.files is BucketAttachments
        return isShared ? SharedPlace(ground: ground, files: channels.attachments.files) : nil
    }
}
