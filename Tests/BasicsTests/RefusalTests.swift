import Testing

@testable import Basics

@Suite struct RefusalTests {
    struct Order: Decodable {
        struct Line: Decodable { let grams: Int }
        let lines: [Line]
        let note: String?
    }

    private func refusal(_ json: String) -> Refusal? {
        do {
            _ = try JSON.read(Order.self, from: Array(json.utf8))
            return nil
        } catch { return error as? Refusal }
    }

    @Test func `kind, code and detail make a refusal`() {
        #expect(Refusal(.invalid, "rating.stars") == Refusal(.invalid, "rating.stars"))
        #expect(Refusal(.invalid, "rating.stars") != Refusal(.conflict, "rating.stars"))
        #expect(Refusal(.invalid, "a", detail: "x") != Refusal(.invalid, "a"))
    }

    @Test(arguments: [
        (#"{"lines":[{"grams":1},{"grams":"two"}]}"#, "field.type", "lines.1.grams"),
        (#"{"lines":[{"grams":1},{}]}"#, "field.missing", "lines.1.grams"),
        (#"{"lines":[{"grams":null}]}"#, "field.type", "lines.0.grams"),
        (#"{"lines":[{"grams":1,"kilos":0}]}"#, "field.unknown", "lines.0.kilos"),
        (#"{"lines":[],"extra":{"deep":[1]}}"#, "field.unknown", "extra"),
        (#"{"lines":{}}"#, "field.type", "lines"),
        (#"{"note":"x"}"#, "field.missing", "lines"),
    ])
    func `a field that is wrong is named by its path`(json: String, code: String, path: String) {
        #expect(refusal(json) == Refusal(.invalid, code, detail: path))
    }

    @Test func `an optional field may be absent or null`() {
        #expect(refusal(#"{"lines":[]}"#) == nil)
        #expect(refusal(#"{"lines":[],"note":null}"#) == nil)
    }
}
