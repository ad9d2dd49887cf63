import Testing

@testable import Basics

@Suite struct TimestampTests {
    private let noon = Timestamp(milliseconds: 1_772_416_800_000)

    @Test func `a span is added and taken away to the millisecond`() {
        #expect((noon + .milliseconds(1)).milliseconds == 1_772_416_800_001)
        #expect(noon + .seconds(86_400) - .seconds(86_400) == noon)
        #expect(noon - .seconds(1) < noon)
    }

    @Test func `the difference of two times is the span between them`() {
        #expect((noon + .seconds(90)) - noon == .seconds(90))
        #expect(noon - (noon + .milliseconds(5)) == .milliseconds(-5))
    }

    @Test(
        arguments: [
            (.microseconds(1_999), 1), (.microseconds(999), 0), (.microseconds(-1_999), -1), (.seconds(-2), -2_000),
            (.nanoseconds(1_500_000_000), 1_500),
        ] as [(Duration, Int64)])
    func `what is less than a millisecond is cut off`(span: Duration, milliseconds: Int64) {
        #expect(span.milliseconds == milliseconds)
    }

    @Test func `on the wire it is a whole number`() throws {
        #expect(String(decoding: try JSON.write(noon), as: UTF8.self) == "1772416800000")
        #expect(try JSON.read(Timestamp.self, from: Array("1772416800000".utf8)) == noon)
        #expect(throws: Refusal.self) { try JSON.read(Timestamp.self, from: Array("1772416800000.5".utf8)) }
        #expect(throws: Refusal.self) { try JSON.read(Timestamp.self, from: Array(#""1772416800000""#.utf8)) }
    }
}
