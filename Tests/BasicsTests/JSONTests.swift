import Foundation
import Testing

@testable import Basics

@Suite struct JSONTests {
    struct Everything: Codable, Equatable {
        enum Colour: String, Codable { case red }
        var text = "a\"b\\c\n\u{1}麻🌶"
        var flag = true
        var whole = -7
        var large = Int64.max
        var part = 0.25
        var round = 3.0
        var none: Int?
        var colour = Colour.red
        var id = ID<String>(rawValue: 12)
        var list = [[1], [], [2, 3]]
        var table = ["k": [Dish(title: "t", parts: [])]]
        var nothing = Nothing()
    }

    struct Dish: Codable, Equatable {
        struct Part: Codable, Equatable {
            let name: String
            let grams: Int?
        }
        let title: String
        let parts: [Part]
    }

    struct Nothing: Codable, Equatable {}

    @Test func `what is written reads back, and others read it alike`() throws {
        let bytes = try JSON.write(Everything())
        #expect(try JSON.read(Everything.self, from: bytes) == Everything())
        #expect(try JSONDecoder().decode(Everything.self, from: Data(bytes)) == Everything())
        #expect(try JSON.read(Everything.self, from: Array(try JSONEncoder().encode(Everything()))) == Everything())
    }

    @Test func `members keep their order and absent ones are left out`() throws {
        let text = String(decoding: try JSON.write(Dish(title: "a", parts: [.init(name: "b", grams: nil)])), as: UTF8.self)
        #expect(text == #"{"title":"a","parts":[{"name":"b"}]}"#)
        #expect(String(decoding: try JSON.write(Nothing(), after: [("type", "done")]), as: UTF8.self) == #"{"type":"done"}"#)
        #expect(String(decoding: try JSON.write([1.0, 0.5]), as: UTF8.self) == "[1,0.5]")
        #expect(String(decoding: try JSON.write("x"), as: UTF8.self) == #""x""#)
    }

    @Test(arguments: [
        "01", "1.", "-", "[1 2]", "nul", "\"\\x\"", "\"\\u12\"", "{\"a\" 1}", "{a:1}", "1 1", "\"\t\"", "\"\\u0000\"",
    ])
    func `what is not JSON is refused`(text: String) {
        #expect(performing: { try JSONText(Array(text.utf8)) }, throws: { ($0 as? Refusal)?.code == "json.malformed" })
    }

    @Test func `nesting has an end`() {
        let deep = { String(repeating: "[", count: $0) + String(repeating: "]", count: $0) }
        #expect(throws: Never.self) { try JSONText(Array(deep(64).utf8)) }
        #expect(throws: Refusal.self) { try JSONText(Array(deep(65).utf8)) }
    }

    @Test func `escapes and numbers mean what they say`() throws {
        #expect(try JSON.read([String].self, from: Array(#"["\u9ebb\ud83c\udf36\/\b"]"#.utf8)) == ["麻🌶/\u{8}"])
        #expect(try JSON.read([Int].self, from: Array("[1e3, 2.0, -0]".utf8)) == [1000, 2, 0])
        #expect(throws: Refusal.self) { try JSON.read([Int].self, from: Array("[1.5]".utf8)) }
        #expect(throws: Refusal.self) { try JSON.read([Int8].self, from: Array("[300]".utf8)) }
    }
}
