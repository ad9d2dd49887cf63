import Foundation
import Support
import Testing

@testable import Basics

@Suite struct JSONTextTests {
    @Test func `every control character is escaped and comes back`() throws {
        for code in UInt8(1)..<0x20 {
            let text = "a\(Character(Unicode.Scalar(code)))b"
            let bytes = try JSON.write(text)
            #expect(bytes.allSatisfy { $0 >= 0x20 })
            #expect(try JSON.read(String.self, from: bytes) == text)
            #expect(
                try JSONDecoder().decode([String].self, from: Data([UInt8(ascii: "[")] + bytes + [UInt8(ascii: "]")])) == [text])
        }
    }

    @Test func `any text comes back as it was`() throws {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<300 {
            let scalars = (0..<20).compactMap { _ in Unicode.Scalar(UInt32.random(in: 1...0x1_F9FF, using: &generator)) }
            let text = String(String.UnicodeScalarView(scalars))
            let back = try JSON.read(String.self, from: JSON.write(text))
            #expect(Array(back.unicodeScalars) == scalars)
        }
    }

    @Test func `an optional that is absent is left out, one inside a list is null`() throws {
        struct Card: Encodable { var name: String?; var grams: Int? = 3 }
        #expect(String(decoding: try JSON.write(Card()), as: UTF8.self) == #"{"grams":3}"#)
        #expect(String(decoding: try JSON.write([1, nil, 3]), as: UTF8.self) == "[1,null,3]")
    }

    @Test func `an unknown member is ignored only in texts of our own`() throws {
        struct Card: Decodable { let name: String }
        let text = Array(#"{"name":"a","later":[{"x":1}]}"#.utf8)
        #expect(try JSON.read(Card.self, from: text, ignoresUnknown: true).name == "a")
        #expect(throws: Refusal(.invalid, "field.unknown", detail: "later")) { try JSON.read(Card.self, from: text) }
        #expect(try JSONText(text).read(Card.self, known: ["later"]).name == "a")
    }
}
