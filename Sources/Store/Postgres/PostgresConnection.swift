import Foundation
import LibPQ

/// One blocking connection, for one thread. It stays in libpq's pipeline mode
/// (https://www.postgresql.org/docs/15/libpq-pipeline-mode.html), so that what needs no answer of its own (`BEGIN`,
/// `SAVEPOINT`, the preparing of a statement) travels with the statement behind it.
final class PostgresConnection {
    private let library: LibPQ
    private let connection: LibPQ.Connection
    private var prepared: [String: String] = [:]
    /// Sent before the next statement.
    private var pending: [String] = []
    private var isBegun = false
    /// Somebody ended the transaction before its time: whatever ran after that would commit by itself.
    private var isOver = false

    /// - Parameter address: a URI or keywords as libpq reads them; its environment variables and files count, too.
    init(_ address: String) throws {
        do { library = try LibPQ.shared.get() } catch { throw StoreError.unreachable(error.reason) }
        guard let connection = library.connect(address) else { throw StoreError.unreachable("out of memory") }
        self.connection = connection
        _ = library.setNoticeProcessor(connection, { _, _ in }, nil)
        guard library.status(connection) == 0 else { throw unreachable() }
        guard library.serverVersion(connection) >= 13_00_00 else {
            throw StoreError.unreachable("PostgreSQL 13 or newer is needed")
        }
        guard library.enterPipelineMode(connection) == 1 else { throw unreachable() }
        try settle()
    }

    /// An acknowledged commit is on disk whatever the server's default is, and every script has its characters.
    private func settle() throws {
        let settled = try exchange(
            """
            SELECT current_setting('server_encoding') AS encoding, set_config('client_encoding', 'UTF8', false),
                set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'
                    ELSE current_setting('synchronous_commit') END, false)
            """)
        guard let encoding = settled.rows.first.flatMap({ try? $0("encoding", as: String.self) }), encoding != "UTF8" else {
            return
        }
        throw StoreError.unreachable("the database's encoding is \(encoding), and it must be UTF8")
    }

    deinit { library.finish(connection) }

    /// Whether it can still be used.
    var isAlive: Bool { library.status(connection) == 0 }

    /// Runs the jobs in one transaction, commits it and does what follows. Nothing is repeated here.
    ///
    /// - Parameter begin: the statement that begins it.
    func commit(_ jobs: [Job], _ begin: String, _ order: CommitOrder) throws {
        (pending, isBegun, isOver) = ([begin], false, false)
        do {
            let actions = try jobs.flatMap { try jobs.count == 1 ? run($0) : runApart($0) }
            let turn = order.begin()
            do { try commit() } catch {
                order.end(turn)
                throw error
            }
            order.follow(turn, actions)
        } catch {
            try? rollBack()
            throw error
        }
    }

    private func run(_ job: Job) throws -> [@Sendable () -> Void] {
        let transaction = PostgresTransaction(self)
        try job.run(transaction)
        return transaction.actions
    }

    /// A job that fails by itself undoes only itself.
    private func runApart(_ job: Job) throws -> [@Sendable () -> Void] {
        pending.append("SAVEPOINT job")
        do {
            let actions = try run(job)
            pending.append("RELEASE job")
            return actions
        } catch let error as StoreError where error.endsTransaction {
            throw error
        } catch {
            pending.append("ROLLBACK TO job")
            return []
        }
    }

    private func commit() throws {
        guard isBegun else { return }
        guard !isOver else { throw StoreError.other("the transaction is over") }
        let answer: PostgresAnswer
        do { answer = try exchange("COMMIT") } catch StoreError.unreachable(let reason) { throw StoreError.unknown(reason) }
        // What failed before, and was not thrown, has undone everything.
        guard answer.tag == "COMMIT" else { throw StoreError.other("the transaction is over") }
    }

    private func rollBack() throws {
        pending = []
        if isBegun, isAlive { _ = try exchange("ROLLBACK") }
    }

    func run(_ statement: SQL) throws -> PostgresAnswer {
        guard !isOver else { throw StoreError.other("the transaction is over") }
        let answer = try exchange(statement)
        isOver = ["COMMIT", "ROLLBACK"].contains(answer.tag)
        return answer
    }

    private func exchange(_ statement: SQL) throws -> PostgresAnswer {
        let text = statement.text
        try send(text, statement.values.map(\.postgresText))
        return try collect()
    }

    // MARK: Sending

    private var expected = 0
    private var preparing: (text: String, place: Int)?

    private func send(_ text: String, _ values: [String?]) throws {
        for command in pending { try check(library.sendQueryParams(connection, command, 0, nil, nil, nil, nil, 0)) }
        (expected, pending, isBegun) = (pending.count, [], true)
        let name = prepared[text] ?? "s\(prepared.count + 1)"
        if prepared[text] == nil {
            try check(library.sendPrepare(connection, name, text, 0, nil))
            preparing = (text, expected)
            expected += 1
        }
        try withCStrings(values) { values in
            try check(library.sendQueryPrepared(connection, name, CInt(values.count), values, nil, nil, 0))
        }
        expected += 1
        try check(library.pipelineSync(connection))
    }

    private func withCStrings(_ texts: [String?], _ body: ([LibPQ.Text?]) throws -> Void) throws {
        let copies = texts.map { $0.map { strdup($0) } ?? nil }
        defer { copies.forEach { free($0) } }
        try body(copies.map { $0.map { LibPQ.Text($0) } })
    }

    private func check(_ isSent: CInt) throws {
        if isSent != 1 { throw unreachable() }
    }

    // MARK: Collecting

    /// The answers of everything sent, up to the mark behind it; gives the last, throws the first failure.
    private func collect() throws -> PostgresAnswer {
        var failure: StoreError?
        var answer: PostgresAnswer?
        for place in 0..<expected {
            while let result = library.getResult(connection) {
                defer { library.clear(result) }
                switch library.resultStatus(result) {
                case Self.commandOK, Self.tuplesOK: answer = PostgresAnswer(result, library)
                case Self.pipelineAborted: break
                default: failure = failure ?? StoreError(result, library)
                }
            }
            if let preparing, preparing.place == place, failure == nil { prepared[preparing.text] = "s\(prepared.count + 1)" }
        }
        preparing = nil
        try passMark()
        if let failure { throw failure }
        guard let answer, isAlive else { throw unreachable() }
        return answer
    }

    private func passMark() throws {
        guard let mark = library.getResult(connection) else { throw unreachable() }
        defer { library.clear(mark) }
        guard library.resultStatus(mark) == Self.pipelineSync else { throw unreachable() }
    }

    /// Of `ExecStatusType` in libpq-fe.h.
    private static let (commandOK, tuplesOK, pipelineSync, pipelineAborted): (CInt, CInt, CInt, CInt) = (1, 2, 10, 11)

    private func unreachable() -> StoreError {
        let message = String(cString: library.errorMessage(connection))
        return .unreachable(
            message.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "; "))
    }
}
