import Testing

@testable import Bot

@Suite struct SupportTests {
    private static let sources = [
        "多久发货？\n下单后 24 小时内发货，三天左右送达。节假日顺延。定制商品不支持退货。",
        "How do I return an item?\nYou can return anything within 30 days. Write to returns@shop.example. We do not ship to islands.",
    ]

    @Test(arguments: [
        ("下单后24小时内发货，3天左右送达[1]。", [1]), ("您下单后，24 小时内就会发货。[1]", [1]), ("定制商品不支持退货 [1]", [1]),
        ("You can return any item within 30 days [2].", [2]), ("We do not ship to islands. [2]", [2]),
        ("Write to returns@shop.example to return. [2]", [2]),
        ("24 小时内发货[1]。You can return anything within 30 days [2]", [1, 2]),
    ])
    func `what the sources say may be said`(answer: String, used: [Int]) throws {
        #expect(try Support.check(answer, against: Self.sources) == used)
    }

    @Test(arguments: [
        "下单后24小时内发货。", "24小时内发货[1]。三天左右送达，请放心。", "", "[1]",
    ])
    func `a sentence without a citation is not sent`(answer: String) {
        #expect(throws: Support.Fault.uncited) { try Support.check(answer, against: Self.sources) }
    }

    @Test func `a citation must exist`() {
        #expect(throws: Support.Fault.unknownSource(3)) { try Support.check("24小时内发货[3]", against: Self.sources) }
        #expect(throws: Support.Fault.unknownSource(0)) { try Support.check("24小时内发货[0]", against: Self.sources) }
    }

    @Test(arguments: [
        ("下单后48小时内发货[1]", "48"), ("下单后五天左右送达[1]", "5"), ("You can return anything within 60 days [2]", "60"),
        ("Write to refunds@evil.example to return anything [2]", "refunds@evil.example"),
        ("You can return anything at www.evil.example [2]", "www.evil.example"),
        ("Return anything, code canary-7f3a [2]", "canary-7f3a"),
    ])
    func `a figure, code or address that no source has is not sent`(answer: String, figure: String) {
        #expect(throws: Support.Fault.figure(figure)) { try Support.check(answer, against: Self.sources) }
    }

    @Test(arguments: ["店里可以带狗，也提供停车位[1]", "Our director Jane Smith lives in Oslo and likes tea [2]"])
    func `other words than the sources' are not sent`(answer: String) {
        #expect { try Support.check(answer, against: Self.sources) } throws: { ($0 as? Support.Fault)?.kind == "words" }
    }

    @Test(arguments: ["定制商品支持退货[1]", "We ship to islands [2]", "下单后 24 小时内不发货[1]"])
    func `yes for no and no for yes are not sent`(answer: String) {
        #expect { try Support.check(answer, against: Self.sources) } throws: { ($0 as? Support.Fault)?.kind == "polarity" }
    }

    @Test func `a token for the customer's own data is no claim`() throws {
        #expect(try Support.check("[NAME_1]，下单后24小时内发货[1]", against: Self.sources, tokens: ["[NAME_1]"]) == [1])
        #expect(throws: Support.Fault.self) { try Support.check("[NAME_2] 24小时内发货[1]", against: Self.sources, tokens: []) }
    }

    @Test func `trust follows plausibility and what customers thought`() {
        let trust = Trust()
        #expect(trust.confidence(plausibility: 0) == 0)
        #expect(abs(trust.confidence(plausibility: 1) - 0.95) < 1e-9)
        #expect(trust.confidence(plausibility: 0.4) < 0.75)
        #expect(Trust(helpful: 10, judged: 40).confidence(plausibility: 1) < 0.5)
    }
}
