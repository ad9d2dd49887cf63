import Bus
import Synchronization
import Testing

/// What every bus promises that joins nodes.
@Suite(.timeLimit(.minutes(1))) struct NodesTests {
    private static let last: Int64 = 9_999

    @Test(arguments: BackEnd.betweenNodes)
    func `two nodes hear each other and themselves, once and in order`(backEnd: BackEnd) async throws {
        let nodes = try backEnd.nodes(2)
        let listeners = nodes.map { Listener($0, "c.1") }
        try await listeners[0].isReached(by: nodes[1])
        try await listeners[1].isReached(by: nodes[0])
        for number in 1...3_000 { nodes[0].publish(Hint(subject: "c.1", number: Int64(number), payload: [1])) }
        try await listeners[1].hears(3_000)
        // Whatever came back to the first has come before this.
        nodes[1].publish(Hint(subject: "c.1", number: Self.last, payload: [2]))
        for listener in listeners {
            try await listener.hears(Self.last)
            #expect(listener.numbers == Array(1...3_000) + [Self.last])
        }
    }

    @Test(arguments: BackEnd.betweenNodes)
    func `a large hint of any bytes arrives whole, in its place`(backEnd: BackEnd) async throws {
        let nodes = try backEnd.nodes(2)
        let listener = Listener(nodes[1], "c.1.staff")
        try await listener.isReached(by: nodes[0])
        let large = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        let payloads: [[UInt8]] = [[], [0], large, Array(0...255), large.reversed(), []]
        for (number, payload) in payloads.enumerated() {
            nodes[0].publish(Hint(subject: "c.1.staff", number: .max - Int64(number), payload: payload))
        }
        try await listener.hears(.max - 5)
        #expect(listener.hints.map(\.payload) == payloads)
        #expect(listener.hints.map(\.subject).allSatisfy { $0 == "c.1.staff" })
    }

    @Test(arguments: BackEnd.betweenNodes)
    func `a node gets only what its listeners need`(backEnd: BackEnd) async throws {
        let nodes = try backEnd.nodes(3)
        let listeners = [Listener(nodes[1], "c.1"), Listener(nodes[2], "elsewhere")]
        for listener in listeners {
            try await listener.isReached(by: nodes[0])
            // Behind whatever was sent to find out whether it is reached.
            nodes[0].publish(Hint(subject: listener.subject, number: 0, payload: []))
            try await listener.hears(0)
        }
        let before = nodes[2].traffic.received
        for number in 1...100 { nodes[0].publish(Hint(subject: "c.1", number: Int64(number), payload: [])) }
        nodes[0].publish(Hint(subject: "elsewhere", number: Self.last, payload: []))
        try await listeners[0].hears(100)
        try await listeners[1].hears(Self.last)
        #expect(nodes[2].traffic.received == before + 1)
    }

    @Test(arguments: BackEnd.betweenNodes)
    func `what the last listener left comes no more`(backEnd: BackEnd) async throws {
        let nodes = try backEnd.nodes(2)
        let (leaving, staying) = (Listener(nodes[1], "c.1"), Listener(nodes[1], "elsewhere"))
        for listener in [leaving, staying] { try await listener.isReached(by: nodes[0]) }
        leaving.cancel()
        // Once that is known to the server nothing comes.
        try await holds {
            let before = nodes[1].traffic.received
            nodes[0].publish(Hint(subject: "c.1", number: 1, payload: []))
            try await staying.isReached(by: nodes[0])
            return nodes[1].traffic.received - before < 2
        }
        #expect(leaving.numbers.isEmpty)
    }

    @Test(arguments: BackEnd.betweenNodes)
    func `installations with other prefixes do not hear each other`(backEnd: BackEnd) async throws {
        let (ours, theirs) = (try backEnd.nodes(2), try backEnd.nodes(2))
        let (hearing, deaf) = (Listener(ours[1], "c.1"), Listener(theirs[1], "c.1"))
        try await hearing.isReached(by: ours[0])
        try await deaf.isReached(by: theirs[0])
        ours[0].publish(Hint(subject: "c.1", number: 1, payload: []))
        try await hearing.hears(1)
        theirs[0].publish(Hint(subject: "c.1", number: 2, payload: []))
        try await deaf.hears(2)
        #expect((hearing.numbers, deaf.numbers) == ([1], [2]))
    }

    @Test(arguments: BackEnd.betweenNodes)
    func `a hint too large is dropped, counted, and the others are told`(backEnd: BackEnd) async throws {
        let nodes = try backEnd.nodes(2)
        let listener = Listener(nodes[1], "c.1")
        try await listener.isReached(by: nodes[0])
        let told = Listener.Interruptions(nodes[1])
        nodes[0].publish(Hint(subject: "c.1", number: 1, payload: Array(repeating: 7, count: 2 << 20)))
        nodes[0].publish(Hint(subject: "c.1", number: 2, payload: []))
        try await listener.hears(2)
        try await holds { told.count == 1 }
        #expect(listener.numbers == [2])
        #expect(nodes[0].traffic.dropped == 1)
    }

    @Test(arguments: BackEnd.betweenNodes)
    func `what was published before the closing is sent, and nothing is told after it`(backEnd: BackEnd) async throws {
        let nodes = try backEnd.nodes(3)
        let (here, there) = (Listener(nodes[0], "c.1"), Listener(nodes[1], "c.1"))
        try await there.isReached(by: nodes[0])
        try await here.isReached(by: nodes[1])
        let elsewhere = Listener(nodes[2], "c.1")
        for node in nodes.prefix(2) { try await elsewhere.isReached(by: node) }
        for number in 1...500 { nodes[0].publish(Hint(subject: "c.1", number: Int64(number), payload: [])) }
        nodes[0].close()
        nodes[0].close()
        nodes[0].publish(Hint(subject: "c.1", number: 501, payload: []))
        try await there.hears(500)
        nodes[1].publish(Hint(subject: "c.1", number: Self.last, payload: []))
        try await elsewhere.hears(Self.last)
        #expect(there.numbers == Array(1...500) + [Self.last])
        #expect(elsewhere.numbers == there.numbers)
        #expect(here.numbers == Array(1...500))
    }
}

extension Listener {
    /// Counts how often a bus said that hints may have been lost.
    final class Interruptions: Sendable {
        private let counted = Mutex(0)

        init(_ bus: any Bus) { _ = bus.whenInterrupted { [weak self] in self?.counted.withLock { $0 += 1 } } }

        var count: Int { counted.withLock { $0 } }
    }
}
