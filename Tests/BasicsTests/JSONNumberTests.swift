import Testing

@testable import Basics

@Suite struct JSONNumberTests {
    private func read<Number: Decodable>(_ json: String, as type: Number.Type = Number.self) throws -> Number {
        try JSON.read([Number].self, from: Array("[\(json)]".utf8))[0]
    }

    @Test(arguments: ["1e400", "-1e400", "1e308", "123456789012345678901234567890", "9223372036854775808", "1e19"])
    func `a number too large for a whole one is refused, not cut`(json: String) {
        #expect(throws: Refusal.self) { try read(json, as: Int64.self) }
    }

    @Test func `no digit of a whole number is lost`() throws {
        #expect(try read("9223372036854775807", as: Int64.self) == .max)
        #expect(try read("-9223372036854775808", as: Int64.self) == .min)
        #expect(try read("18446744073709551615", as: UInt64.self) == .max)
        #expect(throws: Refusal.self) { try read("9007199254740993.0", as: Int64.self) }
    }

    @Test func `a number too large for any is refused, a tiny one is zero`() throws {
        #expect(throws: Refusal.self) { try read("1e400", as: Double.self) }
        #expect(try read("1e-400", as: Double.self) == 0)
        #expect(try read("1.7976931348623157e308", as: Double.self) == .greatestFiniteMagnitude)
    }

    @Test func `a number of a million digits is read in its time`() {
        let digits = String(repeating: "9", count: 1_000_000)
        #expect(throws: Refusal.self) { try read(digits, as: Int64.self) }
        #expect(throws: Refusal.self) { try read(digits, as: Double.self) }
    }

    @Test(arguments: ["+1", ".5", "1.e5", "1e", "1e+", "--1", "0x10", "Infinity", "NaN", "1_000", "00", "-01", "１"])
    func `other spellings of numbers are refused`(json: String) {
        #expect(throws: Refusal.self) { try read(json, as: Double.self) }
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func `what is no number is not written`(number: Double) { #expect(throws: EncodingError.self) { try JSON.write([number]) } }

    @Test(arguments: [
        0.1, 1e-7, 1e21, Double.leastNonzeroMagnitude, .greatestFiniteMagnitude, -0.0, 0x1p53, 123_456_789.125, 1e15, 1e16, -2.5,
    ])
    func `a number that is written reads back as itself`(number: Double) throws {
        #expect(try JSON.read([Double].self, from: JSON.write([number])) == [number])
    }
}
