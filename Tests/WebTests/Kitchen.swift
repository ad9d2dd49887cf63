import Basics
import HTTPTypes
import Logging

@testable import Web

/// A made-up product that has one route of every kind.
struct Cook: Caller {
    var key: String { "cook.1" }
    func may(_ permission: Permission) -> Bool { permission == "cook" }
}

struct Dish: Codable, Sendable, Equatable {
    struct Part: Codable, Sendable, Equatable {
        let name: String
        let grams: Int?
    }
    let title: String
    var note: String?
    let parts: [Part]
}

func kitchenRoutes() -> [Route] {
    [
        Route(
            .get, "/api/dishes/{dish}", command: "serve", access: .open(because: "a menu"), summary: "One dish.",
            query: ["title": "another title"], takes: Nothing.self, gives: Dish.self
        ) { call, _ in
            let id: ID<Dish> = try call.parameter("dish")
            guard id.rawValue == 7 else { throw Refusal(.notFound, "dish.unknown") }
            return Dish(title: try call.query("title") ?? "soup", parts: [])
        },
        Route(
            .post, "/api/dishes", command: "cook", access: .needs("cook"), summary: "Cooks.", takes: Dish.self, gives: Dish.self
        ) {
            _, dish in dish
        },
        Route(
            .post, "/api/guests/tastes", command: "taste", access: .needs("own"), summary: "", takes: Nothing.self,
            gives: Dish.self
        ) {
            _, _ in Dish(title: "owner's", parts: [])
        },
        Route(.post, "/api/tastes", command: "taste", access: .needs("cook"), summary: "", takes: Nothing.self, gives: Dish.self)
        {
            _, _ in Dish(title: "cook's", parts: [])
        },
        Route(.put, "/api/dishes/{dish}", access: .needs("own"), summary: "Changes.", takes: Dish.self, gives: Dish.self) {
            _, dish in dish
        },
        Route(
            .post, "/api/fires", access: .open(because: "a fault"), summary: "Breaks.", takes: Nothing.self, gives: Nothing.self
        ) { _, _ in
            throw Broken()
        },
        Route(
            .post, "/api/loaves", command: "bake", access: .open(because: "an oven"), summary: "Never bakes.",
            takes: Nothing.self, gives: Nothing.self
        ) { _, _ in
            throw ColdOven()
        },
        Route(.post, "/api/photos", access: .open(because: "a photo"), summary: "Keeps.", limit: 1000, gives: ["text/plain"]) {
            call in
            Reply(.created, headers: [.contentType: "text/plain"], .bytes(call.body))
        },
        Route(.post, "/api/albums", access: .needs("cook"), summary: "Keeps many.", limit: 1_000_000, gives: ["text/plain"]) {
            call in
            Reply(.created, headers: [.contentType: "text/plain"], .bytes(Array("\(call.body.count)".utf8)))
        },
        Route(.get, "/api/files/{file...}", access: .open(because: "a file"), summary: "Reads.", gives: ["text/plain"]) { call in
            Reply(.ok, headers: [:], .bytes(Array((try call.parameter("file", as: String.self)).utf8)))
        },
    ]
        + [
            Route(
                .get, "/api/bells", command: "ring", access: .open(because: "a bell"), summary: "Rings.", takes: Nothing.self,
                gives: Nothing.self
            ) { _, _ in Nothing() }
        ].rated(Rate("bells", per: .caller, perMinute: 2, explanation: "How often one may ring."))
}

struct Broken: Error {}

extension Frame {
    /// `{"type":name, …}` with the fields after the type.
    static func fact(_ name: String, _ fields: some Encodable) throws -> Frame {
        Frame(try JSON.write(fields, after: [("type", name)]))
    }
}

struct ColdOven: Outage {
    var refusal: Refusal? { Refusal(.unavailable, "oven.cold") }
}

func kitchen(
    routes: [Route] = kitchenRoutes(), gate: (any Gate)? = nil, timing: Live.Timing = Live.Timing(),
    patience: Patience = Patience(), perMinute: @escaping @Sendable (Rate) -> Int = { $0.perMinute }, metrics: Metrics = Metrics()
) -> WebServer {
    var options = WebServer.Options()
    (options.timing, options.patience, options.perMinute) = (timing, patience, perMinute)
    options.port = 0
    options.cookie = "apron"
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    return WebServer(
        routes: routes, gate: gate, options: options, metrics: metrics, logger: logger,
        originAllowed: { $0 == "https://friend.example" }
    ) { proof in
        switch (proof.bearer, proof.cookie) {
        case ("cook", _), (_, "cook"): Cook()
        case (nil, nil): nil
        default: throw Refusal(.unauthorized, "token.invalid")
        }
    }
}
