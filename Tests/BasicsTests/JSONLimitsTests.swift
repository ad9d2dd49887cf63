import Support
import Testing

@testable import Basics

@Suite struct JSONLimitsTests {
    private func read(_ json: String) throws -> String { try JSON.read(String.self, from: Array(json.utf8)) }
    private func code(_ bytes: [UInt8]) -> String? {
        do throws(Refusal) {
            _ = try JSONText(bytes)
            return nil
        } catch { return error.code }
    }

    @Test(arguments: [#""\u0000""#, #""a\u0000b""#, "\"a\u{0}b\""])
    func `a text with U+0000 is refused however it is written`(json: String) { #expect(code(Array(json.utf8)) != nil) }

    @Test func `a NUL as a key is refused too`() { #expect(code(Array(#"{"\u0000":1}"#.utf8)) == "json.malformed") }

    @Test(arguments: [
        #""\ud83d""#, #""\ude00""#, #""\ud83dx""#, #""\ud83d\n""#, #""\ud83d\ud83d""#, #""\ude00\ud83d""#, #""\ud83d\u""#,
        #""\ud83d\ude0""#,
    ])
    func `half a surrogate pair is refused`(json: String) { #expect(code(Array(json.utf8)) == "json.malformed") }

    @Test func `a surrogate pair is one character, in either case of its digits`() throws {
        #expect(try read(#""\ud83d\ude00\uD83D\uDE00""#) == "😀😀")
        #expect(try read(#""\uffff\ue000""#) == "\u{FFFF}\u{E000}")
    }

    @Test(
        arguments: [
            [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xE4, 0xB8], [0x80],
            [0xF8, 0x88, 0x80, 0x80, 0x80],
        ] as [[UInt8]])
    func `what is not UTF-8 is refused, in texts and in keys`(bytes: [UInt8]) {
        let quote = [UInt8(ascii: "\"")]
        #expect(code(quote + bytes + quote) == "json.encoding")
        #expect(code(Array("{".utf8) + quote + bytes + quote + Array(":1}".utf8)) == "json.encoding")
        #expect(code(quote + Array(#"\n"#.utf8) + bytes + quote) == "json.encoding")
    }

    @Test(arguments: [("[", "]"), (#"{"a":"#, "}"), (#"[{"a":"#, "}]")])
    func `deep nesting is refused before it costs anything`(opening: String, closing: String) {
        let levels = opening.utf8.filter { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") }.count
        let nested = { (depth: Int) in
            String(repeating: opening, count: depth / levels) + "0" + String(repeating: closing, count: depth / levels)
        }
        #expect(code(Array(nested(64).utf8)) == nil)
        #expect(code(Array(nested(66).utf8)) == "json.malformed")
        #expect(code(Array(String(repeating: opening, count: 1_000_000).utf8)) == "json.malformed")
    }

    @Test(arguments: [
        #"{"a":1,"a":1}"#, #"{"a":1,"b":2,"\u0061":3}"#, #"[{"x":{"a":1,"a":2}}]"#,
    ])
    func `a key that occurs twice is refused, also in another spelling`(json: String) {
        #expect(code(Array(json.utf8)) == "json.malformed")
    }

    @Test(arguments: [2, 12, 13, 200])
    func `a key that occurs twice is found in objects of any size`(size: Int) {
        let members = (0..<size).map { #""k\#($0)":0"# }
        #expect(code(Array("{\(members.joined(separator: ","))}".utf8)) == nil)
        #expect(code(Array("{\((members + [#""k0":1"#]).joined(separator: ","))}".utf8)) == "json.malformed")
    }

    @Test func `every beginning of a text is refused`() {
        let whole = Array(#"{"a":[1.5e-3,true,null,"x\u00e9\n😀"],"b":{"c":false}}"#.utf8)
        #expect(code(whole) == nil)
        for length in 0..<whole.count { #expect(code(Array(whole[..<length])) != nil, "\(length) bytes") }
    }

    @Test func `no bytes whatever make it crash`() {
        var generator = SeededGenerator(seed: 7)
        let alphabet = Array(#"{}[]",:\u0dae123.+-truefalsnl"#.utf8) + [0, 0x80, 0xFF, 0xE9, 0x0A]
        for _ in 0..<3_000 {
            let bytes = (0..<Int.random(in: 0...24, using: &generator)).map { _ in alphabet.randomElement(using: &generator)! }
            _ = code(bytes)
        }
    }
}
