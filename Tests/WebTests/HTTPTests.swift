import Basics
import HTTPTypes
import Logging
import NIOCore
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1))) struct HTTPTests {
    private let dish = #"{"title":"麻婆豆腐","parts":[{"name":"tofu","grams":300}]}"#

    @Test func `a route answers JSON that nobody keeps`() async throws {
        try await withServer(kitchen()) { port in
            let answer = try await ask(port, "GET", "/api/dishes/7?title=a%20b+c")
            #expect(answer.status == 200)
            #expect(try JSON.read(Dish.self, from: answer.body) == Dish(title: "a b c", parts: []))
            #expect(answer.headers["content-type"] == "application/json")
            #expect(answer.headers["cache-control"] == "no-store")
            #expect(answer.headers["x-content-type-options"] == "nosniff")
        }
    }

    @Test(arguments: [
        ("GET", "/api/dishes/8", 404, "dish.unknown"), ("GET", "/api/dishes/x", 404, "dish.unknown"),
        ("GET", "/nowhere", 404, "path.unknown"), ("DELETE", "/api/dishes/7", 405, "method.unknown"),
        ("GET", "/api/dishes/%ff", 400, "url.malformed"), ("POST", "/api/fires", 500, "internal"),
        ("PUT", "/api/dishes/7", 401, "sign-in.required"),
    ])
    func `errors are JSON with a code`(method: String, path: String, status: Int, code: String) async throws {
        try await withServer(kitchen()) { port in
            let answer = try await ask(port, method, path, method == "GET" ? nil : "{}")
            #expect(answer.status == status)
            #expect(answer.code == code)
            #expect(!answer.text.contains("Broken"))
            if status == 405 { #expect(answer.headers["allow"] == "GET, PUT") }
        }
    }

    @Test(
        arguments: [
            ("{", 400, "json.malformed", nil), ("", 400, "json.malformed", nil), ("[1,]", 400, "json.malformed", nil),
            (#"{"title":"a","title":"b","parts":[]}"#, 400, "json.malformed", nil),
            (#"{"title":"\ud800","parts":[]}"#, 400, "json.malformed", nil),
            (#"{"parts":[]}"#, 422, "field.missing", "title"), (#"{"title":7,"parts":[]}"#, 422, "field.type", "title"),
            (#"{"title":null,"parts":[]}"#, 422, "field.type", "title"),
            (#"{"title":"a","parts":[{"grams":1}]}"#, 422, "field.missing", "parts.0.name"),
            (#"{"title":"a","parts":[],"price":1}"#, 422, "field.unknown", "price"),
            (#"{"title":"a","parts":[{"name":"b","kilo":1}]}"#, 422, "field.unknown", "parts.0.kilo"),
        ] as [(String, Int, String, String?)])
    func `bad bodies are named`(body: String, status: Int, code: String, field: String?) async throws {
        try await withServer(kitchen()) { port in
            let answer = try await ask(port, "POST", "/api/dishes", body, headers: ["Authorization": "Bearer cook"])
            #expect(answer.status == status)
            #expect(answer.code == code)
            if let field { #expect(answer.detail == field) }
        }
    }

    @Test func `invalid UTF-8 is refused`() async throws {
        try await withServer(kitchen()) { port in
            let body = Array(#"{"title":""#.utf8) + [0xC3, 0x28] + Array(#"","parts":[]}"#.utf8)
            let answer = try await ask(port, "POST", "/api/dishes", bytes: body, headers: ["Authorization": "Bearer cook"])
            #expect(answer.status == 400)
            #expect(answer.code == "json.encoding")
        }
    }

    @Test(arguments: [true, false])
    func `too large a body is refused`(isTold: Bool) async throws {
        try await withServer(kitchen()) { port in
            let answer = try await RawClient.dial(port) { connection in
                let head = "POST /api/photos HTTP/1.1\r\nHost: shop.example\r\n"
                let body = String(repeating: "x", count: 1001)
                try await connection.send(
                    head
                        + (isTold
                            ? "Content-Length: 1001\r\n\r\n\(body)"
                            : "Transfer-Encoding: chunked\r\n\r\n3e9\r\n\(body)\r\n0\r\n\r\n"))
                return try await connection.answer()
            }
            #expect(answer.status == 413)
            #expect(answer.code == "body.too-large")
        }
    }

    @Test func `a large body is taken only from those who may send it`() async throws {
        try await withServer(kitchen()) { port in
            let head = "POST /api/albums HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 900000\r\n"
            let refused = try await RawClient.dial(port) { connection in
                try await connection.send(head + "\r\n")
                return try await connection.answer()
            }
            #expect(refused.status == 401)
            let taken = try await RawClient.dial(port) { connection in
                try await connection.send(head + "Authorization: Bearer cook\r\n\r\n" + String(repeating: "x", count: 900_000))
                return try await connection.answer()
            }
            #expect(taken.status == 201 && taken.text == "900000")
        }
    }

    @Test(arguments: [true, false])
    func `whoever sends too much is answered at once, and goes on with the next request`(isTold: Bool) async throws {
        try await withServer(kitchen()) { port in
            try await RawClient.dial(port) { connection in
                let head = "POST /api/photos HTTP/1.1\r\nHost: shop.example\r\n"
                let body = String(repeating: "x", count: 1001)
                try await connection.send(
                    head + (isTold ? "Content-Length: 2000000\r\n\r\n" : "Transfer-Encoding: chunked\r\n\r\n3e9\r\n\(body)\r\n"))
                let answer = try await connection.answer()
                #expect((answer.status, answer.headers["connection"]) == (413, nil))
                let rest = String(repeating: "x", count: 2_000_000)
                try await connection.send(isTold ? rest : "1e8480\r\n\(rest)\r\n0\r\n\r\n")
                try await connection.send("GET /api/dishes/7 HTTP/1.1\r\nHost: shop.example\r\n\r\n")
                #expect(try await connection.answer().status == 200)
            }
        }
    }

    @Test(arguments: [("Content-Length: 3000001", true), ("Transfer-Encoding: chunked", false)])
    func `no more than so much of it is read on`(length: String, isTold: Bool) async throws {
        var patience = Patience()
        (patience.drained, patience.goodbye) = (3_000_000, 1)
        try await withServer(kitchen(patience: patience)) { port in
            try await RawClient.dial(port) { connection in
                try await connection.send("POST /nowhere HTTP/1.1\r\nHost: shop.example\r\n\(length)\r\n\r\n")
                let answer = try await connection.answer()
                #expect((answer.status, answer.headers["connection"]) == (404, isTold ? "close" : nil))
                let piece = String(repeating: "x", count: 1_000_000)
                for _ in 1...(isTold ? 3 : 4) { try await connection.send(isTold ? piece : "f4240\r\n\(piece)\r\n") }
                if isTold { try await connection.send("x") }
                #expect(try await connection.rest().isEmpty)
            }
        }
    }

    @Test func `whoever sends far more than is read on has the answer all the same, and a proper end`() async throws {
        var patience = Patience()
        (patience.drained, patience.goodbye) = (100_000, 60)
        try await withServer(kitchen(patience: patience)) { port in
            try await RawClient.dial(port) { connection in
                try await connection.send("POST /nowhere HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 8000000\r\n\r\n")
                // Our own half closes, too, once the other has: then not all of it gets away.
                try? await connection.send(String(repeating: "x", count: 8_000_000))
                #expect(try await connection.answer().status == 404)
                #expect(try await connection.more() == false)
            }
        }
    }

    @Test(arguments: [
        "GET /api/dishes/7 HTTP/1.1\r\nHost: shop.ex", "POST /api/photos HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\nx",
        "POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\nx",
    ])
    func `whoever sends drop by drop is cut`(beginning: String) async throws {
        var patience = Patience()
        (patience.idle, patience.body, patience.pause, patience.drain, patience.goodbye) = (2, 2, 2, 3, 1)
        try await withServer(kitchen(patience: patience)) { port in
            try await RawClient.dial(port) { connection in
                // On a busy machine it may be cut before.
                try? await connection.send(beginning)
                let dripping = Task { [drain = connection.outbound] in
                    while true {
                        try await drain.write(ByteBuffer(string: "x"))
                        try await Task.sleep(for: .milliseconds(300))
                    }
                }
                // At this pace the rest would take longer than this test may.
                _ = try await connection.rest()
                dripping.cancel()
            }
        }
    }

    @Test(arguments: [
        (HeadTooLarge.countLimit - 2, 10, 200), (HeadTooLarge.countLimit, 10, 431), (1, HeadTooLarge.fieldLimit - 10, 200),
        (1, HeadTooLarge.fieldLimit + 10, 431), (8, HeadTooLarge.limit / 8 + 10, 431),
    ])
    func `heads are read up to their limits`(count: Int, length: Int, status: Int) async throws {
        try await withServer(kitchen()) { port in
            try await RawClient.dial(port) { connection in
                let field = "a: \(String(repeating: "x", count: length))\r\n"
                try await connection.send(
                    "GET /api/dishes/7 HTTP/1.1\r\nHost: a\r\n\(String(repeating: field, count: count))\r\n")
                let answer = try await connection.answer()
                #expect(answer.status == status)
                if status == 431 { #expect(answer.code == "http.head-too-large") }
            }
        }
    }

    @Test func `a body may be left out where nothing in it must be said`() async throws {
        struct Wish: Codable, Sendable { let note: String? }
        let route = Route(.post, "/api/wishes", access: .open(because: "a wish"), summary: "", takes: Wish.self, gives: Wish.self)
        {
            _, wish in wish
        }
        try await withServer(kitchen(routes: [route])) { port in
            let nothing = try await ask(port, "POST", "/api/wishes")
            #expect((nothing.status, nothing.text) == (200, "{}"))
            #expect(try await ask(port, "POST", "/api/wishes", #"{"note":"a"}"#).text == #"{"note":"a"}"#)
            #expect(try await ask(port, "POST", "/api/wishes", "{").status == 400)
            #expect(try await ask(port, "GET", "/openapi.json").text.contains(#""requestBody":{"required":false"#))
        }
    }

    @Test(arguments: [
        (["Origin": "http://shop.example"], 200), (["Sec-Fetch-Site": "same-origin"], 200),
        (["Origin": "http://evil.example"], 403),
        ([:], 403), (["Sec-Fetch-Site": "cross-site"], 403), (["Origin": "null"], 403),
    ])
    func `a cookie changes something only from our own page`(headers: [String: String], status: Int) async throws {
        try await withServer(kitchen()) { [dish] port in
            let cookie = ["Cookie": "a=b; apron=cook"].merging(headers) { $1 }
            let byCookie = try await ask(port, "POST", "/api/dishes", dish, headers: cookie)
            #expect(byCookie.status == status)
        }
    }

    @Test func `rights are checked, wrong proof is refused`() async throws {
        try await withServer(kitchen()) { [dish] port in
            let forbidden = try await ask(port, "PUT", "/api/dishes/7", dish, headers: ["Authorization": "Bearer cook"])
            #expect(forbidden.code == "permission.missing")
            let wrong = try await ask(port, "PUT", "/api/dishes/7", dish, headers: ["Authorization": "Bearer thief"])
            #expect((wrong.status, wrong.code) == (401, "token.invalid"))
            let open = try await ask(port, "GET", "/api/dishes/7", headers: ["Authorization": "Bearer thief"])
            #expect(open.status == 200)
        }
    }

    @Test func `whoever asks too often is told when to come back`() async throws {
        try await withServer(kitchen()) { port in
            for _ in 1...2 { #expect(try await ask(port, "GET", "/api/bells").status == 200) }
            let answer = try await ask(port, "GET", "/api/bells")
            #expect((answer.status, answer.code) == (429, "rate.limited"))
            #expect((1...61).contains(Int(answer.headers["retry-after"] ?? "") ?? 0))
            // Somebody known counts for themselves, and another route is another matter.
            #expect(try await ask(port, "GET", "/api/bells", headers: ["Authorization": "Bearer cook"]).status == 200)
            #expect(try await ask(port, "GET", "/api/dishes/7").status == 200)
            let told = try await ask(port, "GET", "/openapi.json").text
            #expect(told.contains(#""x-rate-limit":{"name":"bells","per":"caller","perMinute":2}"#))
        }
    }

    @Test func `an outage that passes says when to come back`() async throws {
        try await withServer(kitchen()) { port in
            let answer = try await ask(port, "POST", "/api/loaves", "{}")
            #expect((answer.status, answer.code) == (503, "oven.cold"))
            #expect(answer.headers["retry-after"] == "5")
        }
    }

    @Test func `an installation may ask for another rate, or for none`() async throws {
        try await withServer(kitchen(perMinute: { _ in 0 })) { port in
            let statuses = try await withThrowingTaskGroup { group in
                for _ in 1...10 { group.addTask { try await ask(port, "GET", "/api/bells").status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == Array(repeating: 200, count: 10))
            #expect(!(try await ask(port, "GET", "/openapi.json").text.contains(#""x-rate-limit":"#)))
        }
    }

    @Test func `a head has no body, a raw route gives bytes, the rest of a path is one part`() async throws {
        try await withServer(kitchen()) { port in
            #expect(try await ask(port, "HEAD", "/api/dishes/7").headers["content-length"] != nil)
            let photo = try await ask(port, "POST", "/api/photos", "hello")
            #expect((photo.status, photo.text) == (201, "hello"))
            #expect(try await ask(port, "GET", "/api/files/a/b%2Fc.txt").text == "a/b/c.txt")
        }
    }

    @Test func `one connection carries many requests, also sent at once`() async throws {
        try await withServer(kitchen()) { port in
            try await RawClient.dial(port) { connection in
                let request = "GET /api/dishes/7 HTTP/1.1\r\nHost: shop.example\r\n\r\n"
                try await connection.send(request + request)
                for _ in 1...2 { #expect(try await connection.answer().status == 200) }
                try await connection.send(request)
                #expect(try await connection.answer().status == 200)
            }
        }
    }

    @Test func `a port in use is said plainly`() async throws {
        try await withServer(kitchen()) { port in
            var options = WebServer.Options()
            options.port = port
            let second = WebServer(routes: [], options: options, logger: .init(label: "second")) { _ in nil }
            await #expect(throws: CannotListen.self) { try await second.run() }
        }
    }
}
