package import Basics
package import Channels
package import Conversations
import HTTPTypes
package import Organization
import Routing
import Synchronization
package import Web

/// Somebody who uses the product through its routes.
package struct TestPerson: Sendable {
    private let client: RouteClient

    package init(_ caller: (any Caller)?, routes: [Route]) { client = RouteClient(routes, as: caller) }

    package func get(_ path: String) async throws -> TestAnswer { try await ask(.get, path, "{}") }
    package func post(_ path: String, _ json: String = "{}") async throws -> TestAnswer { try await ask(.post, path, json) }
    package func put(_ path: String, _ json: String) async throws -> TestAnswer { try await ask(.put, path, json) }
    package func delete(_ path: String) async throws -> TestAnswer { try await ask(.delete, path, "{}") }

    private func ask(_ method: HTTPRequest.Method, _ path: String, _ json: String) async throws -> TestAnswer {
        TestAnswer(status: 200, headers: [:], body: try await client.ask(method, path, Array(json.utf8)))
    }
}

extension TestAnswer {
    package func read<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value { try JSON.read(type, from: body) }
}

/// A sender's id that was never used before.
package func freshClient() -> String { "c-\(lastClient.add(1, ordering: .relaxed).newValue)" }

private let lastClient = Atomic<Int>(0)

private func written(_ members: [String: String?]) throws -> String {
    String(decoding: try JSON.write(members.compactMapValues { $0 }), as: UTF8.self)
}

/// A customer at the shop's site.
package struct TestCustomer: Sendable {
    package let visitor: Visitor
    package let person: TestPerson

    package var conversation: ID<Conversation> { ID(rawValue: visitor.conversation) }

    @discardableResult
    package func say(_ text: String, client: String = freshClient()) async throws -> Appended {
        try await person.post("/api/visit/entries", written(["client": client, "text": text])).read()
    }

    /// The conversation as it stands.
    package func visit() async throws -> Visits.Welcome { try await person.get("/api/visit").read() }
    package func askForPerson() async throws { _ = try await person.post("/api/visit/handoff") }
    package func leave() async throws { _ = try await person.post("/api/visit/closure") }

    package func read(upTo number: Int64) async throws {
        _ = try await person.post("/api/visit/reads", #"{"number":\#(number)}"#)
    }

    package func rate(_ session: ID<Session>, stars: Int, reason: String? = nil) async throws {
        let reason = try reason.map { try #","reason":"# + written(["r": $0]).dropFirst(5).dropLast() } ?? ""
        _ = try await person.post("/api/visit/ratings", #"{"session":"\#(session)","stars":\#(stars)\#(reason)}"#)
    }
}

/// Somebody who answers.
package struct TestClerk: Sendable {
    package let staff: Staff
    package let person: TestPerson
    private let house: TestHouse

    package init(staff: Staff, person: TestPerson, house: TestHouse) {
        (self.staff, self.person, self.house) = (staff, person, house)
    }

    package var id: ID<Agent> { staff.agent }

    private func path(_ customer: TestCustomer, _ rest: String = "") -> String {
        "/api/conversations/\(customer.conversation)\(rest)"
    }

    @discardableResult
    package func say(
        _ text: String, to customer: TestCustomer, client: String = freshClient(), epoch: Int64? = nil
    ) async throws -> Appended {
        let epoch = epoch.map { #","epoch":\#($0)"# } ?? ""
        let said = String(try written(["client": client, "text": text]).dropLast()) + epoch + "}"
        return try await person.post(path(customer, "/entries"), said).read()
    }

    @discardableResult
    package func note(_ text: String, on customer: TestCustomer, client: String = freshClient()) async throws -> Appended {
        try await person.post(path(customer, "/notes"), written(["client": client, "text": text])).read()
    }

    package func take(_ customer: TestCustomer) async throws { _ = try await person.post(path(customer, "/takeover")) }

    package func transfer(_ customer: TestCustomer, to clerk: TestClerk, reason: String = "yours") async throws {
        _ = try await person.post(path(customer, "/transfers"), written(["agent": "\(clerk.id)", "reason": reason]))
    }

    package func transfer(_ customer: TestCustomer, to team: ID<Team>, reason: String = "theirs") async throws {
        _ = try await person.post(path(customer, "/transfers"), written(["team": "\(team)", "reason": reason]))
    }

    package func close(_ customer: TestCustomer, category: String? = nil, note: String? = nil) async throws {
        _ = try await person.post(path(customer, "/closure"), written(["category": category, "note": note]))
    }

    package func read(_ customer: TestCustomer, upTo number: Int64) async throws {
        _ = try await person.post(path(customer, "/reads"), #"{"number":\#(number)}"#)
    }

    package func open(_ customer: TestCustomer) async throws -> Opened { try await person.get(path(customer)).read() }

    package func list(_ list: Inbox.List, limit: Int = 50, after cursor: String? = nil) async throws -> Inbox.Page {
        let cursor = cursor.map { "&cursor=\($0)" } ?? ""
        return try await person.get("/api/conversations?list=\(list)&limit=\(limit)\(cursor)").read()
    }

    package func counts() async throws -> Inbox.Counts { try await person.get("/api/conversations/counts").read() }

    package func choose(_ presence: Presence) async throws {
        _ = try await person.put("/api/me/presence", #"{"presence":"\#(presence.rawValue)"}"#)
    }

    /// A desk of this agent is connected, or one is gone.
    package func sitDown() async throws { try await changeDesk(isConnected: true) }
    package func standUp() async throws { try await changeDesk(isConnected: false) }

    private func changeDesk(isConnected: Bool) async throws {
        try await house.routing.dispatching.deskChanged(
            of: id, workspace: staff.workspace, isConnected: isConnected)
    }
}
