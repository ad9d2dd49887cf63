import Basics
import HTTPTypes
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1))) struct EgressTests {
    @Test(
        arguments: [
            ("8.8.8.8", .everywhere), ("1.1.1.1", .everywhere), ("2606:4700:4700::1111", .everywhere),
            ("127.0.0.1", .inside), ("127.8.8.8", .inside), ("10.1.2.3", .inside), ("172.16.0.1", .inside),
            ("172.32.0.1", .everywhere),
            ("192.168.1.1", .inside), ("100.64.0.1", .inside), ("::1", .inside), ("fd00::1", .inside),
            ("0.0.0.0", .never), ("169.254.169.254", .never), ("fe80::1", .never), ("::", .never), ("224.0.0.1", .never),
            ("255.255.255.255", .never), ("ff02::1", .never), ("192.0.2.7", .never), ("198.18.0.1", .never),
            ("2001:db8::1", .never),
            ("2001::1", .never), ("::ffff:127.0.0.1", .inside), ("::ffff:169.254.169.254", .never),
            ("::ffff:8.8.8.8", .everywhere),
            ("64:ff9b::a00:1", .inside), ("64:ff9b::808:808", .everywhere), ("2002:a00:1::", .inside),
            ("2002:a9fe:a9fe::1", .never),
            ("::127.0.0.1", .inside), ("64:ff9b:1::1", .never),
        ] as [(String, NetworkAddress.Reach)])
    func `every kind of address is known`(address: String, reach: NetworkAddress.Reach) {
        #expect(NetworkAddress(address)?.reach == reach)
    }

    @Test(arguments: [
        "http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://[::1]/",
        "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/", "https://169.254.169.254/latest/meta-data/",
    ])
    func `inside is not dialled, however it is spelled`(url: String) async {
        await #expect(
            performing: { try await Egress().send(.get, url) },
            throws: { if case Egress.Failure.address = $0 { true } else { false } }
        )
    }

    @Test(arguments: [
        "ftp://shop.example/", "file:///etc/passwd", "http://me:secret@shop.example/", "shop.example", "",
        "http://%6c%6fcalhost/",
    ])
    func `only web addresses are dialled`(url: String) async {
        await #expect(throws: Egress.Failure.url) { try await Egress().send(.get, url) }
    }

    @Test func `one bad address among several is enough, and metadata is never reached`() async {
        let egress = Egress(allowsInside: true) { _ in [NetworkAddress("8.8.8.8")!, NetworkAddress("169.254.169.254")!] }
        await #expect(throws: Egress.Failure.address("169.254.169.254")) { try await egress.send(.get, "http://shop.example/") }
    }

    @Test func `a name that changes after the check gains nothing`() async throws {
        try await withServer(kitchen()) { port in
            // Only the checked address can lead to this server: the name itself does not exist.
            let egress = Egress(allowsInside: true) { _ in [NetworkAddress("127.0.0.1")!] }
            let answer = try await egress.send(.post, "http://does-not.exist.invalid:\(port)/api/photos", body: Array("hi".utf8))
            #expect(answer.status == .created)
            #expect(answer.body == Array("hi".utf8))
        }
    }

    @Test func `redirects are told, large answers and slow ones are cut`() async throws {
        let away = Route(.get, "/away", access: .open(because: "test"), summary: "", gives: []) { _ in
            Reply(.found, headers: [.location: "http://169.254.169.254/"])
        }
        let large = Route(.get, "/large", access: .open(because: "test"), summary: "", gives: []) { _ in
            Reply(.ok, .bytes([UInt8](repeating: 1, count: 5000)))
        }
        let slow = Route(.get, "/slow", access: .open(because: "test"), summary: "", gives: []) { _ in
            try await Task.sleep(for: .seconds(60))
            return Reply()
        }
        try await withServer(kitchen(routes: [away, large, slow])) { port in
            let egress = Egress(allowsInside: true, largestAnswer: 1000)
            let redirect = try await egress.send(.get, "http://127.0.0.1:\(port)/away")
            #expect(redirect.status == .found)
            await #expect(throws: Egress.Failure.tooLarge) { try await egress.send(.get, "http://127.0.0.1:\(port)/large") }
            let hasty = Egress(allowsInside: true, timeout: .milliseconds(500))
            await #expect(throws: Egress.Failure.timedOut) { try await hasty.send(.get, "http://127.0.0.1:\(port)/slow") }
        }
    }

    @Test func `what goes out is what was given`() async throws {
        let mirror = Route(.post, "/mirror", access: .open(because: "test"), summary: "", takes: ["*/*"], gives: []) { call in
            let lines = call.headers.map { "\($0.name.canonicalName): \($0.value)" }.sorted()
            return Reply(.ok, .bytes(Array(lines.joined(separator: "\n").utf8)))
        }
        try await withServer(kitchen(routes: [mirror])) { port in
            let egress = Egress(allowsInside: true) { _ in [NetworkAddress("127.0.0.1")!] }
            let headers: HTTPFields = [.userAgent: "Kitchen", HTTPField.Name("x-empty")!: ""]
            let answer = try await egress.send(.post, "http://shop.example:\(port)/mirror", headers: headers)
            let lines = ["accept: */*", "content-length: 0", "user-agent: Kitchen", "x-empty: "]
            #expect(String(decoding: answer.body, as: UTF8.self) == lines.joined(separator: "\n"))
        }
    }

    @Test func `a host is dialled at the next of its addresses where one refuses`() async throws {
        try await withServer(kitchen()) { port in
            let addresses = ["::1", "127.0.0.1"].map { NetworkAddress($0)! }
            let egress = Egress(allowsInside: true) { _ in addresses }
            let answer = try await egress.send(.post, "http://shop.example:\(port)/api/photos", body: Array("hi".utf8))
            #expect(answer.status == .created)
        }
        let nobody = Egress(allowsInside: true) { _ in [NetworkAddress("127.0.0.1")!] }
        await #expect(throws: Egress.Failure.unreachable("Couldn't connect to server")) {
            try await nobody.send(.get, "http://shop.example:1/")
        }
    }

    @Test func `a path in any script is encoded on its way`() async throws {
        let back = Route(.get, "/{path}", access: .open(because: "test"), summary: "", gives: []) { call in
            Reply(.ok, .bytes(Array(call.parameters["path", default: ""].utf8)))
        }
        try await withServer(kitchen(routes: [back])) { port in
            let answer = try await Egress(allowsInside: true).send(.get, "http://127.0.0.1:\(port)/回调?来=晚")
            #expect(String(decoding: answer.body, as: UTF8.self) == "回调")
        }
    }

    @Test func `whoever gives up does not wait for the answer`() async throws {
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
        let slow = Route(.get, "/slow", access: .open(because: "test"), summary: "", gives: []) { _ in
            arrival.yield()
            try await Task.sleep(for: .seconds(3600))
            return Reply()
        }
        try await withServer(kitchen(routes: [slow])) { port in
            let asking = Task {
                try await Egress(allowsInside: true, timeout: .seconds(30)).send(.get, "http://127.0.0.1:\(port)/slow")
            }
            for await _ in arrivals { break }
            asking.cancel()
            await #expect(throws: CancellationError.self) { try await asking.value }
        }
    }

    @Test func `a certificate must be trusted and name the host`() async throws {
        try await withSecureServer(named: "shop.example") { port, certificate in
            func status(of host: String, authorities: String?) async throws -> Int {
                let egress = Egress(allowsInside: true, authorities: authorities) { _ in [NetworkAddress("127.0.0.1")!] }
                return try await egress.send(.get, "https://\(host):\(port)/").status.code
            }
            let trusted = try await status(of: "shop.example", authorities: certificate)
            #expect(trusted == 200)
            for (host, authorities) in [("shop.example", nil), ("other.example", certificate)] {
                await #expect(throws: Egress.Failure.unreachable("SSL peer certificate or SSH remote key was not OK")) {
                    try await status(of: host, authorities: authorities)
                }
            }
        }
    }
}
