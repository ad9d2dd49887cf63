import Bus
import Testing

/// What every bus promises, whatever carries the hints.
@Suite(.timeLimit(.minutes(1))) struct BusContractTests {
    private static let last: Int64 = 999

    @Test(arguments: BackEnd.allCases)
    func `every listener of a subject hears each hint once`(backEnd: BackEnd) async throws {
        let bus = try await backEnd.make()
        let listeners = (0..<5).map { _ in Listener(bus, "c.1") }
        for number in 1...3 { bus.publish(Hint(subject: "c.1", number: Int64(number), payload: [])) }
        bus.publish(Hint(subject: "c.1", number: Self.last, payload: []))
        for listener in listeners {
            try await listener.hears(Self.last)
            #expect(listener.numbers == [1, 2, 3, Self.last])
        }
    }

    @Test(arguments: BackEnd.allCases)
    func `a hint arrives as it was sent`(backEnd: BackEnd) async throws {
        let bus = try await backEnd.make()
        let listener = Listener(bus, "c.1.staff")
        let payload = Array(#"{"type":"typing","text":"你好 😀 '$1' \u0001"}"#.utf8) + Array(repeating: 0x20, count: 20_000)
        bus.publish(Hint(subject: "c.1.staff", number: .max, payload: payload))
        try await listener.hears(.max)
        #expect(listener.hints.first?.subject == "c.1.staff")
        #expect(listener.hints.first?.payload == payload)
    }

    @Test(arguments: BackEnd.allCases)
    func `a listener hears its own subject only`(backEnd: BackEnd) async throws {
        let bus = try await backEnd.make()
        let listener = Listener(bus, "c.1")
        let other = Listener(bus, "c.1.staff")
        for subject in ["c.1.staff", "c.10", "c", "C.1", "c.1 ", ""] {
            bus.publish(Hint(subject: subject, number: 7, payload: []))
        }
        bus.publish(Hint(subject: "c.1", number: Self.last, payload: []))
        try await listener.hears(Self.last)
        #expect(listener.numbers == [Self.last])
        try await other.hears(7)
        #expect(other.numbers == [7])
    }

    @Test(arguments: BackEnd.allCases)
    func `a cancelled listener hears nothing more, the others go on`(backEnd: BackEnd) async throws {
        let bus = try await backEnd.make()
        let (leaving, staying) = (Listener(bus, "c.1"), Listener(bus, "c.1"))
        bus.publish(Hint(subject: "c.1", number: 1, payload: []))
        try await leaving.hears(1)
        leaving.cancel()
        leaving.cancel()
        bus.publish(Hint(subject: "c.1", number: Self.last, payload: []))
        try await staying.hears(Self.last)
        #expect(leaving.numbers == [1])
        #expect(staying.numbers == [1, Self.last])
    }

    @Test(arguments: BackEnd.allCases)
    func `hints of one publisher come in order, subject by subject`(backEnd: BackEnd) async throws {
        let bus = try await backEnd.make()
        let subjects = (0..<4).map { "c.\($0)" }
        let listeners = subjects.map { Listener(bus, $0) }
        await withTaskGroup { group in
            for subject in subjects {
                group.addTask {
                    for number in 1...200 { bus.publish(Hint(subject: subject, number: Int64(number), payload: [])) }
                }
            }
        }
        for listener in listeners {
            try await listener.hears(200)
            #expect(listener.numbers == Array(1...200))
        }
    }

    @Test(arguments: BackEnd.allCases)
    func `listeners may come and go while others publish`(backEnd: BackEnd) async throws {
        let bus = try await backEnd.make()
        let steady = Listener(bus, "c.1")
        await withTaskGroup { group in
            for _ in 0..<4 {
                group.addTask { for _ in 0..<100 { Listener(bus, "c.1").cancel() } }
            }
            for publisher in 0..<4 {
                group.addTask {
                    for number in 0..<100 {
                        bus.publish(Hint(subject: "c.1", number: Int64(publisher * 100 + number), payload: []))
                    }
                }
            }
        }
        bus.publish(Hint(subject: "c.1", number: Self.last, payload: []))
        try await steady.hears(Self.last)
        #expect(steady.numbers.count == 401)
        #expect(Set(steady.numbers).count == 401)
    }

    @Test(arguments: BackEnd.allCases)
    func `who hears may publish and subscribe at once`(backEnd: BackEnd) async throws {
        let bus = try await backEnd.make()
        let answers = Listener(bus, "answers")
        let subscription = bus.subscribe(to: "questions") { hint in
            bus.subscribe(to: "elsewhere") { _ in }.cancel()
            bus.publish(Hint(subject: "answers", number: hint.number, payload: []))
        }
        bus.publish(Hint(subject: "questions", number: Self.last, payload: []))
        try await answers.hears(Self.last)
        subscription.cancel()
    }

    @Test(arguments: BackEnd.allCases)
    func `a hint that nobody wants is no fault`(backEnd: BackEnd) async throws {
        let bus = try await backEnd.make()
        bus.publish(Hint(subject: "c.1", number: 1, payload: []))
        let late = Listener(bus, "c.1")
        bus.publish(Hint(subject: "c.1", number: Self.last, payload: []))
        try await late.hears(Self.last)
        #expect(late.numbers == [Self.last])
    }
}
