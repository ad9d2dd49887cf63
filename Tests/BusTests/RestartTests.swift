import Bus
import Support
import Testing

/// What nodes promise when the server between them is gone for a while.
@Suite(.timeLimit(.minutes(2))) struct RestartTests {
    @Test(arguments: Carrying.allCases)
    func `nodes find a server that comes back, and say that hints may be lost`(carrying: Carrying) async throws {
        let server = try carrying.start()
        let nodes = try server.nodes(2)
        let listeners = nodes.map { Listener($0, "c.1") }
        let interruptions = nodes.map { Listener.Interruptions($0) }
        for (listener, other) in zip(listeners, nodes.reversed()) { try await listener.isReached(by: other) }
        #expect(interruptions.map(\.count) == [0, 0])
        server.kill()
        nodes[0].publish(Hint(subject: "c.1", number: 1, payload: []))
        let late = Listener(nodes[1], "c.2")
        try server.start()
        try await holds { interruptions.allSatisfy { $0.count > 0 } }
        try await listeners[1].isReached(by: nodes[0])
        try await late.isReached(by: nodes[0])
        nodes[0].publish(Hint(subject: "c.1", number: 2, payload: []))
        try await listeners[1].hears(2)
        #expect(listeners[1].numbers.filter { $0 == 2 }.count == 1)
        #expect(listeners[1].numbers.filter { $0 == 1 }.count <= 1)
    }

    @Test(arguments: Carrying.allCases)
    func `while nobody carries, publishing goes on, and the oldest are dropped`(
        carrying: Carrying
    ) async throws {
        let server = try carrying.start()
        let nodes = try server.nodes(2)
        let listener = Listener(nodes[1], "c.1")
        let interruptions = Listener.Interruptions(nodes[1])
        try await listener.isReached(by: nodes[0])
        server.kill()
        let payload = [UInt8](repeating: 9, count: 1000)
        let began = ContinuousClock.now
        for number in 1...20_000 { nodes[0].publish(Hint(subject: "c.1", number: Int64(number), payload: payload)) }
        #expect(.now - began < .seconds(5))
        // Of 20 MB wait 8.
        try await holds { nodes[0].traffic.dropped > 10_000 }
        try server.start()
        try await holds { interruptions.count > 0 }
        try await listener.isReached(by: nodes[0])
        // Whatever waited was sent before; some of it perhaps before the listener's node was back.
        #expect(listener.numbers == Array(1...20_000).suffix(listener.numbers.count).map { Int64($0) })
        #expect(nodes[0].traffic.dropped < 15_000)
    }

    /// Closing does not wait for a server that is away.
    @Test(arguments: Carrying.allCases)
    func `a bus closes while its server is gone`(carrying: Carrying) async throws {
        let server = try carrying.start()
        let node = try server.nodes(1)[0]
        server.kill()
        node.publish(Hint(subject: "c.1", number: 1, payload: []))
        let began = ContinuousClock.now
        node.close()
        #expect(.now - began < .seconds(4))
    }
}

/// A carrier with a server of its own.
enum Carrying: CaseIterable, Sendable {
    case notify, nats

    struct Server {
        let start: () throws -> Void
        let kill: () -> Void
        let open: () throws -> any Bus

        func nodes(_ count: Int) throws -> [any Bus] { try (0..<count).map { _ in try open() } }
    }

    func start() throws -> Server {
        switch self {
        case .notify:
            let server = try PostgresServer()
            return Server(start: server.start, kill: server.kill) { try NotifyBus.open(server.address, prefix: "test") }
        case .nats:
            let server = try NATSServer()
            return Server(start: server.start, kill: server.kill) {
                try NATSBus.open(NATSBus.Address(server.address, prefix: "test"))
            }
        }
    }
}
