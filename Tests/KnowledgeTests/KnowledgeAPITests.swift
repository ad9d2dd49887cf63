import Basics
import Bus
import Foundation
import HTTPTypes
import Knowledge
import Organization
import Store
import Support
import Testing
import Web

@Suite struct KnowledgeAPITests {
    private struct Shown: Decodable {
        let id: String
        let title: String
        let state: String
        let version: Int
        let phrasings: [String]
    }

    private struct Page: Decodable {
        let rows: [Shown]
        let next: String?
    }

    private struct Preview: Decodable {
        struct Row: Decodable { let line: Int }
        let `import`: String
        let good: [Row]
        let bad: [Row]
    }

    private struct Books: Decodable {
        struct Book: Decodable {
            let language: String
            let groups: [[String]]
        }
        let rows: [Book]
    }

    private struct Outcome: Decodable {
        let created: Int
        let updated: Int
    }

    /// The knowledge routes as one of the staff would call them.
    private struct Client {
        let routes: RouteClient

        func ask<Answer: Decodable>(
            _ method: HTTPRequest.Method, _ path: String, _ body: String = "", as: Answer.Type = Answer.self
        ) async throws -> Answer {
            try JSONDecoder().decode(Answer.self, from: Data(try await routes.ask(method, path, Array(body.utf8))))
        }
    }

    private func withClient(as role: Role = .supervisor, _ body: (Client, TestCompany) async throws -> Void) async throws {
        try await TestCompany.run { organization in
            let knowledge = Knowledge(
                database: organization.database, surroundings: organization.surroundings, facts: Facts(bus: MemoryBus()))
            return [knowledge.feature(audit: organization.audit)]
        } _: { company in
            let agent = try await company.hire("Mo", as: role)
            let routes = try #require(company.features.last).routes
            try await body(Client(routes: RouteClient(routes, as: company.staff(agent))), company)
        }
    }

    @Test func `an entry is written, published, revised and archived`() async throws {
        try await withClient { client, company in
            let body = #"{"language":"zh-CN","title":"怎么退货","phrasings":["退货流程"],"answer":"七天内可退。"}"#
            let written = try await client.ask(.post, "/api/knowledge", body, as: Shown.self)
            #expect(written.state == "draft" && written.version == 1)
            let published = try await client.ask(.post, "/api/knowledge/\(written.id)/publication", as: Shown.self)
            #expect(published.state == "published")
            let revised = try await client.ask(
                .put, "/api/knowledge/\(written.id)", body.replacing("七天", with: "十五天").replacing("}", with: #","version":1}"#),
                as: Shown.self
            )
            #expect(revised.version == 2)
            await #expect(throws: Refusal(.conflict, "knowledge.version")) {
                try await client.ask(
                    .put, "/api/knowledge/\(written.id)", body.replacing("}", with: #","version":1}"#), as: Shown.self
                )
            }
            _ = try await client.routes.ask(.delete, "/api/knowledge/\(written.id)")
            #expect(try await client.ask(.get, "/api/knowledge", as: Page.self).rows.isEmpty)
            #expect(try await client.ask(.get, "/api/knowledge?state=archived", as: Page.self).rows.map(\.title) == ["怎么退货"])
            let trail = try await company.database.read {
                try $0.rows("SELECT action FROM audit_entry WHERE action LIKE 'knowledge.%' ORDER BY number").map {
                    try $0("action") as String
                }
            }
            #expect(trail == ["knowledge.written", "knowledge.published", "knowledge.revised", "knowledge.archived"])
        }
    }

    @Test func `synonyms are written language by language, replace the earlier ones and leave a trail`() async throws {
        try await withClient { client, company in
            let path = "/api/knowledge/synonyms"
            #expect(try await client.ask(.get, path, as: Books.self).rows.map(\.groups) == [[], []])
            _ = try await client.routes.ask(.put, path, Array(#"{"language":"zh-CN","groups":[["旧","老"]]}"#.utf8))
            let written = try await client.ask(
                .put, path, #"{"language":"zh-CN","groups":[["静夜台灯"," 小夜 ","小夜"],[]]}"#, as: Books.Book.self)
            #expect(written.groups == [["静夜台灯", "小夜"]])
            let books = try await client.ask(.get, path, as: Books.self).rows
            #expect(books.map(\.language) == ["zh-CN", "en"] && books.map(\.groups) == [[["静夜台灯", "小夜"]], []])
            await #expect(throws: Refusal(.invalid, "synonyms.single", detail: "x")) {
                try await client.ask(.put, path, #"{"language":"en","groups":[["x"]]}"#, as: Books.Book.self)
            }
            let trail: Int? = try await company.database.read {
                try $0.value("SELECT COUNT(*) FROM audit_entry WHERE action = 'knowledge.synonyms'")
            }
            #expect(trail == 2)
        }
    }

    @Test func `a file is previewed, confirmed and comes out again`() async throws {
        try await withClient { client, _ in
            let preview = try await client.ask(
                .post, "/api/knowledge/imports?format=csv", "title,answer\n怎么退货,七天内可退。\n,空的\n", as: Preview.self
            )
            #expect(preview.good.map(\.line) == [2] && preview.bad.map(\.line) == [3])
            #expect(try await client.ask(.get, "/api/knowledge", as: Page.self).rows.isEmpty)
            let outcome = try await client.ask(
                .post, "/api/knowledge/imports/\(preview.import)/confirmation", "{}", as: Outcome.self)
            #expect(outcome.created == 1 && outcome.updated == 0)
            let export = try await client.routes.ask(.get, "/api/knowledge/export?format=markdown")
            #expect(String(decoding: export, as: UTF8.self).contains("七天内可退。"))
        }
    }

    @Test(arguments: [
        "/api/knowledge?state=open", "/api/knowledge?language=fr", "/api/knowledge?cursor=x", "/api/knowledge/export?format=xls",
    ])
    func `a word in the query that is not known is refused`(path: String) async throws {
        try await withClient { client, _ in
            await #expect { try await client.routes.ask(.get, path) } throws: { ($0 as? Refusal)?.kind == .invalid }
        }
    }

    @Test func `agents read and do not write`() async throws {
        try await withClient(as: .agent) { client, _ in
            _ = try await client.ask(.get, "/api/knowledge", as: Page.self)
            await #expect(throws: Refusal(.forbidden, "permission.missing", detail: "knowledge.edit")) {
                try await client.routes.ask(.post, "/api/knowledge", Array("{}".utf8))
            }
        }
    }
}
