import Support
import Testing

@testable import Store

/// What only PostgreSQL has; run where there is one.
@Suite(.enabled(if: postgresAddress != nil)) struct PostgresTests {
    @Test func `a commit is on disk before it is answered, whatever the server's default is`() async throws {
        let database = try PostgresDatabase(postgresAddress! + "?options=-csynchronous_commit%3Doff", connections: 3)
        for level in [
            try await database.write { try $0.value("SHOW synchronous_commit", as: String.self) },
            try await database.append { try $0.value("SHOW synchronous_commit", as: String.self) },
        ] {
            #expect(level == "on")
        }
        try await database.close()
    }

    @Test(arguments: [
        ("postgres://nobody@127.0.0.1:1/none", "Connection refused"),
        ("postgres://host.invalid/none", "could not translate host name"),
        ("nonsense", "missing \"=\" after \"nonsense\""),
    ])
    func `a server that cannot be used is told in one line`(address: String, reason: String) throws {
        do {
            _ = try PostgresDatabase(address)
            Issue.record("it was opened")
        } catch StoreError.unreachable(let told) { #expect(told.contains(reason) && !told.contains("\n"), "\(told)") }
    }

    @Test func `writes that get in each other's way are done one after the other`() async throws {
        let schema = Migration("test.seat", "CREATE TABLE seat (number BIGINT PRIMARY KEY)")
        try await withDatabase([schema], connections: 9) { database in
            await withTaskGroup { group in
                for _ in 0..<200 {
                    group.addTask {
                        // Two who see the same free seat would both sit down.
                        try? await database.write { transaction in
                            let taken = try transaction.value("SELECT count(*) FROM seat", as: Int.self) ?? 0
                            guard taken < 20 else { return }
                            try transaction.run("INSERT INTO seat (number) VALUES (\(Int.random(in: 0..<1 << 40)))")
                        }
                    }
                }
            }
            let taken = try await database.read { try $0.value("SELECT count(*) FROM seat", as: Int.self) }
            #expect(taken == 20)
        }
    }

    @Test func `a connection that was cut is made anew, and nothing is lost or done twice`() async throws {
        let schema = Migration("test.line", "CREATE TABLE line (number BIGINT PRIMARY KEY)")
        try await withDatabase([schema]) { database in
            for number in 0..<40 {
                if number % 8 == 4 { try await cutOthers(of: database) }
                try await database.write { try $0.run("INSERT INTO line (number) VALUES (\(number))") }
                let lines = try await database.read { try $0.value("SELECT count(*) FROM line", as: Int.self) }
                #expect(lines == number + 1)
            }
        }
    }

    /// Ends every connection of this test but the one that says so.
    private func cutOthers(of database: any Database) async throws {
        try await database.read { transaction in
            _ = try transaction.rows(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()
                    AND application_name = current_setting('application_name')
                """)
        }
    }
}
