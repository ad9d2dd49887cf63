import Bus
import Foundation
import Support
import Testing

/// What is particular about NATS: who may connect, by which way, and what is said when that fails.
@Suite(.timeLimit(.minutes(1))) struct NATSTests {
    private func open(_ servers: String, credentials: String? = nil, authorities: String? = nil) throws -> any Bus {
        try NATSBus.open(NATSBus.Address(servers, prefix: "test", credentials: credentials, authorities: authorities))
    }

    /// Two nodes hear each other.
    private func works(_ open: () throws -> any Bus) async throws {
        let nodes = [try open(), try open()]
        try await Listener(nodes[1], "c.1").isReached(by: nodes[0])
    }

    private func refusal(_ open: () throws -> any Bus) -> BusError? {
        do { _ = try open() } catch { return error as? BusError }
        return nil
    }

    @Test func `a server that is not there is worth waiting for`() throws {
        let address = "nats://127.0.0.1:\(ServerProcess.freePort())"
        let error = try #require(refusal { try open(address) })
        #expect(error.mayPass)
        #expect(error.reason.hasPrefix("NATS at \(address): "))
    }

    @Test func `of several servers one that is there is enough`() async throws {
        let server = try NATSServer()
        try await works { try open("nats://127.0.0.1:\(ServerProcess.freePort()),127.0.0.1:\(server.port)") }
    }

    @Test func `user and password stand in the address and are never shown`() async throws {
        let server = try NATSServer("authorization { user: desk, password: s3cret }")
        try await works { try open("nats://desk:s3cret@127.0.0.1:\(server.port)") }
        for wrong in ["desk:guess-s3cret@", "s3cret:desk@", ""] {
            let error = try #require(refusal { try open("nats://\(wrong)127.0.0.1:\(server.port)") })
            #expect(
                error == .unknownUser("NATS at nats://127.0.0.1:\(server.port) refuses the user name, password or credentials"))
        }
    }

    @Test func `a credentials file proves who we are`() async throws {
        let (ours, theirs) = (NATSIdentity(), NATSIdentity())
        let server = try NATSServer(ours.settings)
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        for (name, identity) in [("ours", ours), ("theirs", theirs)] {
            try identity.credentials.write(toFile: folder.file(name), atomically: true, encoding: .utf8)
        }
        try await works { try open(server.address, credentials: folder.file("ours")) }
        let stranger = try #require(refusal { try open(server.address, credentials: folder.file("theirs")) })
        #expect(!stranger.mayPass && stranger.reason.hasSuffix("refuses the user name, password or credentials"))
        #expect(
            refusal { try open(server.address, credentials: folder.file("none")) }
                == .unusable("the file \(folder.file("none")) cannot be read"))
    }

    @Test(arguments: ["publish: \"test.>\", subscribe: \"elsewhere\"", "publish: \"elsewhere\", subscribe: \"test.>\""])
    func `without rights nothing begins`(rights: String) throws {
        let server = try NATSServer(
            "authorization { users = [ { user: desk, password: s3cret, permissions: { \(rights) } } ] }")
        let error = try #require(refusal { try open("nats://desk:s3cret@127.0.0.1:\(server.port)") })
        #expect(!error.mayPass)
        #expect(
            error.reason.hasPrefix(
                "NATS at nats://127.0.0.1:\(server.port) does not let us publish and subscribe to test.>: Permissions Violation"))
    }

    @Test func `rights to our prefix are all that is needed`() async throws {
        let server = try NATSServer(
            "authorization { users = [ { user: desk, password: s3cret, permissions: { publish: \"test.>\", subscribe: \"test.>\" } } ] }"
        )
        try await works { try open("nats://desk:s3cret@127.0.0.1:\(server.port)") }
    }

    @Test func `TLS trusts the given authorities only, and the right host only`() async throws {
        let (folder, other) = (try TemporaryFolder(), try TemporaryFolder())
        defer { for folder in [folder, other] { folder.remove() } }
        for (folder, host) in [(folder, "localhost"), (other, "elsewhere.example")] { try makeCertificate(host, in: folder) }
        let server = try NATSServer("tls { cert_file: \(folder.file("certificate")), key_file: \(folder.file("key")) }")
        let address = "tls://localhost:\(server.port)"
        try await works { try open(address, authorities: folder.file("certificate")) }
        for authorities in [nil, other.file("certificate")] {
            let error = try #require(refusal { try open(address, authorities: authorities) })
            #expect(!error.mayPass && error.reason.hasPrefix("no trusted TLS with NATS at \(address)"))
        }
        let foreign = try NATSServer("tls { cert_file: \(other.file("certificate")), key_file: \(other.file("key")) }")
        let wrongHost = refusal {
            try open("tls://localhost:\(foreign.port)", authorities: other.file("certificate"))
        }
        #expect(wrongHost?.reason.hasPrefix("no trusted TLS with NATS at tls://localhost:\(foreign.port)") == true)
        #expect(refusal { try open(address, authorities: folder.file("key")) }?.mayPass == false)
    }

    @Test func `whether there is TLS must be the same for both`() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try makeCertificate("localhost", in: folder)
        let (secure, plain) = (
            try NATSServer("tls { cert_file: \(folder.file("certificate")), key_file: \(folder.file("key")) }"), try NATSServer()
        )
        #expect(refusal { try open(secure.address) }?.reason.hasPrefix("no trusted TLS with NATS at \(secure.address)") == true)
        let address = "tls://127.0.0.1:\(plain.port)"
        #expect(refusal { try open(address) } == .unusable("NATS at \(address) does not speak TLS"))
    }

    @Test func `a server that takes only small messages gets a large hint in pieces`() async throws {
        let server = try NATSServer("max_payload: 4096")
        let nodes = [try open(server.address), try open(server.address)]
        let listener = Listener(nodes[1], "c.1")
        try await listener.isReached(by: nodes[0])
        let payload = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        nodes[0].publish(Hint(subject: "c.1", number: 1, payload: payload))
        try await listener.hears(1)
        #expect(listener.hints.map(\.payload) == [payload])
    }

    @Test func `a listener that does not return is a slow consumer, which is noticed`() async throws {
        let server = try NATSServer()
        let nodes = [try open(server.address), try open(server.address)]
        let (listener, interruptions) = (Listener(nodes[1], "c.1"), Listener.Interruptions(nodes[1]))
        try await listener.isReached(by: nodes[0])
        let gate = DispatchSemaphore(value: 0)
        let slow = nodes[1].subscribe(to: "c.1") { _ in gate.wait() }
        defer {
            slow.cancel()
            for _ in 1...1000 { gate.signal() }
        }
        for number in 1...200 {
            nodes[0].publish(Hint(subject: "c.1", number: Int64(number), payload: Array(repeating: 1, count: 100_000)))
            if number % 50 == 0 { try await holds { nodes[0].traffic.sent >= number } }
        }
        try await holds { interruptions.count > 0 }
    }
}

/// A certificate that vouches for itself, and its key.
private func makeCertificate(_ host: String, in folder: TemporaryFolder) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/openssl")
    process.arguments = [
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=\(host)", "-addext", "subjectAltName=DNS:\(host)",
        "-keyout", folder.file("key"), "-out", folder.file("certificate"),
    ]
    (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    ended.wait()
}
